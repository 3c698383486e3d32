// Cases as people meet them. Everything done to a case goes through `transition`: load under a lock, decide purely, apply in
// one transaction.

import type { BankTrust } from "../banks/aggregate-opinions.ts";
import type { BankSettings, Opinion } from "../banks/bank.ts";
import type {
	Actor,
	CaseEventBody,
	CaseEventKind,
	CaseSnapshot,
	CaseState,
	CaseTransition,
	Decision,
} from "../cases/case.ts";
import type { Degree } from "../clusters/membership.ts";
import type { HashType } from "../hashes/hash-type.ts";
import type { CaseId, ClusterId, EntryId, ItemId, OrderId, UserId } from "../ids.ts";
import type { KeptVideo } from "../items/choose-stills.ts";
import type { ItemKind, ItemState } from "../items/item.ts";
import type { KeptMembers } from "../items/members.ts";
import type { ItemMeasure } from "../measures/measure.ts";
import type { OrderAction, OrderState } from "../orders/order.ts";
import type { RecordedGrounds } from "../policy/recorded-grounds.ts";
import type { LeftOut } from "../policy/shorten-verdict.ts";
import type { Tier, VerdictAction } from "../policy/verdict.ts";
import type { ReportSubject } from "../reports/report.ts";
import type { LetBe } from "../rules/answered.ts";
import type { Signal } from "../signals/signal.ts";
import type { WordExcerpt } from "../signals/written/word-excerpt.ts";
import type { ExaminedAgain } from "../sweeps/examined-again.ts";
import type { Country } from "../wire/country.ts";
import type { LiveSegment, Surface } from "../wire/item-event.ts";

export interface CaseSummary {
	readonly id: CaseId;
	readonly state: CaseState;
	readonly tier: Tier;
	readonly urgency: number;
	readonly category: string | null;
	/** Null for a place that is on no platform of ours. */
	readonly platformName: string | null;
	readonly surface: Surface | null;
	readonly itemCount: number;
	readonly reportCount: number;
	readonly isIncomplete: boolean;
	/** An appeal waits for what people decide. */
	readonly isAppealed: boolean;
	/** The account that it is about, as its platform calls it; null where it is about items. */
	readonly accountId: string | null;
	readonly openedAt: Date;
	readonly lastItemAt: Date;
	/** The nearest deadline that runs on it. */
	readonly dueAt: Date | null;
	readonly claimedBy: { readonly userId: UserId; readonly displayName: string; readonly expiresAt: Date } | null;
	/** What was decided last, and when; null while it is undecided. */
	readonly decided: { readonly decision: Decision; readonly at: Date } | null;
}

export interface CaseItem {
	readonly id: ItemId;
	readonly kind: ItemKind;
	readonly state: ItemState;
	readonly version: number;
	readonly platformName: string;
	readonly subject: string;
	readonly authorId: string;
	readonly surface: Surface;
	/** Whose law holds for it; null where neither it nor its platform named one. */
	readonly country: Country | null;
	readonly eventTime: Date | null;
	readonly receivedAt: Date;
	readonly signals: readonly Signal[];
	/** Why each of them counted, or not, as the verdict had it. */
	readonly grounds: RecordedGrounds;
	/** Entries that answered, too, and are not among the signals. */
	readonly andMore: readonly LeftOut[];
	readonly tier: Tier;
	/** What the machine concluded, on which entries' word alone, and the open breakers for which it left that to people. */
	readonly verdictAction: VerdictAction;
	readonly withheldOn: readonly EntryId[];
	readonly divertedBy: readonly string[];
	readonly policyRevision: number;
	readonly text: string | null;
	readonly mediaKey: string | null;
	readonly mediaType: string | null;
	/** Null where it is no video. */
	readonly video: KeptVideo | null;
	/** When it was judged again because somebody reported it, and how far detectors could be asked; null where it was not. */
	readonly judgedAgain: { readonly at: Date; readonly examined: ExaminedAgain | null } | null;
	/** Null where it is no container. */
	readonly members: KeptMembers | null;
	/** What there is to be read of words in it. */
	readonly words: readonly WordExcerpt[];
	/** The segment of a live stream that it is; null where it is none. */
	readonly live: LiveSegment | null;
	/** The newest order of each of its labels, and of friction of its account, with what the platform said of it. */
	readonly measures: readonly (ItemMeasure & {
		readonly state: OrderState;
		readonly attempts: number;
		readonly lastReason: string | null;
	})[];
	readonly orders: readonly {
		readonly id: OrderId;
		readonly action: OrderAction;
		readonly version: number;
		readonly state: OrderState;
		readonly attempts: number;
		readonly issuedAt: Date;
		readonly deliveredAt: Date | null;
		/** Why the last attempt failed, or null. */
		readonly lastReason: string | null;
	}[];
}

export interface CaseEventRecord {
	readonly sequence: number;
	readonly kind: CaseEventKind;
	readonly at: Date;
	readonly actor:
		| { readonly kind: "machine" }
		| { readonly kind: "person"; readonly userId: UserId; readonly displayName: string };
	readonly data: Readonly<Record<string, unknown>>;
}

/** An entry that items of the case match, as it is now; their signals say what it was then. */
export interface MatchedEntry {
	readonly id: EntryId;
	readonly bankName: string;
	readonly bankKind: BankSettings["kind"];
	readonly bankTrust: BankTrust;
	readonly hashType: HashType;
	readonly opinions: readonly Opinion[];
	readonly isQuarantined: boolean;
}

/** What people reported, without what would tell who they are: that is on the reports' own pages. */
export interface CaseReports {
	/** Those that were taken back do not count here. */
	readonly reports: number;
	/** As far as they can be told apart; one network on one day is one. */
	readonly reporters: number;
	/** How many say that a child is in danger now. */
	readonly danger: number;
	readonly answered: number;
	/** How they raised the case; see core/cases/count-reports.ts. */
	readonly counted: { readonly voices: number; readonly trusted: number };
	readonly about: readonly { readonly about: ReportSubject; readonly reports: number }[];
	/** What they name, the most named first; as it was typed by one of them. */
	readonly places: readonly string[];
}

/** All that the case's items are one thing with, in this case or not, seen by people or not. */
export interface ClusterOfCase {
	/** Confirmed. Of a very large cluster these are the first ones; then `isMore`. */
	readonly members: number;
	readonly isMore: boolean;
	readonly platforms: number;
	readonly accounts: number;
	readonly firstSeenAt: Date;
	/** Those that only look like it. */
	readonly suggested: number;
	/** The clusters themselves: one as a rule, and the first few where the case has items of many. */
	readonly ids: readonly ClusterId[];
	/** How many of each there are to see at once, {@link mostOnStrip} at most. */
	readonly strip: Readonly<Record<Degree, number>>;
}

/** The members that one sheet shows: among more nobody sees the one that differs. */
export const mostOnStrip = 12;

export interface StripMember {
	readonly itemId: ItemId;
	readonly mediaKey: string;
}

export interface CaseDetail extends CaseSummary {
	/** Null where no item of it is of a cluster. */
	readonly cluster: ClusterOfCase | null;
	/** The decided case that its items are near copies of, while that decision stands. */
	readonly copyOf: CaseId | null;
	/** It gathers what one account wrote, for whose sake people are asked (cases/cluster-key.ts). */
	readonly isOfAuthor: boolean;
	/** It gathers segments of one live stream. */
	readonly isOfStream: boolean;
	/** Null where nobody reported it. */
	readonly reports: CaseReports | null;
	readonly snapshot: CaseSnapshot;
	readonly items: readonly CaseItem[];
	/** A few of the posts that link to its place, shown beside it; nothing is decided of them. */
	readonly specimens: readonly CaseItem[];
	/** Those that are still in their bank. */
	readonly entries: readonly MatchedEntry[];
	readonly events: readonly CaseEventRecord[];
}

/** The first one first. */
export const caseLanes = ["known", "copies", "probable", "model", "unavailable", "second"] as const;
export type CaseLane = (typeof caseLanes)[number];
/** Cases of a lane are counted up to here: of more than so many nobody plans by the last one. */
export const mostCounted = 10_000;
export interface CaseFilter {
	readonly states?: readonly CaseState[];
	readonly lane?: CaseLane;
	readonly claimedBy?: UserId;
	readonly search?: string;
	readonly limit: number;
	readonly offset: number;
	/** What follows this case in the queue, where nothing else than undecided ones is asked for; nothing, where there is no such case. */
	readonly after?: CaseId;
}

interface LaneCount {
	readonly lane: CaseLane;
	/** {@link mostCounted} at most; then `isMore` where there are more. */
	readonly count: number;
	readonly isMore: boolean;
	readonly oldestAt: Date | null;
}

export interface CaseStore {
	/** Most urgent first, then by the nearest deadline, then oldest; those that are decided last, the latest decision first. */
	list(filter: CaseFilter): Promise<readonly CaseSummary[]>;
	lanes(): Promise<readonly LaneCount[]>;
	/** With so many of its items, the oldest; default as many as usual (cases/listed-items.ts). */
	find(id: CaseId, listed?: number): Promise<CaseDetail | null>;
	/** One item of those that the case is about or shows beside them, null where it is none of these, and the case as its acts see it. */
	findItem(id: CaseId, of: ItemId): Promise<{ readonly snapshot: CaseSnapshot; readonly item: CaseItem | null } | null>;
	/** Members of the clusters of its items, in this case or not, of which a picture is kept; the newest first. */
	strip(id: CaseId, degree: Degree): Promise<readonly StripMember[]>;
	/**
	 * Loads the case under a row lock, asks `decide`, applies the answer and returns the new snapshot. What `decide` throws rolls
	 * everything back and reaches the caller. Null where there is no such case. Item actions that would change nothing are left out.
	 */
	transition(
		id: CaseId,
		actor: Actor,
		at: Date,
		decide: (current: CaseSnapshot) => CaseTransition,
	): Promise<CaseSnapshot | null>;
	/**
	 * The same for the most urgent case this person may take and has not skipped: open, or claimed with an expired lease, or waiting for
	 * another person than those who gave a decision, or, where these differ, for a lead.
	 */
	transitionNext(
		/** With a lane: of that one only. */
		by: { readonly userId: UserId; readonly isLead: boolean; readonly lane?: CaseLane | undefined },
		at: Date,
		decide: (current: CaseSnapshot) => CaseTransition,
	): Promise<CaseSnapshot | null>;
	/** A view of material, written before the picture is shown. */
	recordReveal(
		id: CaseId,
		actor: Actor,
		at: Date,
		view: Omit<Extract<CaseEventBody, { readonly kind: "revealed" }>, "kind">,
	): Promise<void>;
	/** The same view's end. */
	recordHidden(
		id: CaseId,
		actor: Actor,
		at: Date,
		view: { revealId: string; itemId: ItemId; durationMs: number },
	): Promise<void>;
	/** What one person was shown since then. */
	exposure(userId: UserId, since: Date): Promise<{ readonly views: number; readonly seconds: number }>;
	/** When people last let be what each author's case gathered (cases/cluster-key.ts), by its key; an author of whom they never did is left out. */
	lastLetBe(authorKeys: readonly string[]): Promise<ReadonlyMap<string, Date>>;
	/** What rules had asked about each author when people let it be, by the key of the author's case, newest first; nothing of before people last removed something there. */
	letBeOf(authorKeys: readonly string[]): Promise<ReadonlyMap<string, readonly LetBe[]>>;
	markEscalated(id: CaseId, at: Date): Promise<boolean>;
	/** Tells of cases that change in any process. */
	onChanged(listener: (notice: CaseNotice) => void): Promise<AsyncDisposable>;
}

/** `away`: from now on changes are missed. `back`: no longer; what changed in between nobody tells. */
export type CaseNotice = { readonly kind: "changed"; readonly id: CaseId } | { readonly kind: "away" | "back" };
