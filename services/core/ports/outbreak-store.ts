// Outbreaks in the record, and the place up to which they were counted. One process holds the count at a time; whatever it writes names its
// lease and where it goes on from, so that one that lost it changes nothing.
import type { CaseId, ItemId, OutbreakId } from "../ids.ts";
import type { Alert } from "../outbreaks/growth-watch.ts";
import type { MayLimit, SpreadState } from "../outbreaks/limits.ts";
import type { KeptGrowth, OutbreakAlert, OutbreakEnd } from "../outbreaks/outbreak.ts";
import type { CountedItem } from "../outbreaks/sighting.ts";
import type { Subject, SubjectKind } from "../outbreaks/subject.ts";

/** Where the count stands. */
export interface CountPlace {
	/** Up to here outbreaks are in the record. */
	readonly counted: number;
	/** That the snapshot is of. */
	readonly snapshotAt: number;
	/** Items wait for their turn at a detector: further pages of limits wait, too. */
	readonly doPagesWait: boolean;
}

export interface ItemsDue {
	/** The number up to which these are all; that asked for where there is nothing new. */
	readonly through: number;
	readonly items: readonly CountedItem[];
}

interface RunningOutbreak {
	readonly id: OutbreakId;
	readonly subject: Subject;
	/** What people have decided of its case; null while nobody has. */
	readonly decision: "remove" | "restore" | null;
}

export interface Outbreak extends Omit<RunningOutbreak, "decision"> {
	/** What its subject is called: a bank by its name, all others by their key. */
	readonly label: string;
	readonly beganAt: Date;
	readonly foundAt: Date;
	readonly alert: OutbreakAlert;
	readonly latest: KeptGrowth;
	readonly caseId: CaseId | null;
	readonly spread: SpreadState;
	/** That its limit, or the lifting of it, has yet to go over. */
	readonly itemsAhead: number;
	readonly ended: { readonly at: Date; readonly because: OutbreakEnd } | null;
	/** The item with which it began, and of its cases its own first; null where that was not kept. */
	readonly trippedBy: (OutbreakPost & { readonly itemId: ItemId }) | null;
}

interface OutbreakPost {
	readonly platform: string;
	readonly account: string;
	/** As its platform calls it. */
	readonly subject: string;
	readonly at: Date;
	/** The case in which it is before people by itself; null where it is in none. */
	readonly caseId: CaseId | null;
}

export interface OutbreakPicture {
	/** It is of the first items alone; all others are counted for its growth, and limited with these. */
	readonly isMore: boolean;
	/** None where it ended so long ago that they were let go. */
	readonly items: number;
	readonly accounts: number;
	readonly platforms: readonly { readonly name: string; readonly items: number; readonly accounts: number }[];
	readonly firstSeenAt: Date | null;
	/** Minutes in which something came, oldest first. */
	readonly curve: readonly { readonly at: Date; readonly items: number; readonly accounts: number }[];
	/** Some of them, newest first: what there is to look at where the case is about no item. */
	readonly newest: readonly OutbreakPost[];
	/** By state: how many are live, withheld, removed, … */
	readonly states: Readonly<Record<string, number>>;
}

/** What one round of counting came to. */
export interface CountedRound {
	readonly holder: string;
	readonly from: number;
	readonly through: number;
	/** With the item that made each an outbreak. */
	readonly alerts: readonly { readonly alert: Alert; readonly itemId: ItemId }[];
	/** Further items of outbreaks that run. */
	readonly sightings: readonly { readonly subject: Subject; readonly itemId: ItemId }[];
}

/** What one turn over outbreaks came to: a page at most of the items of each. */
export interface LimitedPages {
	readonly items: number;
	readonly hasMore: boolean;
}

export interface OutbreakStore {
	/** Null while another process holds it. */
	lease(holder: string, leaseMs: number): Promise<CountPlace | null>;
	readSnapshot(): Promise<Uint8Array | null>;
	/** What is due up to here need not be kept for the count any longer. False where the lease is lost. */
	saveSnapshot(holder: string, at: number, bytes: Uint8Array): Promise<boolean>;
	/** In the order of their numbers; not locked, what is numbered stays. */
	itemsAfter(number: number, limit: number): Promise<ItemsDue>;
	/** Opens what is new, with its case, and moves the place on. Null where the lease is lost; else those that were opened. */
	record(round: CountedRound, now: Date): Promise<readonly Outbreak[] | null>;
	/** Limits the spread of the next page of items that were not gone over: of the subjects' outbreaks, or of all that are limited where it is null. */
	limit(of: readonly Subject[] | null, may: MayLimit, now: Date): Promise<LimitedPages>;
	/** Has whoever counts know for so long that items wait for their turn. */
	holdPages(forMs: number): Promise<void>;
	/** Lifts the limits that are over, a page of items at a time. */
	lift(now: Date): Promise<LimitedPages>;
	running(): Promise<readonly RunningOutbreak[]>;
	/** How they grow, and those that ended. */
	update(
		changes: readonly {
			readonly id: OutbreakId;
			readonly latest: KeptGrowth | null;
			readonly ended: OutbreakEnd | null;
		}[],
		now: Date,
	): Promise<void>;
	list(limit: number): Promise<readonly Outbreak[]>;
	find(id: OutbreakId): Promise<Outbreak | null>;
	/** The one that the case is of, or else the newest that raised it. */
	ofCase(id: CaseId): Promise<Outbreak | null>;
	picture(id: OutbreakId): Promise<OutbreakPicture>;
	/** Lets go of the items of outbreaks that ended before, but for those that are still asked about or limited; at most so many, and answers how many. */
	prune(before: Date, limit: number): Promise<number>;
	/** Records that are numbered and not counted, and outbreaks that run, by kind. */
	counts(): Promise<{ readonly behind: number; readonly running: Readonly<Record<SubjectKind, number>> }>;
}
