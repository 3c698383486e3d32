import { sql } from "kysely";
import { z } from "zod";
import { caseId, type ReportId, reportId, uuidv7 } from "../../../core/ids.ts";
import { type AddOutcome, type NewReport, type ReportStore, reporterLimits } from "../../../core/ports/report-store.ts";
import { reportSubjects } from "../../../core/reports/report.ts";
import { createMicroBatch } from "../../../runtime/micro-batch.ts";
import { leftOf } from "../appeals/appeal-rows.ts";
import { lockCases } from "../clocks/clock-rows.ts";
import { tellClocksOf } from "../clocks/start-by-event.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { progressColumns, progressRow, tellGatherers, writeAddresses } from "./report-rows.ts";
import { submitBatch } from "./submit-batch.ts";

const reportRow = z.object({
	...{ id: reportId, about: z.enum(reportSubjects), isDangerNow: column.flag },
	...{ receivedAt: column.time, withdrawnAt: column.time.nullable() },
	...progressRow,
	mayAppeal: column.flag,
});
const addressRow = z.object({ address: column.text });
const messageRow = z.object({ isFromReporter: column.flag, body: column.text, sentAt: column.time });

export function createReportStore(database: Database): ReportStore {
	return {
		submit: createMicroBatch({ ...submitBatch, run: (reports) => database.transaction((tx) => submit(tx, reports)) }),
		async findByReceipt(receiptHashes) {
			const [row] = await database.rows(
				sql`SELECT id, about, is_danger_now AS "isDangerNow", received_at AS "receivedAt", withdrawn_at AS "withdrawnAt",
						${progressColumns}, EXISTS (${leftOf(sql`reports.id`)}) AS "mayAppeal"
					FROM reports WHERE receipt_hash = ANY (${receiptHashes.map((hash) => Buffer.from(hash))}::bytea[]) ORDER BY received_at LIMIT 1`,
				reportRow,
			);
			if (row === undefined) return null;
			const { isAnswered, isAwaited, isTaken, isGathered, ...report } = row;
			const addresses = await database.rows(
				sql`SELECT address FROM report_addresses WHERE report_id = ${row.id} ORDER BY position`,
				addressRow,
			);
			const messages = await database.rows(
				sql`SELECT user_id IS NULL AS "isFromReporter", body, sent_at AS "sentAt" FROM report_messages
					WHERE report_id = ${row.id} ORDER BY sent_at, id`,
				messageRow,
			);
			return {
				...report,
				progress: { isGathered, isTaken, isAnswered, isAwaited },
				addresses: addresses.map(({ address }) => address),
				messages,
			};
		},
		addMessage: (id, body) =>
			whileItStands(database, id, async (tx) => {
				const [count] = await tx.rows(
					sql`SELECT count(*)::integer AS messages FROM report_messages WHERE report_id = ${id} AND user_id IS NULL`,
					z.object({ messages: column.whole }),
				);
				if ((count?.messages ?? 0) >= reporterLimits.messages) return "too-many";
				await tx.rows(
					sql`INSERT INTO report_messages (id, report_id, body) VALUES (${uuidv7(Date.now())}, ${id}, ${body})`,
				);
				await putBack(tx, id);
				return "added";
			}),
		addAddresses: (id, addresses) =>
			whileItStands(database, id, async (tx) => {
				const rows = await tx.rows(sql`SELECT address FROM report_addresses WHERE report_id = ${id}`, addressRow);
				const known = new Set(rows.map(({ address }) => address));
				const added = [...new Set(addresses)].filter((address) => !known.has(address));
				if (known.size + added.length > reporterLimits.addresses) return "too-many";
				await writeAddresses(tx, [{ id, addresses: added }], known.size);
				if (added.length > 0) {
					await putBack(tx, id);
					await tx.rows(sql`UPDATE reports SET named = named + 1 WHERE id = ${id}`);
					await tellGatherers(tx);
				}
				return "added";
			}),
		withdraw: (id) => database.transaction((tx) => withdraw(tx, id)),
	};
}

/** Its cases are locked before it, as where people decide them. A case that nobody reports any more is nobody's request. */
async function withdraw(tx: Connection, id: ReportId): Promise<boolean> {
	const named = await tx.rows(
		sql`SELECT DISTINCT case_id AS "caseId" FROM case_reports WHERE report_id = ${id}`,
		z.object({ caseId }),
	);
	const cases = named.map((one) => one.caseId);
	await lockCases(tx, cases);
	const rows = await tx.rows(
		sql`UPDATE reports SET withdrawn_at = clock_timestamp(), is_waiting = false WHERE id = ${id} AND withdrawn_at IS NULL RETURNING withdrawn_at AS at`,
		z.object({ at: column.time }),
	);
	const [withdrawn] = rows;
	if (withdrawn === undefined) return false;
	const left = await tx.rows(
		sql`SELECT DISTINCT case_id AS "caseId" FROM case_reports JOIN reports ON reports.id = report_id
			WHERE case_id = ANY (${cases}::uuid[]) AND withdrawn_at IS NULL`,
		z.object({ caseId }),
	);
	const stillReported = new Set(left.map((one) => one.caseId));
	for (const one of cases.toSorted())
		if (!stillReported.has(one)) await tellClocksOf(tx, one, "request-withdrawn", withdrawn.at);
	return true;
}

/** In the order of their receipts, so that two batches that share some never wait for each other in a circle. */
async function submit(tx: Connection, reports: readonly NewReport[]): Promise<readonly { readonly isNew: boolean }[]> {
	const rows = reports.map(({ receiptHash, reporter, source, input }) => ({
		...input,
		...{
			id: uuidv7(Date.now()),
			source,
			receipt: toHex(receiptHash),
			voice: reporter === null ? null : toHex(reporter),
		},
	}));
	const written = await tx.rows(
		sql`INSERT INTO reports (id, receipt_hash, source, reporter, about, platform_name, account_name, seen, is_danger_now, body, contact, is_good_faith, signature, language)
			SELECT id, decode(receipt, 'hex'), source, decode(voice, 'hex'), about, "platformName", "accountName", seen, "isDangerNow", text, contact, "isGoodFaith", signature, language
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, receipt text, source text, voice text, about text,
				"platformName" text, "accountName" text, seen text, "isDangerNow" boolean, text text, contact text,
				"isGoodFaith" boolean, signature text, language text)
			ORDER BY receipt ON CONFLICT (receipt_hash) DO NOTHING RETURNING id`,
		z.object({ id: column.text }),
	);
	const fresh = new Set(written.map(({ id }) => id));
	const isNew = rows.map(({ id }) => ({ isNew: fresh.has(id) }));
	const named = rows
		.filter(({ id }) => fresh.has(id))
		.map(({ id, addresses }) => ({ id: reportId.parse(id), addresses }));
	await writeAddresses(tx, named, 0);
	if (named.length > 0) await tellGatherers(tx);
	return isNew;
}

function toHex(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString("hex");
}

/** Its reporter added something that nobody has seen. */
async function putBack(tx: Connection, id: ReportId): Promise<void> {
	await tx.rows(sql`UPDATE reports SET is_waiting = true WHERE id = ${id}`);
}

/** Under the report's lock, so that what is counted is what is added to. */
async function whileItStands(
	database: Database,
	id: ReportId,
	add: (tx: Connection) => Promise<AddOutcome>,
): Promise<AddOutcome> {
	return database.transaction(async (tx) => {
		const rows = await tx.rows(sql`SELECT id FROM reports WHERE id = ${id} AND withdrawn_at IS NULL FOR UPDATE`);
		return rows.length === 0 ? "withdrawn" : add(tx);
	});
}
