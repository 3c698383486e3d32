// Tells reporters what became of their reports, in a caller's transaction: what one person writes to one of them, and what a decision says to
// everybody who reported the case, are one and the same.
import { sql } from "kysely";
import { z } from "zod";
import { type CaseId, type ReportId, reportId, type UserId, uuidv7 } from "../../../core/ids.ts";
import {
	isAnswerFinal,
	type ReportAnswerCode,
	type ReportLanguage,
	reportAnswers,
} from "../../../core/reports/answer.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { writeNotices } from "./write-notices.ts";

export interface Answer {
	readonly by: UserId;
	readonly text: Readonly<Record<ReportLanguage, string>>;
	/** `answered`: nothing else is to be done; `open`: it is looked at again; `unchanged`: a message among others. */
	readonly leaves: "answered" | "open" | "unchanged";
	/** Null where a person wrote it. */
	readonly code: ReportAnswerCode | null;
}

const answeredAt = {
	answered: sql`COALESCE(answered_at, clock_timestamp())`,
	open: sql`NULL`,
	unchanged: sql`answered_at`,
} as const;
const isWaiting = { answered: sql`false`, open: sql`true`, unchanged: sql`is_waiting` } as const;

/** Answers how many were told: those that were taken back are left alone. */
export async function answerReports(tx: Connection, ids: readonly ReportId[], answer: Answer): Promise<number> {
	const { by, text, leaves, code } = answer;
	if (ids.length === 0) return 0;
	const rows = ids.map((id) => ({ id, messageId: uuidv7(Date.now()) }));
	const told = await tx.rows(
		sql`WITH r AS (
				SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "messageId" uuid)
			), told AS (
				UPDATE reports SET answered_at = ${answeredAt[leaves]}, is_waiting = ${isWaiting[leaves]}, answer = ${leaves === "unchanged" ? sql`answer` : code}
				FROM r WHERE reports.id = r.id AND withdrawn_at IS NULL RETURNING reports.id, language, "messageId"
			)
			INSERT INTO report_messages (id, report_id, user_id, body)
			SELECT "messageId", id, ${by}, CASE language WHEN 'vi' THEN ${text.vi} ELSE ${text.en} END FROM told
			RETURNING report_id AS id, id::text AS "messageId"`,
		z.object({ id: reportId, messageId: column.text }),
	);
	if (leaves !== "unchanged")
		await writeNotices(tx, told, { status: leaves === "answered" ? "answered" : "reopened", answer: code });
	return told.length;
}

/** A report that names several things is answered once the last of their cases is; until then it is told of each. */
export async function answerCase(
	tx: Connection,
	caseId: CaseId,
	{
		code,
		by,
		to,
	}: {
		readonly code: ReportAnswerCode;
		readonly by: UserId;
		/** Those who were answered before may know it already. */
		readonly to: "all" | "unanswered" | readonly ReportId[];
	},
): Promise<number> {
	const whom =
		to === "all"
			? sql`true`
			: to === "unanswered"
				? sql`answered_at IS NULL`
				: sql`report_id = ANY (${[...to]}::uuid[])`;
	const reports = await tx.rows(
		sql`SELECT DISTINCT report_id AS id, EXISTS (
				SELECT FROM case_reports AS other JOIN cases ON cases.id = other.case_id
				WHERE other.report_id = case_reports.report_id AND cases.id <> ${caseId} AND ${isUndecided}
			) AS "hasMore"
			FROM case_reports JOIN reports ON reports.id = report_id WHERE case_id = ${caseId} AND ${whom} ORDER BY 1`,
		z.object({ id: reportId, hasMore: column.flag }),
	);
	return tellOf(tx, reports, { code, by });
}

/** `hasMore`: other things that the report names still wait for people. */
export async function tellOf(
	tx: Connection,
	reports: readonly { readonly id: ReportId; readonly hasMore: boolean }[],
	{ code, by }: { readonly code: ReportAnswerCode; readonly by: UserId },
): Promise<number> {
	const text = { vi: reportAnswers.vi[code], en: reportAnswers.en[code] };
	const idsOf = (has: boolean) => reports.filter(({ hasMore }) => hasMore === has).map(({ id }) => id);
	const answer = { by, text, code };
	if (!isAnswerFinal(code)) return answerReports(tx, [...idsOf(true), ...idsOf(false)], { ...answer, leaves: "open" });
	const told = await answerReports(tx, idsOf(true), { ...answer, leaves: "unchanged" });
	return told + (await answerReports(tx, idsOf(false), { ...answer, leaves: "answered" }));
}
