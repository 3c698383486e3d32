// Decides what becomes of arrivals that people must see: they open the case of their cluster, or join the one that is undecided. An
// arrival is whatever brings something before people: the verdict on an item, a report, an authority's request, an appeal, an account's strikes, or an outbreak. Which cluster it belongs to is cluster-key.ts.
import { assertNever } from "../assert-never.ts";
import type { AppealId, CaseId, ItemId, OutbreakId, PlatformId, ReportId, RequestId } from "../ids.ts";
import type { OrderAction } from "../orders/order.ts";
import { strongerTier, type Tier } from "../policy/verdict.ts";
import type { Surface } from "../wire/item-event.ts";
import type { CaseEventBody } from "./case.ts";
import { type CountedReports, countReports, type Voice } from "./count-reports.ts";

/** A verdict that asks for people. */
export interface VerdictArrival {
	readonly kind: "verdict";
	readonly itemId: ItemId;
	readonly clusterKey: string;
	readonly platformId: PlatformId;
	readonly surface: Surface;
	readonly tier: Tier;
	/** 0–100, higher first. */
	readonly urgency: number;
	readonly category: string | null;
	readonly isIncomplete: boolean;
	readonly policyRevision: number;
	/** What the machine does with the item at once; null where people decide first. */
	readonly order: { readonly action: OrderAction; readonly version: number; readonly rule?: string } | null;
	/** The decided case that it is a copy of. */
	readonly copyOf?: CaseId | null;
	/** It is withheld on that case's decision alone, and no longer where that is taken back. */
	readonly restsOnDecision?: boolean;
	/** It is in the cluster's undecided case already, and is judged anew. */
	readonly isInCase?: boolean;
}

/** The decided case that an order of the arrival rests on. */
export function standingCaseOf({ copyOf, restsOnDecision }: VerdictArrival): { readonly standingCase?: CaseId } {
	return restsOnDecision === true && copyOf != null ? { standingCase: copyOf } : {};
}

/** A thing that somebody names: an item that we hold, or a place of which we have the address alone. */
export interface ArrivalPlace {
	readonly clusterKey: string;
	/** The item that comes before people with it; null where it is in the case already, or not held here. */
	readonly itemId: ItemId | null;
	/** Null where the place is on no platform of ours. */
	readonly platformId: PlatformId | null;
	readonly surface: Surface | null;
}

/** Somebody's word on one thing. */
export interface ReportArrival extends Voice, ArrivalPlace {
	readonly kind: "report";
	readonly reportId: ReportId;
}

/** An authority's request for one thing. */
export interface RequestArrival extends ArrivalPlace {
	readonly kind: "request";
	readonly requestId: RequestId;
	readonly urgency: number;
}

/** Somebody whom a decision concerns asks for other people's. It comes to the case of that decision, which is undecided again. */
export interface AppealArrival extends ArrivalPlace {
	readonly kind: "appeal";
	readonly appealId: AppealId;
}

/** An account of which people removed so much that a law asks to consider its restriction. */
export interface StrikesArrival extends ArrivalPlace {
	readonly kind: "strikes";
	readonly accountId: string;
}

/** What the case is about spreads faster than it should. */
export interface OutbreakArrival extends ArrivalPlace {
	readonly kind: "outbreak";
	readonly outbreakId: OutbreakId;
	readonly urgency: number;
}

export type Arrival =
	| VerdictArrival
	| ReportArrival
	| RequestArrival
	| AppealArrival
	| StrikesArrival
	| OutbreakArrival;

/** On the scale of verdicts (policy/settings.ts): above what only words or one reporter say, below a probable match. */
const appealUrgency = 50;
/** Its items are removed already: below whatever is still to be seen, above what only words say. */
const strikesUrgency = 30;

/** What a case comes to over all that it has gathered. */
export interface CaseStanding {
	readonly tier: Tier;
	readonly urgency: number;
	readonly category: string | null;
	readonly isIncomplete: boolean;
	/** The platform of the strongest arrival that opened it; a case may gather items of several platforms. Null where no arrival named one. */
	readonly platformId: PlatformId | null;
	readonly surface: Surface | null;
	readonly itemCount: number;
	/** Null where nobody reported what the case is about. */
	readonly reports: CountedReports | null;
}

export interface Gathering {
	readonly standing: CaseStanding;
	/** Null where the arrivals joined a case that was there. */
	readonly opened: Extract<CaseEventBody, { readonly kind: "opened" }> | null;
}

/** `undecided` is the cluster's case that people may still decide; null opens one. */
export function gather(undecided: CaseStanding | null, arrivals: readonly [Arrival, ...Arrival[]]): Gathering {
	const counted = countReports(
		undecided?.reports ?? null,
		arrivals.filter((one) => one.kind === "report"),
	);
	const [first, ...others] = strongestFirst(arrivals);
	const arrived = others.map(standingOf).reduce(join, standingOf(first));
	const standing = {
		...(undecided === null ? arrived : join(undecided, arrived)),
		itemCount: (undecided?.itemCount ?? 0) + itemsOf(arrivals),
		reports: counted.reports,
	};
	const urgency = Math.max(standing.urgency, counted.urgency);
	const revisions = arrivals.flatMap((one) => (one.kind === "verdict" ? [one.policyRevision] : []));
	return {
		standing: { ...standing, urgency },
		opened:
			undecided === null
				? { kind: "opened", tier: standing.tier, urgency, policyRevision: revisions[0] ?? null }
				: null,
	};
}

/** Two cases that turn out to be about one thing; what was reported is the first one's alone. */
export function gatherBoth(held: CaseStanding, other: CaseStanding): CaseStanding {
	return join(held, other);
}

function strongestFirst(arrivals: readonly [Arrival, ...Arrival[]]): readonly [Arrival, ...Arrival[]] {
	const [first, ...others] = arrivals;
	const strongest = others.reduce<Arrival>((best, next) => (isStronger(next, best) ? next : best), first);
	return [strongest, ...arrivals.filter((one) => one !== strongest)];
}

function isStronger(one: Arrival, other: Arrival): boolean {
	const tier = standingOf(other).tier;
	return strongerTier(tier, standingOf(one).tier) !== tier;
}

/** Many reports may bring one item. */
function itemsOf(arrivals: readonly Arrival[]): number {
	const joining = arrivals.filter((one) => one.kind !== "verdict" || one.isInCase !== true);
	return new Set(joining.flatMap(({ itemId }) => itemId ?? [])).size;
}

/** What it would come to alone; reports are counted together, and are not counted here. */
function standingOf(arrival: Arrival): CaseStanding {
	const { platformId, surface } = arrival;
	const alone = { platformId, surface, itemCount: 0, reports: null };
	switch (arrival.kind) {
		case "verdict": {
			const { tier, urgency, category, isIncomplete } = arrival;
			return { ...alone, tier, urgency, category, isIncomplete };
		}
		case "report":
			return { ...alone, tier: "T", urgency: 0, category: null, isIncomplete: false };
		case "request":
		case "outbreak":
			return { ...alone, tier: "T", urgency: arrival.urgency, category: null, isIncomplete: false };
		case "appeal":
			return { ...alone, tier: "T", urgency: appealUrgency, category: null, isIncomplete: false };
		case "strikes":
			return { ...alone, tier: "T", urgency: strikesUrgency, category: null, isIncomplete: false };
		default:
			return assertNever(arrival);
	}
}

/** Evidence only adds up: what joins never makes a case weaker or less urgent. */
function join(held: CaseStanding, arrived: CaseStanding): CaseStanding {
	return {
		...held,
		...(held.platformId === null ? { platformId: arrived.platformId, surface: arrived.surface } : {}),
		tier: strongerTier(held.tier, arrived.tier),
		urgency: Math.max(held.urgency, arrived.urgency),
		category: held.category ?? arrived.category,
		isIncomplete: held.isIncomplete || arrived.isIncomplete,
	};
}
