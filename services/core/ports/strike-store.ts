// Strikes: what people removed of one account. They follow from the record, so that a decision which is taken back or overturned takes its strikes
// with it.
import type { CaseId, ItemId, OrderId, PlatformId } from "../ids.ts";

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

export interface StrikeStore {
	/** Accounts with so many strikes since then, those with most first. */
	list(filter: {
		readonly since: Date;
		readonly atLeast: number;
		readonly limit: number;
	}): Promise<readonly AccountStrikes[]>;
	/** Empty where the account has none. */
	ofAccount(account: Pick<Account, "platformName" | "accountId">): Promise<readonly Strike[]>;
}
