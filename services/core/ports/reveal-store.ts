// What people have asked to see and have not yet seen, and what they are looking at now, known to all review processes. What was
// shown is the case's events' to say (case-store.ts).
import type { RevealLevel } from "../cases/case.ts";
import type { Degree } from "../clusters/membership.ts";
import type { CaseId, ItemId } from "../ids.ts";

/** What one token shows, under which claim. */
export interface Reveal {
	readonly id: string;
	readonly caseId: CaseId;
	readonly fence: number;
	readonly itemId: ItemId;
	readonly level: RevealLevel;
	/** Which still of a video; null for all of them together, and for what is no video. */
	readonly stillMs: number | null;
	/** Several members of the case's clusters at once; null for the item alone. */
	readonly strip: Degree | null;
	/** Asked for at level 5. */
	readonly reason: string | null;
}

/** Tokens and sessions by their SHA-256. */
interface NewReveal extends Reveal {
	readonly tokenHash: Uint8Array;
	readonly sessionHash: Uint8Array;
	readonly at: Date;
}

export interface RevealStore {
	grant(reveal: NewReveal): Promise<void>;
	/** Spends the token; null where it is spent, older than `since` or another session's, which spends it too. */
	take(tokenHash: Uint8Array, sessionHash: Uint8Array, since: Date): Promise<Reveal | null>;
	shown(id: string, at: Date): Promise<void>;
	/** Ends a look of this session, once; null where there is none. */
	end(id: string, sessionHash: Uint8Array): Promise<{ readonly reveal: Reveal; readonly shownAt: Date } | null>;
	/** Forgets looks whose end was never told. */
	forget(before: Date): Promise<void>;
}
