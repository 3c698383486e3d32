// A case is the unit people work on: it gathers items of one media cluster or one account. Its events are the truth and are
// only ever added; the row is their projection.
import { z } from "zod";
import type { Appellant } from "../appeals/appeal.ts";
import type { Asked } from "../authorities/asked.ts";
import type { EntryJudgement } from "../banks/entry-judgement.ts";
import type {
	AppealId,
	CaseId,
	EntryId,
	ItemId,
	OrderId,
	OutbreakId,
	PlatformId,
	RequestId,
	SweepId,
	UserId,
} from "../ids.ts";
import type { ItemMeasure, MeasureChange } from "../measures/measure.ts";
import type { AccountAction, ItemAction, OrderAction } from "../orders/order.ts";
import type { Tier } from "../policy/verdict.ts";
import type { AuthorityAnswerCode, ReportAnswerCode } from "../reports/answer.ts";
import type { AccountRestriction } from "../strikes/account-restriction.ts";
import type { Country } from "../wire/country.ts";
import type { Surface } from "../wire/item-event.ts";
import type { DecidableItem, GivenDecision } from "./consequences.ts";
import type { CountedReports } from "./count-reports.ts";

export const caseStates = ["open", "claimed", "second", "held", "decided", "closed"] as const;
export const caseState = z.enum(caseStates);
export type CaseState = z.infer<typeof caseState>;

/** In any other state people may still decide: new copies join such a case, and it stands in the queue. */
export const decidedStates = ["decided", "closed"] as const satisfies readonly CaseState[];

export function isUndecided(state: CaseState): boolean {
	return !decidedStates.some((one) => one === state);
}

export const decisions = ["remove", "restore"] as const;
export const decision = z.enum(decisions);
export type Decision = z.infer<typeof decision>;

/** Who acted: the machine's policy, or a person. */
export type Actor = { readonly kind: "machine" } | { readonly kind: "person"; readonly userId: UserId };

export const revealLevels = [1, 2, 3, 4, 5] as const;
export type RevealLevel = (typeof revealLevels)[number];

/** Event bodies; the store adds case id, sequence, actor and our time. Data is canonical JSON (sorted keys), ready for a hash chain. */
export type CaseEventBody =
	| { readonly kind: "opened"; readonly tier: Tier; readonly urgency: number; readonly policyRevision: number | null }
	| { readonly kind: "item-added"; readonly itemId: ItemId; readonly tier: Tier; readonly policyRevision: number }
	| { readonly kind: "item-gone"; readonly itemId: ItemId }
	/** It had been let pass, and entries that came later match it. */
	| { readonly kind: "found-by-sweep"; readonly itemId: ItemId; readonly sweepId: SweepId; readonly tier: Tier }
	/** It was reported, and comes to something else by today's banks and policy than it did then. */
	| { readonly kind: "judged-again"; readonly itemId: ItemId; readonly tier: Tier; readonly policyRevision: number }
	/** It turned out to be about the same thing as another, whose part it is from then on. */
	| { readonly kind: "merged-into"; readonly caseId: CaseId }
	| { readonly kind: "took-in"; readonly caseId: CaseId; readonly items: number }
	/** Reports raised the case, or opened it. What was counted since it opened; a report that changes nothing of that is not told. */
	/** An authority asked for something that the case is about. */
	| { readonly kind: "requested"; readonly requestId: RequestId; readonly asks: Asked; readonly isUrgent: boolean }
	| {
			readonly kind: "reports-counted";
			readonly reports: number;
			readonly voices: number;
			readonly trusted: number;
			readonly danger: CountedReports["danger"];
			readonly urgency: number;
	  }
	/** What people removed of the account that the case is about: so many more, `recommended` by so many laws. */
	| { readonly kind: "strikes-gathered"; readonly strikes: number; readonly recommended: number }
	/** So many strikes of the account were taken back since people recommended to restrict it: others are asked whether that stands. */
	| { readonly kind: "strikes-taken-back"; readonly strikes: number }
	/** Whoever reported it was told what people decided. */
	| { readonly kind: "reports-answered"; readonly reports: number; readonly answer: ReportAnswerCode }
	/** What it is about spreads: so many distinct accounts, or things, within so many seconds. */
	| {
			readonly kind: "outbreak";
			readonly outbreakId: OutbreakId;
			readonly voices: number;
			readonly inSeconds: number;
	  }
	/** Its content was kept, though nothing was found of it: there is something to look at. */
	| { readonly kind: "specimen-kept"; readonly itemId: ItemId }
	/** So many items of an outbreak beside those of the case were limited, or are no more. */
	| {
			readonly kind: "spread-changed";
			readonly outbreakId: OutbreakId;
			readonly action: SpreadAction;
			readonly items: number;
	  }
	| { readonly kind: "escalated" }
	| { readonly kind: "claimed"; readonly fence: number }
	| { readonly kind: "released"; readonly why: "asked" | "expired" }
	| { readonly kind: "skipped" }
	| { readonly kind: "commented"; readonly text: string }
	/** Material was shown; `reason` is asked for at level 5 only. */
	| {
			readonly kind: "revealed";
			readonly revealId: string;
			readonly itemId: ItemId;
			readonly level: RevealLevel;
			/** Which still of a video; left out for all together, and for what is no video. */
			readonly stillMs?: number;
			/** What was to be read of words in it, in place of it. */
			readonly words?: true;
			/** Members of the case's clusters on one sheet, instead of the item; left out for the item itself. */
			readonly members?: readonly ItemId[];
			readonly reason: string | null;
	  }
	/** It was hidden again; a reveal without such an event ended unseen (the page was closed). */
	| { readonly kind: "hidden"; readonly revealId: string; readonly itemId: ItemId; readonly durationMs: number }
	/** Somebody whom the decision concerns asks for other people's. */
	| { readonly kind: "appealed"; readonly appealId: AppealId; readonly by: Appellant }
	/** What the people who decided after an appeal made of the decision before. */
	| { readonly kind: "upheld" | "overturned"; readonly decision: Decision; readonly about?: DecidedAbout }
	| {
			readonly kind: "decided";
			readonly decision: Decision;
			readonly reason: string;
			readonly isFinal: boolean;
			readonly about?: DecidedAbout;
	  }
	| { readonly kind: "second-asked"; readonly decision: Decision; readonly about?: DecidedAbout }
	/** Two people differ. */
	| { readonly kind: "lead-asked" }
	/** `undone` by who decided, soon after; `reopened` by a lead. */
	| {
			readonly kind: "undone" | "reopened";
			readonly decision: Decision;
			readonly reason: string;
			readonly about?: DecidedAbout;
	  }
	/** Written to an entry of a bank as the opinion of `here`: asked for, or because a person restored what it had withheld. */
	| {
			readonly kind: "entry-judged";
			readonly entryId: EntryId;
			readonly judgement: EntryJudgement;
			readonly reason: string;
	  }
	| {
			readonly kind: "ordered";
			readonly itemId: ItemId;
			readonly orderId: OrderId;
			readonly action: ItemAction;
			/** Counts the orders of the item, or of this label or friction by itself. */
			readonly version: number;
			/** Which label, where it is about one. */
			readonly label?: string;
	  }
	| {
			readonly kind: "account-ordered";
			readonly orderId: OrderId;
			readonly action: AccountAction;
			readonly version: number;
	  }
	| { readonly kind: "delivered"; readonly orderId: OrderId; readonly attempts: number }
	| { readonly kind: "undelivered"; readonly orderId: OrderId; readonly reason: string };
/** What a case decides on, where that is no item: about an account `remove` means to recommend a restriction, and `restore` not to. Left out where the case is about items. */
export type DecidedAbout = "account";
export type CaseEventKind = CaseEventBody["kind"];
export const caseEventKind = z.enum({
	...{ opened: "opened", "item-added": "item-added", "item-gone": "item-gone", escalated: "escalated" },
	...{ claimed: "claimed", released: "released", skipped: "skipped", commented: "commented" },
	...{ revealed: "revealed", hidden: "hidden", decided: "decided", "second-asked": "second-asked" },
	...{ "lead-asked": "lead-asked", undone: "undone", reopened: "reopened", "entry-judged": "entry-judged" },
	...{ "reports-counted": "reports-counted", "reports-answered": "reports-answered", requested: "requested" },
	...{ "found-by-sweep": "found-by-sweep", "judged-again": "judged-again" },
	...{ "merged-into": "merged-into", "took-in": "took-in" },
	...{ appealed: "appealed", upheld: "upheld", overturned: "overturned" },
	...{ outbreak: "outbreak", "spread-changed": "spread-changed", "specimen-kept": "specimen-kept" },
	...{
		"strikes-gathered": "strikes-gathered",
		"strikes-taken-back": "strikes-taken-back",
		"account-ordered": "account-ordered",
	},
	...{ ordered: "ordered", delivered: "delivered", undelivered: "undelivered" },
} as const satisfies { readonly [K in CaseEventKind]: K });

export interface Claim {
	readonly userId: UserId;
	/** Grows with every claim of the case: an act under an older fence is refused. */
	readonly fence: number;
	readonly expiresAt: Date;
}

/** What is done about how far it spreads. */
export const spreadAction = z.enum(["limit-spread", "lift-limit"]);
export type SpreadAction = z.infer<typeof spreadAction>;

/** What a transition needs to know of a case; the store loads it under a row lock. */
export interface CaseSnapshot {
	readonly id: CaseId;
	readonly state: CaseState;
	readonly tier: Tier;
	readonly fence: number;
	readonly claim: Claim | null;
	/** The first decision while another person is waited for. */
	readonly firstDecision: GivenDecision | null;
	/** A second one that differs, while a lead is waited for. */
	readonly secondDecision: GivenDecision | null;
	/** The last one, once the case is decided. */
	readonly decided: (GivenDecision & { readonly at: Date }) | null;
	/** The decision that was appealed last: while the case is undecided, whether it stands is what people are asked. */
	readonly appealed: AppealedDecision | null;
	readonly items: readonly CaseSnapshotItem[];
	/** Items of other cases that this one's decision reached by standing; empty where there is none, nor one that is appealed. */
	readonly copies: readonly CaseSnapshotItem[];
	/** The account that the case is about; null where it is about items. */
	readonly account: AccountSnapshot | null;
	/** Whether the spread of an outbreak of it is limited; null where none runs. */
	readonly spread: "recommended" | "limited" | null;
}

export interface AccountSnapshot {
	readonly platformId: PlatformId;
	/** The one that its platform is registered with. */
	readonly country: Country | null;
	/** The platform was told last that a restriction is recommended. */
	readonly isRecommended: boolean;
	/** By this case's decision, and not by one of a case before it. */
	readonly isByThisCase: boolean;
}

export interface AppealedDecision {
	readonly decision: Decision;
	readonly at: Date;
	/** Everybody who took part in it, or in one before it that was appealed, too: others decide now. */
	readonly by: readonly UserId[];
}

export interface CaseSnapshotItem extends DecidableItem {
	readonly id: ItemId;
	readonly platformId: PlatformId;
	readonly surface: Surface;
	readonly country: Country | null;
	/** One of each; left out where there are none. */
	readonly measures?: readonly ItemMeasure[];
	/** In the order of their versions. */
	readonly orders: readonly {
		readonly action: OrderAction;
		readonly issuedAt: Date;
		/** The decided case that led to it. */
		readonly standingCase?: CaseId | null;
		/** It took a decision back. */
		readonly takesBack?: boolean;
	}[];
}

/** What a transition changes. The store applies all of it in one transaction, with orders and outbox rows for `itemActions`. */
export interface CaseTransition {
	readonly state: CaseState;
	readonly claim: Claim | null;
	readonly firstDecision: CaseSnapshot["firstDecision"];
	readonly secondDecision: CaseSnapshot["secondDecision"];
	readonly decided: CaseSnapshot["decided"];
	/** Set by an appeal; it stays with the case. */
	readonly appealed?: AppealedDecision;
	readonly events: readonly CaseEventBody[];
	readonly itemActions: readonly { readonly itemId: ItemId; readonly action: OrderAction }[];
	/** What is done besides about its items and their accounts. */
	readonly measures?: readonly MeasureChange[];
	/** The same is done to all that spreads with its items. */
	readonly spread?: SpreadAction;
	/** What its platform is told of the account, where the case is about one. */
	readonly accountAction?: AccountAction;
	/** What is recommended with it, where something is. */
	readonly accountRestriction?: AccountRestriction;
	/** What is written back to entries, in the same transaction and with an event for each that is still in its bank. */
	readonly entryJudgement?: {
		readonly entries: readonly EntryId[];
		readonly judgement: EntryJudgement;
		readonly reason: string;
		/** A person named the entry: refused where no item of the case matches it, or it is gone. */
		readonly isAsked: boolean;
	};
	/** What everybody who reported the case or asked for it is told, in the same transaction. */
	readonly answersReports?: AuthorityAnswerCode;
	/** The decision before stands: whoever was told of it is not told again. */
	readonly isUpheld?: boolean;
	/** A decision is taken back or overturned, given then: what it wrote to entries is withdrawn, in the same transaction. */
	readonly withdraws?: { readonly decidedAt: Date };
	/** Set by `skip`: this person is not offered the case again. */
	readonly skippedBy?: UserId;
}

/** A decision is taken back, or reopened: what is restored so, no decision of people restored. */
export function isTakingBack({ decided, withdraws }: Pick<CaseTransition, "decided" | "withdraws">): boolean {
	return withdraws !== undefined && decided === null;
}

/** The transition that changes nothing; others say what they change. */
export function unchanged(current: CaseSnapshot): CaseTransition {
	const { state, claim, firstDecision, secondDecision, decided } = current;
	return { state, claim, firstDecision, secondDecision, decided, events: [], itemActions: [] };
}
