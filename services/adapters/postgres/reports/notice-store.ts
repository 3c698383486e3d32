// What reporters with a key told us, and what they are told by webhook.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { reportId, uuidv7 } from "../../../core/ids.ts";
import type { Reporter, ReporterStore } from "../../../core/ports/reporter-store.ts";
import { reportAnswerCodes } from "../../../core/reports/answer.ts";
import { inputOf, type ReportNotice } from "../../../core/reports/notice.ts";
import { digestOfSaid, type Referred, sortReferred } from "../../../core/reports/repeated-references.ts";
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
	const submitOne = createMicroBatch<Sent, Outcome>({
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
			const { isGathered, isTaken, isAnswered, isAwaited, ...report } = row;
			return { ...report, progress: { isGathered, isTaken, isAnswered, isAwaited }, messages };
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
type Outcome = Awaited<ReturnType<ReporterStore["submit"]>>;
interface Sent {
	readonly reporter: Sender;
	readonly notices: readonly ReportNotice[];
}
interface Row extends Referred {
	readonly id: string;
	readonly notice: ReportNotice;
}

/** Those of one reporter together; reporters in one order, so that no two batches wait for each other in a circle. */
async function submitAll(tx: Connection, sent: readonly Sent[]): Promise<readonly Outcome[]> {
	const answers = new Map<Sent, Outcome>();
	const ids = [...new Set(sent.map(({ reporter }) => reporter.id))].toSorted();
	for (const id of ids) {
		const theirs = sent.filter(({ reporter }) => reporter.id === id);
		for (const [one, answer] of await submitFrom(tx, theirs)) answers.set(one, answer);
	}
	return sent.map((one) => {
		const answer = answers.get(one);
		if (answer === undefined) throw new Error("every request of a batch is answered");
		return answer;
	});
}

/** What several requests of one reporter say, each taken whole or refused. */
async function submitFrom(tx: Connection, requests: readonly Sent[]): Promise<ReadonlyMap<Sent, Outcome>> {
	const reporter = requests[0]?.reporter;
	if (reporter === undefined) return new Map();
	const rowsOf = new Map(requests.map((sent) => [sent, sent.notices.map(rowOf)]));
	const references = [...rowsOf.values()].flat().map(({ reference }) => reference);
	// Held to the end, so that what no reference stands for now is what none stands for when it is written.
	await tx.rows(sql`SELECT FROM reporters WHERE id = ${reporter.id} FOR NO KEY UPDATE`);
	const known = new Map((await find(tx, reporter, references)).map(({ reference, digest }) => [reference, digest]));
	const refused = new Map<Sent, Outcome>();
	const fresh: Row[] = [];
	for (const [sent, rows] of rowsOf) {
		const sorted = sortReferred(known, rows);
		if (sorted.kind === "contradicted") refused.set(sent, sorted);
		else {
			fresh.push(...sorted.fresh);
			for (const { reference, digest } of sorted.fresh) known.set(reference, digest);
		}
	}
	await write(tx, reporter, fresh);
	const found = new Map((await find(tx, reporter, references)).map((one) => [one.reference, one]));
	const isFresh = new Set<string>(fresh.map(({ id }) => id));
	const reportsOf = (rows: readonly Row[]) =>
		rows.map(({ id, reference }) => {
			const one = found.get(reference);
			if (one === undefined) throw new Error("a report that was just written is not there");
			return { id: one.id, reference, receivedAt: one.receivedAt, isNew: isFresh.has(id) };
		});
	return new Map(
		[...rowsOf].map(([sent, rows]) => [sent, refused.get(sent) ?? { kind: "received", reports: reportsOf(rows) }]),
	);
}

function rowOf(notice: ReportNotice): Row {
	return { id: uuidv7(Date.now()), reference: notice.reference, digest: digestOfSaid(notice), notice };
}

const find = (tx: Connection, { id }: Sender, references: readonly string[]) =>
	tx.rows(
		sql`SELECT id, reference, received_at AS "receivedAt", encode(notice_digest, 'hex') AS digest FROM reports
			WHERE reporter_id = ${id} AND reference = ANY (${[...references]}::text[])`,
		receivedRow.extend({ digest: column.text.nullable() }),
	);

async function write(tx: Connection, reporter: Sender, fresh: readonly Row[]): Promise<void> {
	if (fresh.length === 0) return;
	const rows = fresh.map(({ notice, ...row }) => {
		return { ...row, voice: voiceOf(reporter, notice.user), ...inputOf(notice) };
	});
	await tx.rows(
		sql`INSERT INTO reports (id, reporter_id, reference, notice_digest, source, reporter, about, platform_name, account_name, seen, is_danger_now,
				body, contact, is_good_faith, signature, language)
			SELECT id, ${reporter.id}, reference, decode(digest, 'hex'), ${reporter.kind}, decode(voice, 'hex'), about, "platformName", "accountName", seen,
				"isDangerNow", text, contact, "isGoodFaith", signature, language
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, reference text, digest text, voice text, about text,
				"platformName" text, "accountName" text, seen text, "isDangerNow" boolean, text text, contact text,
				"isGoodFaith" boolean, signature text, language text)`,
	);
	const named = rows.map(({ id, addresses }) => ({ id: reportId.parse(id), addresses }));
	await writeAddresses(tx, named, 0);
	if (reporter.webhook !== null)
		await writeNotices(
			tx,
			named.map(({ id }) => ({ id, messageId: null })),
			{ status: "received", answer: null },
		);
	await tellGatherers(tx);
}

/** An organisation is one voice; a platform's users are as many as it tells apart, and each report is one where it tells none. */
function voiceOf({ id, kind }: Pick<Reporter, "id" | "kind">, user: string | undefined): string | null {
	if (kind === "platform-user" && user === undefined) return null;
	const said = kind === "platform-user" ? `${id}\n${user}` : id;
	return createHash("sha256").update(said).digest("hex").slice(0, 32);
}
