// What a person has asked to see and has not yet seen, and what they are looking at now. In memory on purpose: such tokens are to
// be worthless a moment later and after a restart.
import { randomBytes, randomUUID } from "node:crypto";
import type { RevealLevel } from "../core/cases/case.ts";
import type { CaseId, ItemId } from "../core/ids.ts";
import type { Clock } from "../core/ports/clock.ts";

/** What one token shows, to whom, under which claim. */
export interface Reveal {
	readonly id: string;
	readonly sessionKey: string;
	readonly caseId: CaseId;
	readonly fence: number;
	readonly itemId: ItemId;
	readonly level: RevealLevel;
	/** Asked for at level 5. */
	readonly reason: string | null;
}

export interface Reveals {
	grant(reveal: Omit<Reveal, "id">): { readonly reveal: Reveal; readonly token: string; readonly expiresAt: Date };
	/** Once, in the same session, in time; null otherwise. A wrong session spends the token too. */
	take(token: string, sessionKey: string): Reveal | null;
	/** Remembers that it is being looked at. */
	shown(reveal: Reveal): void;
	/** What was looked at and for how long at most; null where it is not, or no longer, known. */
	hidden(id: string, sessionKey: string): { readonly reveal: Reveal; readonly elapsedMs: number } | null;
}

const tokenLifetimeMs = 30_000;
/** A look whose end is never told is forgotten after this. */
const lookLifetimeMs = 3_600_000;

export function createReveals(deps: { readonly clock: Clock }): Reveals {
	const granted = createExpiring<Reveal>(deps.clock, tokenLifetimeMs);
	const looks = createExpiring<Reveal>(deps.clock, lookLifetimeMs);
	return {
		grant(asked) {
			const reveal = { ...asked, id: randomUUID() };
			const token = randomBytes(32).toString("base64url");
			return { reveal, token, expiresAt: new Date(granted.put(token, reveal)) };
		},
		take(token, sessionKey) {
			const found = granted.take(token);
			return found?.value.sessionKey === sessionKey ? found.value : null;
		},
		shown(reveal) {
			looks.put(reveal.id, reveal);
		},
		hidden(id, sessionKey) {
			const found = looks.take(id, (reveal) => reveal.sessionKey === sessionKey);
			return found === null ? null : { reveal: found.value, elapsedMs: deps.clock.now() - found.putAt };
		},
	};
}

/** Entries that can be taken once, within `lifetimeMs`. All live equally long, so the oldest come first in the map. */
function createExpiring<T>(clock: Clock, lifetimeMs: number) {
	const entries = new Map<string, { readonly value: T; readonly putAt: number }>();
	const hasExpired = (putAt: number) => clock.now() >= putAt + lifetimeMs;
	return {
		put(key: string, value: T): number {
			for (const [oldest, { putAt }] of entries) {
				if (!hasExpired(putAt)) break;
				entries.delete(oldest);
			}
			entries.set(key, { value, putAt: clock.now() });
			return clock.now() + lifetimeMs;
		},
		/** Leaves alone what `isFor` says no to. */
		take(key: string, isFor: (value: T) => boolean = () => true) {
			const entry = entries.get(key);
			if (entry === undefined || !isFor(entry.value)) return null;
			entries.delete(key);
			return hasExpired(entry.putAt) ? null : entry;
		},
	};
}
