// Sweeps in the record. Every step names what it goes on from, so that two detectors that work on one sweep, or one that was stopped in the
// middle, do nothing twice.
import type { HashType } from "../hashes/hash-type.ts";
import type { EntryId, ItemId, OrderId, SweepId } from "../ids.ts";
import type { LeftOut } from "../policy/shorten-verdict.ts";
import type { Tier, Verdict } from "../policy/verdict.ts";
import type { Copy } from "../signals/decided/decided.ts";
import type { ExaminedAgain } from "../sweeps/examined-again.ts";
import type { PastItem } from "../sweeps/judge-again.ts";
import type { Standing, SweepAct, SweepState, SweptEffect } from "../sweeps/sweep.ts";

/** What a sweep has found, in items. */
export interface SweepTally {
	/** In reach of a changed entry. */
	readonly found: number;
	/** The ones among them that have been judged again. */
	readonly judged: number;
	/** What is to be done, by tier; with `none` left out. */
	readonly due: readonly {
		readonly tier: Tier;
		readonly effect: Exclude<SweptEffect, "none">;
		readonly items: number;
	}[];
	readonly withheld: number;
	readonly putBeforePeople: number;
	/** The platforms of what is due, and when the oldest item of it was recorded. */
	readonly platforms: number;
	readonly oldestAt: Date | null;
}

/** Where a sweep that looks has come to. */
interface SweepCursor {
	readonly pass: 1 | 2;
	/** The page of entries that is being compared begins behind this one; entries go by their ids. */
	readonly entriesAfter: string;
	/** The last item compared with that page in this pass. */
	readonly cursor: string;
}

export interface SweptRule {
	readonly name: string;
	readonly revision: number;
}

export interface Sweep extends Standing, SweepCursor {
	readonly id: SweepId;
	/** Changes of banks after the first, up to the second. */
	readonly fromSequence: number;
	readonly toSequence: number;
	/** The revision of a rule that it asks of earlier items; null where it is about banks and decisions. */
	readonly rule: SweptRule | null;
	/** Verdicts that did not record a fact that the rule reads: what it says of them is not known. */
	readonly unrecorded: number;
	/** Null: it began by itself. */
	readonly startedBy: string | null;
	readonly startedAt: Date;
	readonly endedAt: Date | null;
	/** Decisions of cases that it carries to earlier members of their clusters. */
	readonly decisions: number;
	/** Entries that changed, as far as their turn has come. */
	readonly entries: number;
	/** Past hashes compared with them one by one, or verdicts of which the rule was asked; hashes that are looked up by their value are not counted. */
	readonly compared: number;
	/** What it may do by itself, once it has looked. */
	readonly allowedItems: number | null;
	readonly approvedBy: string | null;
	/** The second pass compares items after the first, up to the second, and not before. */
	readonly tailFrom: string;
	readonly through: string;
	readonly tailDueAt: Date;
}

/** Hashes of entries that changed, of one type, one behind the other. */
export interface EntryBlock {
	readonly type: HashType;
	readonly hashes: Uint8Array;
	readonly count: number;
}

/** Hashes of one type, one behind the other, with the ids of their items (16 bytes each) in the same order. */
export interface HashPage {
	readonly type: HashType;
	readonly hashes: Uint8Array;
	readonly itemIds: Uint8Array;
	/** Under which they are packed; null where each is a row of its own. */
	readonly through: string | null;
}

/** An item that was found among packed hashes: what is judged again has rows of its own. */
export interface FoundPacked {
	readonly itemId: string;
	readonly through: string;
}

export interface JudgedAgain {
	readonly item: Pick<PastItem, "id" | "platformId" | "surface" | "version" | "state" | "openCluster">;
	readonly verdict: Verdict;
	readonly andMore: readonly LeftOut[];
	readonly effect: SweptEffect;
	/** Which case it opens or joins. */
	readonly clusterKey: string;
	/** What it is a copy of; null where people removed nothing like it. */
	readonly copy: Copy | null;
}

/** An earlier item, with all that is held of what it shows or says. */
export interface HeldItem extends PastItem {
	readonly source: string;
	readonly eventId: string;
	readonly subject: string;
	readonly authorId: string;
	readonly eventTime: Date | null;
	readonly receivedAt: Date;
	/** What a post says; null where that is not held. */
	readonly text: string | null;
	/** Where its bytes would be kept, its own or those of a copy; null where it has none. */
	readonly mediaKey: string | null;
}

export interface JudgedReported extends JudgedAgain {
	/** Null where nobody had to look: people have it already, or it is gone. */
	readonly examined: ExaminedAgain | null;
}

/** How far past hashes have been compared with what banks have become. */
export interface Coverage {
	/** Every past hash was compared with all changes up to here, here or when its item arrived. */
	readonly throughSequence: number;
	readonly bankSequence: number;
	/** Changes for which nothing is done about earlier items: a sweep over them was canceled. */
	readonly gaps: readonly { readonly fromSequence: number; readonly toSequence: number }[];
}

export interface SweepStore {
	/**
	 * Begins a sweep over what has changed, and what people have removed, since the last one, or else over a rule that has become live; null where nothing
	 * has, or one is looking already.
	 */
	begin(now: Date): Promise<Sweep | null>;
	/** The same over all that changed after a sequence, however often it was compared. */
	start(fromSequence: number, by: string, now: Date): Promise<Sweep>;
	/** Over a rule's live revision, however often it was asked. Throws `not-found` where none is live. */
	startRule(name: string, by: string, now: Date): Promise<Sweep>;
	/** The oldest that has something to do, before those that wait to look once more, and that nobody else works on; it is this worker's for so long. */
	lease(worker: string, leaseMs: number): Promise<Sweep | null>;
	/** Newest first. */
	list(limit: number): Promise<readonly (Sweep & { readonly tally: SweepTally })[]>;
	find(id: SweepId): Promise<(Sweep & { readonly tally: SweepTally }) | null>;
	coverage(): Promise<Coverage>;
	/** The entries that it is about, by type, as they now are. */
	entriesByType(
		sweep: Pick<Sweep, "fromSequence" | "toSequence">,
	): Promise<readonly { readonly type: HashType; readonly entries: number }[]>;
	/** Every state that is not an end, with how many are in it. */
	countUnfinished(): Promise<readonly { readonly state: SweepState; readonly sweeps: number }[]>;
	/** Throws `not-found`, `wrong-state`; `same-person` where who agrees made one of the changes, or started it. */
	act(id: SweepId, act: SweepAct, said: { readonly by: string; readonly reason: string }): Promise<Sweep>;

	/**
	 * The next changed entries, behind `entriesAfter` in the order of their ids: those of banks that answer, as they now are. `last` is the
	 * same again where there are none.
	 */
	nextEntries(
		sweep: Pick<Sweep, "fromSequence" | "toSequence" | "entriesAfter">,
		limit: number,
	): Promise<{ readonly last: string; readonly blocks: readonly EntryBlock[] }>;
	/** Those of the entries that changed. */
	changedAmong(
		sweep: Pick<Sweep, "fromSequence" | "toSequence">,
		ids: readonly EntryId[],
	): Promise<ReadonlySet<EntryId>>;
	/** Notes items that have one of the hashes, up to the sweep's last one. */
	noteExact(sweep: Sweep, type: HashType, hashes: readonly Uint8Array[]): Promise<void>;
	/** Whether there are hashes in this pass, of whatever type. */
	hasHashes(sweep: Pick<Sweep, "pass" | "tailFrom" | "through">): Promise<boolean>;
	/**
	 * The next hashes after the cursor, and where they end; the same cursor again where there are none. Those that have rows of their own come only
	 * where they are compared by distance: the others are looked up ({@link noteExact}).
	 */
	nextHashes(
		sweep: Pick<Sweep, "cursor" | "pass" | "through">,
		types: readonly HashType[],
		limit: number,
	): Promise<{ readonly cursor: string; readonly pages: readonly HashPage[] }>;
	/** False where the sweep has moved on since, or does not look any more. */
	noteCompared(
		sweep: Sweep,
		step: {
			readonly cursor: SweepCursor;
			readonly compared: number;
			readonly found: readonly string[];
			/** Verdicts that say nothing of the rule. */
			readonly unrecorded?: number;
			/** Which of these were found among packed hashes. */
			readonly unpack?: readonly FoundPacked[];
			/** Whose turn has come with this step. */
			readonly entries: number;
		},
	): Promise<boolean>;
	/** From looking to judging; members of decided clusters, and what has the bytes of what was removed, are found then. */
	endLooking(sweep: Sweep): Promise<void>;
	/** Items found and not judged again yet. */
	unjudged(id: SweepId, limit: number): Promise<readonly PastItem[]>;
	noteJudged(
		id: SweepId,
		judged: readonly { readonly itemId: ItemId; readonly tier: Tier; readonly effect: SweptEffect }[],
	): Promise<void>;
	/** From judging on, once nothing is left to judge. */
	endJudging(id: SweepId, allowedItems: number): Promise<Sweep>;
	/** Items that are due, and not settled yet. */
	unsettled(id: SweepId, limit: number): Promise<readonly PastItem[]>;
	/**
	 * In one transaction: new verdicts, orders, cases, and the note that this is done. An item that has changed since it was loaded is left
	 * for the next time. Answers the orders given.
	 */
	settle(sweep: Pick<Sweep, "id">, judged: readonly JudgedAgain[]): Promise<readonly OrderId[]>;
	/** Items that were reported since they were judged last; nobody else is given them for half a minute, or until they are settled. */
	reported(limit: number): Promise<readonly HeldItem[]>;
	/** The same of these, in one transaction with the note that they are judged; whatever their number of reports. */
	settleReported(judged: readonly JudgedReported[]): Promise<readonly OrderId[]>;
	/** These could not be settled: whoever looks next may have them. */
	returnReported(items: readonly ItemId[]): Promise<void>;
	/** From acting to done, once nothing is left to settle. */
	endActing(id: SweepId): Promise<Sweep>;
	/** Lets go of packed hashes that are older, at most so many packs; answers how many. */
	forgetPacked(before: Date, limit: number): Promise<number>;
}
