// Strikes: what people removed of one account. They follow from the record, so that a decision which is taken back or overturned takes its strikes
// with it.
import type { Jurisdiction } from "../clocks/profile.ts";
import type { CaseId, ItemId, OrderId, PlatformId } from "../ids.ts";
import type { AccountAction, IssuedOrder } from "../orders/order.ts";
import type { AccountRestriction } from "../strikes/account-restriction.ts";
import type { Recommendation } from "../strikes/recommendation.ts";

interface Account {
	readonly platformId: PlatformId;
	readonly platformName: string;
	/** The platform's own id of it. */
	readonly accountId: string;
}

/** One item that was removed, and by which decision. */
export interface Strike {
	readonly itemId: ItemId;
	readonly orderId: OrderId;
	/** The evidence: its decision, reason and people are with the case. */
	readonly caseId: CaseId;
	readonly category: string | null;
	readonly at: Date;
}

export interface AccountStrikes extends Account {
	/** The newest first. */
	readonly strikes: readonly Strike[];
}

/** A strike as evidence of a case about its account. */
interface StrikeOfCase extends Strike {
	/** The decision was taken back or overturned since: it counts no more. */
	readonly isTakenBack: boolean;
}

interface AccountOrder extends IssuedOrder<AccountAction> {
	readonly id: OrderId;
	/** What it recommends; null where it withdraws that. */
	readonly restriction: AccountRestriction | null;
	readonly attempts: number;
	readonly issuedAt: Date;
	readonly deliveredAt: Date | null;
	readonly lastReason: string | null;
}

/** What a case about an account is about. */
export interface AccountOfCase {
	readonly accountId: string;
	/** The newest first. */
	readonly strikes: readonly StrikeOfCase[];
	/** What laws asked to consider when the last strike came to it. */
	readonly recommendations: readonly Recommendation[];
	/** What the platform was told by this case, the newest last. */
	readonly orders: readonly AccountOrder[];
	/** How often a restriction was recommended before, by other cases; what was withdrawn is not counted. */
	readonly recommendedBefore: number;
}

export interface StrikeStore {
	/** Accounts with so many strikes since then, those with most first. */
	list(filter: {
		readonly since: Date;
		readonly atLeast: number;
		readonly limit: number;
	}): Promise<readonly AccountStrikes[]>;
	/**
	 * Puts the account of an item that was removed before people, where laws ask for that by its strikes: opens its case, or joins the undecided
	 * one. Null where there is nothing to ask. The same strike again changes nothing.
	 */
	gather(
		itemId: ItemId,
		laws: readonly Jurisdiction[],
		now: Date,
	): Promise<{ readonly caseId: CaseId; readonly isOpened: boolean; readonly strikes: number } | null>;
	/** Null where the case is about no account. */
	ofCase(id: CaseId): Promise<AccountOfCase | null>;
	/** Empty where the account has none. */
	ofAccount(account: Pick<Account, "platformName" | "accountId">): Promise<readonly Strike[]>;
}
