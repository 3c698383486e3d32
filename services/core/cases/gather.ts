// Decides what becomes of arrivals that people must see: they open the case of their cluster, or join the one that is undecided. An
// arrival is whatever brings an item before people; today that is a verdict. Which cluster an item belongs to is cluster-key.ts.
import type { ItemId, PlatformId } from "../ids.ts";
import type { OrderAction } from "../orders/order.ts";
import { strongerTier, type Tier } from "../policy/verdict.ts";
import type { Surface } from "../wire/item-event.ts";
import type { CaseEventBody } from "./case.ts";

export interface Arrival {
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
	readonly order: { readonly action: OrderAction; readonly version: number } | null;
}

/** What a case comes to over all that it has gathered. */
export interface CaseStanding {
	readonly tier: Tier;
	readonly urgency: number;
	readonly category: string | null;
	readonly isIncomplete: boolean;
	/** Of the strongest arrival that opened it; a case may gather items of several platforms. */
	readonly platformId: PlatformId;
	readonly surface: Surface;
	readonly itemCount: number;
}

export interface Gathering {
	readonly standing: CaseStanding;
	/** Null where the arrivals joined a case that was there. */
	readonly opened: Extract<CaseEventBody, { readonly kind: "opened" }> | null;
}

/** `undecided` is the cluster's case that people may still decide; null opens one. */
export function gather(undecided: CaseStanding | null, arrivals: readonly [Arrival, ...Arrival[]]): Gathering {
	const [first] = arrivals;
	const strongest = arrivals.reduce((best, next) => (strongerTier(best.tier, next.tier) === best.tier ? best : next));
	const arrived: CaseStanding = {
		tier: strongest.tier,
		urgency: Math.max(...arrivals.map(({ urgency }) => urgency)),
		category: strongest.category,
		isIncomplete: arrivals.some(({ isIncomplete }) => isIncomplete),
		platformId: strongest.platformId,
		surface: strongest.surface,
		itemCount: arrivals.length,
	};
	if (undecided !== null) return { standing: join(undecided, arrived), opened: null };
	const { tier, urgency, policyRevision } = first;
	return { standing: arrived, opened: { kind: "opened", tier, urgency, policyRevision } };
}

/** Evidence only adds up: what joins never makes a case weaker or less urgent. */
function join(held: CaseStanding, arrived: CaseStanding): CaseStanding {
	return {
		...held,
		tier: strongerTier(held.tier, arrived.tier),
		urgency: Math.max(held.urgency, arrived.urgency),
		category: held.category ?? arrived.category,
		isIncomplete: held.isIncomplete || arrived.isIncomplete,
		itemCount: held.itemCount + arrived.itemCount,
	};
}
