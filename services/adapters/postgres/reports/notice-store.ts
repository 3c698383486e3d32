// What reporters with a key told us, and what they are told by webhook.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { reportId, uuidv7 } from "../../../core/ids.ts";
import type { Reporter, ReporterStore } from "../../../core/ports/reporter-store.ts";
import { reportAnswerCodes } from "../../../core/reports/answer.ts";
import { inputOf, type ReportNotice } from "../../../core/reports/notice.ts";
import { createMicroBatch } from "../../../runtime/micro-batch.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { toWebhook } from "../platforms/webhook-columns.ts";
import { progressColumns, progressRow, tellGatherers, writeAddresses } from "./report-rows.ts";
import { submitBatch } from "./submit-batch.ts";
import { writeNotices } from "./write-notices.ts";

type NoticeStore = Pick<ReporterStore, "submit" | "find" | "findNotice" | "settleNotice">;

const receivedRow = z.object({ id: reportId, reference: column.text, receivedAt: column.time });
const foundRow = receivedRow.extend({ ...progressRow, answer: z.enum(reportAnswerCodes).nullable() });
const noticeRow = z.object({
	...{ url: column.text.nullable(), secret: column.text.nullable(), state: column.text, at: column.time },
	...{ reportId, reference: column.text, status: z.enum(["received", "answered", "reopened"]) },
	...{ outcome: column.text.nullable(), text: column.text.nullable() },
});

export function createNoticeStore(database: Database): NoticeStore {
	const submitOne = createMicroBatch<Sent, Received>({
		...submitBatch,
		run: (sent) => database.transaction((tx) => submitAll(tx, sent)),
	});
	return {
		submit(reporter, notices) {
			return submitOne({ reporter, notices });
		},
		async find(reporter, id) {
			const [row] = await database.rows(
				sql`SELECT id, reference, received_at AS "receivedAt", answer, ${progressColumns}
					FROM reports WHERE id = ${id} AND reporter_id = ${reporter}`,
				foundRow,
			);
			if (row === undefined) return null;
			const messages = await database.rows(
				sql`SELECT sent_at AS "sentAt", body AS text FROM report_messages
					WHERE report_id = ${id} AND user_id IS NOT NULL ORDER BY sent_at, id`,
				z.object({ sentAt: column.time, text: column.text }),
			);
			const { isGathered, isTaken, isAnswered, ...report } = row;
			return { ...report, progress: { isGathered, isTaken, isAnswered }, messages };
		},
		async findNotice(id) {
			const [row] = await database.rows(
				sql`SELECT webhook_url AS url, webhook_secret AS secret, state, reporter_notices.created_at AS at, reports.id AS "reportId",
						reference, status, reporter_notices.answer AS outcome, report_messages.body AS text
					FROM reporter_notices JOIN reports ON reports.id = report_id JOIN reporters ON reporters.id = reporter_id
						LEFT JOIN report_messages ON report_messages.id = message_id
					WHERE reporter_notices.id = ${id}`,
				noticeRow,
			);
			if (row === undefined) return null;
			const { url, secret, state, at, ...told } = row;
			return {
				webhook: toWebhook(url, secret),
				isPending: state === "pending",
				message: { type: "breakwater.report.v1", ...told, automatedDecision: false, at: at.toISOString() },
			};
		},
		async settleNotice(id, { state, reason }) {
			await database.rows(
				sql`UPDATE reporter_notices SET state = ${state}, last_reason = ${reason}, attempts = attempts + 1 WHERE id = ${id}`,
			);
		},
	};
}

type Sender = Pick<Reporter, "id" | "kind" | "webhook">;
type Received = Awaited<ReturnType<ReporterStore["submit"]>>;
interface Sent {
	readonly reporter: Sender;
	readonly notices: readonly ReportNotice[];
}

/** Those of one reporter together; reporters in one order, so that no two batches wait for each other in a circle. */
async function submitAll(tx: Connection, sent: readonly Sent[]): Promise<readonly Received[]> {
	const answers: Received[] = sent.map(() => []);
	const ids = [...new Set(sent.map(({ reporter }) => reporter.id))].toSorted();
	for (const id of ids) {
		const theirs = sent.flatMap((one, index) => (one.reporter.id === id ? [{ ...one, index }] : []));
		const reporter = theirs[0]?.reporter;
		if (reporter === undefined) continue;
		const received = await submit(
			tx,
			reporter,
			theirs.flatMap(({ notices }) => notices),
		);
		let from = 0;
		for (const { index, notices } of theirs) {
			answers[index] = received.slice(from, from + notices.length);
			from += notices.length;
		}
	}
	return answers;
}

async function submit(tx: Connection, reporter: Sender, notices: readonly ReportNotice[]): Promise<Received> {
	const rows = notices.map((notice) => {
		const { reference, user } = notice;
		const voice = voiceOf(reporter, user);
		return { id: uuidv7(Date.now()), reference, voice, ...inputOf(notice) };
	});
	// In one order, so that two batches that share references never wait for each other in a circle.
	const inOrder = rows.toSorted((a, b) => (a.reference < b.reference ? -1 : 1));
	const written = await tx.rows(
		sql`INSERT INTO reports (id, reporter_id, reference, source, reporter, about, platform_name, account_name, seen, is_danger_now, body, contact, language)
			SELECT id, ${reporter.id}, reference, ${reporter.kind}, decode(voice, 'hex'), about, "platformName", "accountName", seen, "isDangerNow", text, contact, language
			FROM jsonb_to_recordset(${JSON.stringify(inOrder)}::jsonb) AS r (id uuid, reference text, voice text, about text, "platformName" text,
				"accountName" text, seen text, "isDangerNow" boolean, text text, contact text, language text)
			ON CONFLICT ON CONSTRAINT reports_by_reference DO NOTHING RETURNING id`,
		z.object({ id: reportId }),
	);
	const fresh = new Set<string>(written.map(({ id }) => id));
	const isNew = rows.filter(({ id }) => fresh.has(id));
	await writeAddresses(
		tx,
		isNew.map(({ id, addresses }) => ({ id: reportId.parse(id), addresses })),
		0,
	);
	if (reporter.webhook !== null)
		await writeNotices(
			tx,
			written.map(({ id }) => ({ id, messageId: null })),
			{ status: "received", answer: null },
		);
	if (isNew.length > 0) await tellGatherers(tx);
	const found = await tx.rows(
		sql`SELECT id, reference, received_at AS "receivedAt" FROM reports
			WHERE reporter_id = ${reporter.id} AND reference = ANY (${notices.map(({ reference }) => reference)}::text[])`,
		receivedRow,
	);
	const byReference = new Map(found.map((one) => [one.reference, one]));
	return rows.map(({ id, reference }) => {
		const known = byReference.get(reference);
		if (known === undefined) throw new Error("a report that was just written is not there");
		return { ...known, isNew: fresh.has(id) };
	});
}

/** An organisation is one voice; a platform's users are as many as it tells apart, and each report is one where it tells none. */
function voiceOf({ id, kind }: Pick<Reporter, "id" | "kind">, user: string | undefined): string | null {
	if (kind === "platform-user" && user === undefined) return null;
	const said = kind === "platform-user" ? `${id}\n${user}` : id;
	return createHash("sha256").update(said).digest("hex").slice(0, 32);
}
