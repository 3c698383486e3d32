import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import { reportId } from "../../../core/ids.ts";
import type { ReportDesk, ReportShelf, ReportSummary } from "../../../core/ports/report-store.ts";
import { reportSources, reportSubjects } from "../../../core/reports/report.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { answerReports } from "./answer-reports.ts";

export function createReportDesk(database: Database): ReportDesk {
	return {
		async list(shelf, limit) {
			const rows = await database.rows(
				sql`SELECT ${summary} FROM reports ${alike} WHERE ${shelfIs[shelf]} LIMIT ${limit}`,
				summaryRow,
			);
			return rows.map(toSummary);
		},
		open: (id, userId) =>
			database.transaction(async (tx) => {
				const [row] = await tx.rows(
					sql`SELECT ${summary}, reports.withdrawn_at AS "withdrawnAt", reports.platform_name AS "platformName",
							reports.account_name AS "accountName", reports.seen, reports.body AS text, reports.contact, reports.language,
							reports.is_good_faith AS "isGoodFaith", reports.signature
						FROM reports ${alike} WHERE reports.id = ${id}`,
					detailRow,
				);
				if (row === undefined) return null;
				await tx.rows(sql`UPDATE reports SET taken_at = clock_timestamp() WHERE id = ${id} AND taken_at IS NULL`);
				const addresses = await tx.rows(
					sql`SELECT address FROM report_addresses WHERE report_id = ${id} ORDER BY position`,
					z.object({ address: column.text }),
				);
				const messages = await tx.rows(
					sql`SELECT users.display_name AS "from", report_messages.body, report_messages.sent_at AS "sentAt"
						FROM report_messages LEFT JOIN users ON users.id = report_messages.user_id
						WHERE report_id = ${id} ORDER BY report_messages.sent_at, report_messages.id`,
					z.object({ from: column.text.nullable(), body: column.text, sentAt: column.time }),
				);
				await appendActs(tx, [{ what: "report-read", on: id, by: { kind: "person", userId }, details: {} }]);
				const { withdrawnAt, platformName, accountName, seen, text, contact, language } = row;
				const { isGoodFaith, signature } = row;
				return {
					...toSummary(row),
					...{ withdrawnAt, platformName, accountName, seen, text, contact, language, messages },
					...{ isGoodFaith, signature },
					addresses: addresses.map(({ address }) => address),
				};
			}),
		write: (id, userId, { body, isAnswer }) =>
			database.transaction(async (tx) => {
				const [report] = await tx.rows(
					sql`SELECT withdrawn_at IS NOT NULL AS "isWithdrawn" FROM reports WHERE id = ${id} FOR UPDATE`,
					z.object({ isWithdrawn: column.flag }),
				);
				if (report === undefined) throw new BreakwaterError("not-found");
				if (report.isWithdrawn) throw new BreakwaterError("not-decidable");
				const words = { kind: "written", text: body } as const;
				await answerReports(tx, [id], { by: userId, words, leaves: isAnswer ? "answered" : "unchanged" });
				const what = isAnswer ? "report-answered" : "report-written";
				await appendActs(tx, [{ what, on: id, by: { kind: "person", userId }, details: {} }]);
			}),
	};
}

const shelfIs: Readonly<Record<ReportShelf, ReturnType<typeof sql>>> = {
	waiting: sql`reports.is_waiting ORDER BY reports.is_danger_now DESC, reports.received_at, reports.id`,
	answered: sql`NOT reports.is_waiting AND reports.withdrawn_at IS NULL ORDER BY reports.answered_at DESC, reports.id`,
	withdrawn: sql`reports.withdrawn_at IS NOT NULL ORDER BY reports.withdrawn_at DESC, reports.id`,
};

const summary = sql`reports.id, reports.source, reports.about, reports.is_danger_now AS "isDangerNow", reports.received_at AS "receivedAt",
	reports.taken_at IS NOT NULL AS "isTaken", reports.answered_at IS NOT NULL AS "isAnswered",
	COALESCE((SELECT address FROM report_addresses WHERE report_id = reports.id AND position = 0),
		concat_ws(' · ', NULLIF(reports.platform_name, ''), reports.account_name)) AS "where",
	alike.reports AS "alikeReports", alike.reporters AS "alikeReporters"`;

/** Withdrawn ones do not count. One network on one day is one reporter, however often it reports. */
const alike = sql`CROSS JOIN LATERAL (
	SELECT count(DISTINCT other.id)::integer AS reports, count(DISTINCT COALESCE(other.reporter, decode(md5(other.id::text), 'hex')))::integer AS reporters
	FROM report_addresses AS own JOIN report_addresses AS same ON same.canonical = own.canonical
		JOIN reports AS other ON other.id = same.report_id
	WHERE own.report_id = reports.id AND other.id <> reports.id AND other.withdrawn_at IS NULL
) AS alike`;

const summaryRow = z.object({
	...{ id: reportId, source: z.enum(reportSources), about: z.enum(reportSubjects) },
	...{ isDangerNow: column.flag, receivedAt: column.time, isTaken: column.flag, isAnswered: column.flag },
	...{ where: column.text, alikeReports: column.whole, alikeReporters: column.whole },
});
const detailRow = summaryRow.extend({
	...{ withdrawnAt: column.time.nullable(), platformName: column.text, accountName: column.text },
	...{ seen: column.text, text: column.text, contact: column.text, language: z.enum(["vi", "en"]) },
	...{ isGoodFaith: column.flag, signature: column.text },
});

function toSummary({
	id,
	source,
	about,
	isDangerNow,
	receivedAt,
	isTaken,
	isAnswered,
	...row
}: z.infer<typeof summaryRow>): ReportSummary {
	return {
		...{ id, source, about, isDangerNow, receivedAt, isTaken, isAnswered, where: row.where },
		alike: { reports: row.alikeReports, reporters: row.alikeReporters },
	};
}
