import type { LawBook } from "../clocks/law-book.ts";
import type { ClockId, UserId } from "../ids.ts";
import type { RevisionStore } from "./revision-store.ts";

/**
 * The laws that clocks run by: those that ship with the package until two people have put an edited copy in force. A new revision moves no clock that
 * runs. Throws `laws-stale` where another revision has come into force since a proposal.
 */
export interface LawStore extends RevisionStore<LawBook> {
	/** Counts the clocks of a profile that run anew, by the revision in force; an act of each that moved says by whom and why. */
	recount(profile: string, by: UserId, why: string): Promise<readonly ClockId[]>;
}
