// What reporters with a webhook are told, written with its cause: the notice, and the outbox row of its delivery.
import { sql } from "kysely";
import { z } from "zod";
import { noticeId, type ReportId, uuidv7 } from "../../../core/ids.ts";
import type { ReportAnswerCode } from "../../../core/reports/answer.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { writeOrders } from "../orders/write-orders.ts";

interface Told {
	readonly id: ReportId;
	/** The message that was written to the reporter; null where there is none. */
	readonly messageId: string | null;
}

/** Writes notices of those reports whose reporter has a webhook. */
export async function writeNotices(
	tx: Connection,
	told: readonly Told[],
	{
		status,
		answer,
	}: { readonly status: "received" | "answered" | "reopened"; readonly answer: ReportAnswerCode | null },
): Promise<void> {
	if (told.length === 0) return;
	const at = new Date();
	const rows = told.map((one) => ({ ...one, noticeId: uuidv7(at.getTime()) }));
	const written = await tx.rows(
		sql`INSERT INTO reporter_notices (id, report_id, status, answer, message_id)
			SELECT "noticeId", r.id, ${status}, ${answer}, "messageId"
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "noticeId" uuid, "messageId" uuid)
				JOIN reports ON reports.id = r.id JOIN reporters ON reporters.id = reporter_id WHERE webhook_url IS NOT NULL
			RETURNING id`,
		z.object({ id: column.text.pipe(noticeId) }),
	);
	await writeOrders(
		tx,
		[],
		written.map(({ id }) => ({ name: "tell", payload: { noticeId: id }, at })),
	);
}
