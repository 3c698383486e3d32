// Appeals as they come in and as they are looked at. What people decide of them is decided of their case (case-store.ts).
import type { AppealableState, AppealChannel, AppealOutcome, Appellant } from "../appeals/appeal.ts";
import type { AppealId, CaseId, OrderId, PlatformId, ReportId } from "../ids.ts";
import type { AnyOrderAction } from "../orders/order.ts";

export interface Appeal {
	readonly id: AppealId;
	readonly caseId: CaseId;
	readonly by: Appellant;
	readonly channel: AppealChannel;
	readonly orderId: OrderId | null;
	/** The appellant's words; a reporter's are with their report alone. */
	readonly text: string;
	readonly receivedAt: Date;
	/** Null while people have yet to decide. */
	readonly settled: { readonly outcome: AppealOutcome; readonly at: Date } | null;
}

/** What a code opens: what was restricted, and the appeal against that, if any. */
export interface Restriction {
	readonly orderId: OrderId;
	readonly platformId: PlatformId;
	readonly platformName: string;
	readonly action: AnyOrderAction;
	readonly orderedAt: Date;
	/** As decided here by now. */
	readonly state: AppealableState;
	readonly appeal: Pick<Appeal, "receivedAt" | "settled"> | null;
}

/** By what the restriction is known: the code of its statement, or the platform's own order. */
export type RestrictionKey =
	| { readonly kind: "code"; readonly code: string }
	| { readonly kind: "order"; readonly orderId: OrderId; readonly platformId: PlatformId };

export interface NewAppeal {
	readonly channel: AppealChannel;
	readonly text: string;
	readonly at: Date;
	/** Until when a decision of then may be appealed. */
	readonly until: (decidedAt: Date) => Date;
}

/**
 * `unknown`: nothing is known by that key. `nothing-to-appeal`: nothing is restricted any more, or nobody decided to leave it.
 * `early`: withheld a moment ago, and not before people yet.
 */
export type AppealRefusal = "unknown" | "nothing-to-appeal" | "too-late" | "early";
export type AppealAnswer =
	| { readonly kind: "received"; readonly appeal: Appeal; readonly isNew: boolean }
	| { readonly kind: "refused"; readonly why: AppealRefusal };

interface AppealFilter {
	readonly caseId?: CaseId;
	/** Those that wait for people only. */
	readonly isWaiting?: boolean;
	readonly limit: number;
}

export interface AppealStore {
	findRestriction(key: RestrictionKey): Promise<Restriction | null>;
	/** The affected user's. The same restriction again is the same appeal, as it was first received. */
	appealRestriction(key: RestrictionKey, appeal: NewAppeal): Promise<AppealAnswer>;
	/** A reporter's, against each decision that left what they reported where it is; the first of them is answered. Their words are kept as a message of the report. */
	appealReport(id: ReportId, appeal: NewAppeal): Promise<AppealAnswer>;
	/** Whether something that the report names was left and may be appealed still; and its newest appeal, if any. */
	ofReport(id: ReportId): Promise<{ readonly mayAppeal: boolean; readonly newest: Appeal | null }>;
	find(id: AppealId): Promise<Appeal | null>;
	/** Null where it is not of a user of this platform. */
	findOfPlatform(id: AppealId, platformId: PlatformId): Promise<Appeal | null>;
	/** The oldest first. */
	list(filter: AppealFilter): Promise<readonly Appeal[]>;
}
