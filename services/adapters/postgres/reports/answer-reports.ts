// Tells reporters what became of their reports, in a caller's transaction: what one person writes to one of them, and what a decision says to
// everybody who reported the case, are one and the same.
import { sql } from "kysely";
import { z } from "zod";
import { type AnswerLanguage, answerLanguages } from "../../../core/answers/slots.ts";
import { inWords } from "../../../core/answers/template-book.ts";
import { type CaseId, type ReportId, reportId, type UserId, uuidv7 } from "../../../core/ids.ts";
import { isAnswerFinal, type ReportAnswerCode } from "../../../core/reports/answer.ts";
import { holdAnswer, lockSilence } from "../answers/silence-rows.ts";
import { templatesInForce } from "../answers/template-store.ts";
import { isUndecided } from "../cases/undecided.ts";
import { tellClocksOf } from "../clocks/start-by-event.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { writeNotices } from "./write-notices.ts";

export interface Answer {
	readonly by: UserId;
	readonly words: Words;
	/** `answered`: nothing else is to be done; `open`: it is looked at again; `unchanged`: a message among others. */
	readonly leaves: "answered" | "open" | "unchanged";
}

/** What a person wrote, or what the template of a code says. */
type Words =
	| { readonly kind: "written"; readonly text: string }
	| { readonly kind: "template"; readonly code: ReportAnswerCode };

const answeredAt = {
	answered: sql`COALESCE(answered_at, clock_timestamp())`,
	open: sql`NULL`,
	unchanged: sql`answered_at`,
} as const;
const isWaiting = { answered: sql`false`, open: sql`true`, unchanged: sql`is_waiting` } as const;

/** Answers how many were told: those that were taken back are left alone. */
export async function answerReports(tx: Connection, ids: readonly ReportId[], answer: Answer): Promise<number> {
	const { by, words, leaves } = answer;
	if (ids.length === 0) return 0;
	const code = words.kind === "template" ? words.code : null;
	const told = await tx.rows(
		sql`UPDATE reports SET answered_at = ${answeredAt[leaves]}, is_waiting = ${isWaiting[leaves]}, answer = ${leaves === "unchanged" ? sql`answer` : code}
			WHERE id = ANY (${[...ids]}::uuid[]) AND withdrawn_at IS NULL RETURNING id, language, received_at AS received`,
		z.object({ id: reportId, language: z.enum(answerLanguages), received: column.time }),
	);
	const { revision, textFor } = await wordsFor(tx, words);
	const messages = told.map((one) => ({ id: one.id, messageId: uuidv7(Date.now()), text: textFor(one) }));
	await tx.rows(
		sql`INSERT INTO report_messages (id, report_id, user_id, body, template_revision)
			SELECT "messageId", id, ${by}, text, ${revision}::integer
			FROM jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) AS r (id uuid, "messageId" uuid, text text)`,
	);
	if (leaves !== "unchanged")
		await writeNotices(tx, messages, { status: leaves === "answered" ? "answered" : "reopened", answer: code });
	return told.length;
}

interface Told {
	readonly language: AnswerLanguage;
	readonly received: Date;
}

async function wordsFor(
	tx: Connection,
	words: Words,
): Promise<{ readonly revision: number | null; readonly textFor: (told: Told) => string }> {
	if (words.kind === "written") return { revision: null, textFor: () => words.text };
	const { revision, set } = await templatesInForce(tx);
	const slot = `reporter/${words.code}` as const;
	return { revision, textFor: ({ language, received }) => inWords(set, { slot, language }, { received }) };
}

/**
 * A report that names several things is answered once the last of their cases is; until then it is told of each. While a law
 * forbids telling, what it would be told is held.
 */
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
	if (await lockSilence(tx, caseId)) {
		await holdAnswer(tx, caseId, { code, by, to });
		return 0;
	}
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
	const told = await tellOf(tx, reports, { code, by });
	if (isAnswerFinal(code) && typeof to === "string") await tellClocksOf(tx, caseId, "answer-sent", new Date());
	return told;
}

/** `hasMore`: other things that the report names still wait for people. */
export async function tellOf(
	tx: Connection,
	reports: readonly { readonly id: ReportId; readonly hasMore: boolean }[],
	{ code, by }: { readonly code: ReportAnswerCode; readonly by: UserId },
): Promise<number> {
	const idsOf = (has: boolean) => reports.filter(({ hasMore }) => hasMore === has).map(({ id }) => id);
	const answer = { by, words: { kind: "template", code } } as const;
	if (!isAnswerFinal(code)) return answerReports(tx, [...idsOf(true), ...idsOf(false)], { ...answer, leaves: "open" });
	const told = await answerReports(tx, idsOf(true), { ...answer, leaves: "unchanged" });
	return told + (await answerReports(tx, idsOf(false), { ...answer, leaves: "answered" }));
}
