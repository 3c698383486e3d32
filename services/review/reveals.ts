// Tokens that show material: one picture each, once, to one session, for half a minute. Any review process takes the token that
// another one gave.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { BreakwaterError } from "../core/errors.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Reveal, RevealStore } from "../core/ports/reveal-store.ts";
import type { Session } from "../runtime/http/sessions.ts";

export interface Reveals {
	grant(
		asked: Omit<Reveal, "id">,
		session: Session,
	): Promise<{ readonly reveal: Reveal; readonly token: string; readonly expiresAt: Date }>;
	/** Once, in the same session, in time; null otherwise. A wrong session spends the token too. */
	take(token: string, session: Session): Promise<Reveal | null>;
	/** Remembers that it is being looked at. */
	shown(reveal: Reveal): Promise<void>;
	/** What was looked at and for how long at most. Throws `not-found` where it is not, or no longer, known. */
	hidden(id: string, session: Session): Promise<{ readonly reveal: Reveal; readonly elapsedMs: number }>;
}

const tokenLifetimeMs = 30_000;
/** A look whose end is never told is forgotten after this. */
const lookLifetimeMs = 3_600_000;

export function createReveals({ store, clock }: { readonly store: RevealStore; readonly clock: Clock }): Reveals {
	const after = (ms: number) => new Date(clock.now() + ms);
	return {
		async grant(asked, { tokenHash: sessionHash }) {
			const reveal = { ...asked, id: randomUUID() };
			const token = randomBytes(32).toString("base64url");
			await store.forget(after(-lookLifetimeMs));
			await store.grant({ ...reveal, tokenHash: sha256(token), sessionHash, at: after(0) });
			return { reveal, token, expiresAt: after(tokenLifetimeMs) };
		},
		take: (token, { tokenHash }) => store.take(sha256(token), tokenHash, after(-tokenLifetimeMs)),
		shown: ({ id }) => store.shown(id, after(0)),
		async hidden(id, { tokenHash }) {
			const look = await store.end(id, tokenHash);
			if (look === null) throw new BreakwaterError("not-found");
			return { reveal: look.reveal, elapsedMs: Math.max(0, clock.now() - look.shownAt.getTime()) };
		},
	};
}

function sha256(token: string): Uint8Array {
	return createHash("sha256").update(token).digest();
}
