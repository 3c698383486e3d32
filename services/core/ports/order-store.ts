import type { CaseId, OrderId, PlatformId } from "../ids.ts";
import type { OrderState } from "../orders/order.ts";
import type { Tier } from "../policy/verdict.ts";
import type { ActedBy, StuckFilter } from "../stuck/stuck.ts";
import type { AnyOrderMessage, AnyStatementMessage } from "../wire/account-order.ts";

export interface PendingOrder {
	readonly message: AnyOrderMessage;
	readonly decidedBy: "machine" | "person";
	readonly tier: Tier;
	readonly platformId: PlatformId;
	readonly platformName: string;
	readonly caseId: CaseId | null;
	/** In sight of the newer orders of its item or account. */
	readonly state: OrderState;
	readonly attempts: number;
	/** What the last attempt came to, where it failed. */
	readonly lastReason: string | null;
	/** The event's own time, or when the stream took it; of an account, when people decided. */
	readonly eventAt: Date;
	readonly receivedAt: Date;
}

export type AttemptOutcome =
	| { readonly kind: "delivered"; readonly at: Date }
	| { readonly kind: "failed"; readonly reason: string; readonly at: Date }
	| { readonly kind: "undelivered"; readonly reason: string; readonly at: Date }
	| { readonly kind: "superseded"; readonly at: Date };

/** A platform that does not take its orders, and how many. */
interface PlatformBehind {
	readonly platformName: string;
	/** Failed and tried again by themselves, or waiting behind those for their first attempt. */
	readonly retried: number;
	/** Given up: they wait for a person. */
	readonly givenUp: number;
	/** What the last attempt on the newest of them came to. */
	readonly reason: string | null;
	/** When the oldest of them was issued. */
	readonly since: Date;
}

export interface OrderStore {
	find(id: OrderId): Promise<PendingOrder | null>;
	/**
	 * Finds an order that is to be sent: its statement of reasons is worded now where it was not before, and kept so; it has none
	 * while nobody may be told.
	 */
	take(id: OrderId): Promise<PendingOrder | null>;
	/** Words and keeps the statement of an order that its platform obeyed; null where nobody may be told, or there is no such order. */
	takeStatement(
		id: OrderId,
	): Promise<{ readonly platformId: PlatformId; readonly message: AnyStatementMessage } | null>;
	/**
	 * Records one attempt on a pending order; `delivered` and `undelivered` are final until a replay, and are added to the case's
	 * events. `superseded` is no attempt: nothing will be sent.
	 */
	settleAttempt(id: OrderId, outcome: AttemptOutcome): Promise<void>;
	/** Makes undelivered orders pending again with fresh outbox rows. */
	replay(filter: StuckFilter, by: ActedBy): Promise<number>;
	/** Undelivered orders will not be sent any more. */
	discard(filter: StuckFilter, by: ActedBy): Promise<number>;
	/** Orders that platforms have not acknowledged: given up, failed and tried again, or waiting for seconds. The oldest first. */
	listOutstanding(filter: StuckFilter & { readonly limit: number }): Promise<readonly PendingOrder[]>;
	/** The platforms of those that failed, by name. */
	platformsBehind(): Promise<readonly PlatformBehind[]>;
}
