// Counts what is examined, by account and by what is the same, for rules that read how much there was lately. Exact for each platform, however
// many processes count: all of them count one after the other.
import type { PlatformId } from "../ids.ts";
import type { LatelyCounts, LatelyName } from "../rules/lately.ts";
import type { ItemKey } from "./verdict-store.ts";

export interface CountedItem extends ItemKey {
	readonly platformId: PlatformId;
	readonly authorId: string;
	/** What it is the same as; null where it has nothing by which that could be told. */
	readonly cluster: string | null;
	/** When it came. */
	readonly at: Date;
	/** When its account was made, as its platform says; null where it says nothing. */
	readonly accountCreated: Date | null;
}

export interface CountStore {
	/**
	 * Notes each once, in their order, and answers how many were noted up to then that came within the window of it, itself included: of two such
	 * items the one that is noted later counts the other, whichever came first. One that was noted already gets the same answer as then, as
	 * long as what it counted is kept. What became of an account's items is as it is when it is asked.
	 */
	count(items: readonly CountedItem[], asked: ReadonlySet<LatelyName>): Promise<readonly LatelyCounts[]>;
	/**
	 * Lets go of what came before, at most so many, and of as many accounts that were not seen for a year before that; answers how many
	 * counts that were. An account that comes back after a year is as if first seen.
	 */
	prune(before: Date, limit: number): Promise<number>;
}
