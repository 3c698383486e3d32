// Orders and what must happen next, written inside a caller's transaction.
import { sql } from "kysely";
import { newAppealCode } from "../../../core/appeals/appeal-code.ts";
import type { CaseId, ItemId, OrderId, OutbreakId, PlatformId, SweepId } from "../../../core/ids.ts";
import { type ItemAction, isRestriction } from "../../../core/orders/order.ts";
import type { Tier } from "../../../core/policy/verdict.ts";
import { deliveryOf, type JobName, type JobPayload, jobCatalogue, jobIdOf } from "../../../core/wire/jobs.ts";
import type { Connection } from "../connection/database.ts";

export interface NewOrder {
	readonly id: OrderId;
	readonly itemId: ItemId;
	/** Null where its case is still to come. */
	readonly caseId: CaseId | null;
	readonly action: ItemAction;
	/** What it follows others of by its version, where that is not the item's state (core/measures/measure.ts). */
	readonly matter?: string;
	/** The account, where it is friction. */
	readonly accountPlatform?: PlatformId;
	readonly accountId?: string;
	readonly version: number;
	readonly tier: Tier;
	readonly category: string | null;
	readonly decidedBy: "machine" | "person";
	readonly issuedAt: Date;
	/** The one that led to it. */
	readonly sweepId?: SweepId;
	/** The decided case whose decision led to it. */
	readonly standingCase?: CaseId;
	/** What it spreads in, which is why. */
	readonly outbreakId?: OutbreakId;
	/** The one that advises it, or on whose word it had been done. */
	readonly rule?: string;
	/** It takes a decision back. */
	readonly takesBack?: boolean;
}

export interface NewJob {
	readonly name: JobName;
	readonly payload: JobPayload<JobName>;
	readonly at: Date;
}

/** Each order comes with the outbox row of its delivery; `jobs` are what must happen besides. One statement, one round trip. */
export async function writeOrders(
	tx: Connection,
	orders: readonly NewOrder[],
	jobs: readonly NewJob[] = [],
): Promise<void> {
	const deliveries: readonly NewJob[] = orders.map(({ action, id, issuedAt }) => ({
		name: deliveryOf(action),
		payload: { orderId: id },
		at: issuedAt,
	}));
	// What people remove is a strike of its account.
	const strikes: readonly NewJob[] = orders.flatMap(({ action, decidedBy, itemId, issuedAt: at }) =>
		action === "remove" && decidedBy === "person" ? [{ name: "count-strikes", payload: { itemId }, at }] : [],
	);
	const due = [...deliveries, ...strikes, ...jobs].map(({ name, payload, at }) => ({
		name,
		payload,
		at,
		jobId: jobIdOf(name, payload),
		priority: jobCatalogue[name].priority,
	}));
	if (due.length === 0) return;
	const rows = orders.map((order) => ({
		...order,
		takesBack: order.takesBack ?? false,
		code: isRestriction(order.action) ? newAppealCode() : null,
	}));
	await tx.rows(
		sql`WITH ordered AS (
				INSERT INTO orders (id, item_id, case_id, action, version, tier, category, decided_by, issued_at, sweep_id, standing_case, is_reported, is_asked_for, appeal_code, is_appealed, takes_back, outbreak_id, rule, matter, account_platform, account_id)
				SELECT id, "itemId", "caseId", action, version, tier, category, "decidedBy", "issuedAt", "sweepId", "standingCase",
					EXISTS (SELECT FROM case_reports WHERE case_id = "caseId"), EXISTS (SELECT FROM authority_request_places WHERE case_id = "caseId"),
					code, EXISTS (SELECT FROM appeals WHERE case_id = "caseId"), "takesBack", "outbreakId", rule, COALESCE(matter, ''), "accountPlatform", "accountId"
				FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
					AS r (id uuid, "itemId" uuid, "caseId" uuid, action text, version integer, tier text, category text, "decidedBy" text, "issuedAt" timestamptz, "sweepId" uuid, "standingCase" uuid, code text, "takesBack" boolean, "outbreakId" uuid, rule text, matter text, "accountPlatform" uuid, "accountId" text)
			), due AS (
				INSERT INTO outbox (name, job_id, payload, created_at, priority)
				SELECT name, "jobId", payload, at, priority
				FROM jsonb_to_recordset(${JSON.stringify(due)}::jsonb) AS r (name text, "jobId" text, payload jsonb, at timestamptz, priority smallint)
			)
			SELECT pg_notify('outbox', '')`,
	);
}
