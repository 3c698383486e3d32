import { sql } from "kysely";
import { z } from "zod";
import type { Doer } from "../../../core/acts/doer.ts";
import { type CaseId, caseId, orderId, reportId, silenceId, userId } from "../../../core/ids.ts";
import type { SilenceStore, ToldLate } from "../../../core/ports/silence-store.ts";
import { reportAnswerCodes } from "../../../core/reports/answer.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { newestOfAccount } from "../orders/newest-order.ts";
import { writeOrders } from "../orders/write-orders.ts";
import { answerCase } from "../reports/answer-reports.ts";
import { beginSilence, isAccountSilent, lockSilence } from "./silence-rows.ts";

const silenceRow = z.object({
	...{ id: silenceId, caseId, reason: column.text, begunAt: column.time, until: column.time.nullable() },
	...{ authority: column.text.nullable(), reference: column.text.nullable(), begunBy: column.text.nullable() },
});
const heldRow = z.object({
	...{ code: z.enum(reportAnswerCodes), by: userId },
	to: z.union([z.enum(["all", "unanswered"]), z.array(reportId)]),
});
const endedRow = z.object({ id: silenceId, caseId });

export function createSilenceStore(database: Database): SilenceStore {
	return {
		async list({ caseId: of, limit }) {
			const rows = await database.rows(
				sql`SELECT silences.id, silences.case_id AS "caseId", reason, begun_at AS "begunAt", until, authorities.name AS authority,
						reference, login AS "begunBy"
					FROM silences LEFT JOIN authority_requests AS requests ON requests.id = request_id
						LEFT JOIN authorities ON authorities.id = authority_id LEFT JOIN users ON users.id = begun_by
					WHERE ended_at IS NULL AND ${of === undefined ? sql`true` : sql`silences.case_id = ${of}`} ORDER BY begun_at, silences.id LIMIT ${limit}`,
				silenceRow,
			);
			return rows.map(({ authority, reference, ...silence }) => ({
				...silence,
				askedBy: authority === null || reference === null ? null : { authority, reference },
			}));
		},
		begin: ({ caseId: of, reason, until }, by, at) =>
			database.transaction(async (tx) => {
				const known = await tx.rows(sql`SELECT FROM cases WHERE id = ${of}`);
				if (known.length === 0) return null;
				return beginSilence(tx, { caseId: of, reason, until, cause: { kind: "person", userId: by } }, at);
			}),
		end: (id, { userId: by, why }, at) =>
			database.transaction(async (tx) => {
				const [silence] = await tx.rows(
					sql`SELECT id, case_id AS "caseId" FROM silences WHERE id = ${id} AND ended_at IS NULL`,
					endedRow,
				);
				return silence === undefined ? null : endSilence(tx, silence, { by: { kind: "person", userId: by }, why, at });
			}),
		async endDue(at) {
			const due = await database.rows(
				sql`SELECT id, case_id AS "caseId" FROM silences WHERE ended_at IS NULL AND until <= ${at} ORDER BY until LIMIT 100`,
				endedRow,
			);
			for (const one of due)
				await database.transaction((tx) => endSilence(tx, one, { by: { kind: "machine" }, why: null, at }));
			return due.length;
		},
	};
}

interface Ending {
	readonly by: Doer;
	/** Null: its time had come. */
	readonly why: string | null;
	readonly at: Date;
}

/** Null where somebody else ended it meanwhile. */
async function endSilence(
	tx: Connection,
	{ id, caseId: of }: z.infer<typeof endedRow>,
	{ by, why, at }: Ending,
): Promise<ToldLate | null> {
	// Before its silence, as where the case is decided.
	await tx.rows(sql`SELECT FROM cases WHERE id = ${of} FOR UPDATE`);
	await lockSilence(tx, of);
	const ended = await tx.rows(
		sql`UPDATE silences SET ended_at = ${at}, ended_by = ${by.kind === "person" ? by.userId : null}, ended_why = ${why}
			WHERE id = ${id} AND ended_at IS NULL RETURNING id`,
	);
	if (ended.length === 0) return null;
	const left = await tx.rows(sql`SELECT FROM silences WHERE case_id = ${of} AND ended_at IS NULL`);
	const told = left.length > 0 ? { reports: 0, statements: 0 } : await tellHeld(tx, of, at);
	await appendActs(tx, [{ what: "silence-ended", on: of, by, at, reason: why, details: { silenceId: id, ...told } }]);
	return told;
}

async function tellHeld(tx: Connection, of: CaseId, at: Date): Promise<ToldLate> {
	const held = await tx.rows(
		sql`DELETE FROM held_answers WHERE case_id = ${of} RETURNING answer AS code, by_user AS by, whom AS to, id`,
		heldRow.extend({ id: column.text }),
	);
	let reports = 0;
	for (const { code, by, to } of held.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
		reports += await answerCase(tx, of, { code, by, to });
	// What the platform did without a word for its user; of each item the newest, which is what holds now.
	const orders = await tx.rows(
		sql`SELECT orders.id FROM orders JOIN items ON items.id = item_id
			WHERE case_id = ${of} AND matter = '' AND orders.version = items.version AND orders.state = 'delivered'
				AND NOT EXISTS (SELECT FROM order_statements WHERE order_id = orders.id)
			UNION ALL SELECT id FROM orders WHERE case_id = ${of} AND matter <> '' AND state = 'delivered'
				AND NOT EXISTS (SELECT FROM order_statements WHERE order_id = orders.id)
			UNION ALL SELECT newest.id FROM account_cases JOIN LATERAL
				${newestOfAccount(sql`id, case_id, state`, { platform: sql`account_cases.platform_id`, account: sql`account_cases.account_id` })} AS newest ON newest.case_id = account_cases.case_id
			WHERE newest.state = 'delivered' AND NOT EXISTS (SELECT FROM order_statements WHERE order_id = newest.id) AND NOT ${isAccountSilent(sql`account_cases.case_id`)}
				AND (account_cases.case_id = ${of} OR EXISTS (SELECT FROM account_strikes JOIN orders AS struck ON struck.id = order_id
					WHERE account_strikes.case_id = account_cases.case_id AND struck.case_id = ${of}))`,
		z.object({ id: orderId }),
	);
	await writeOrders(
		tx,
		[],
		orders.map(({ id }) => ({ name: "state", payload: { orderId: id }, at })),
	);
	return { reports, statements: orders.length };
}
