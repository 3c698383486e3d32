// Brings what people reported into cases (core/cases/gather.ts says how): many reports on one thing are one case. A report on something that
// people have removed already is answered by that decision.
import { sql } from "kysely";
import { z } from "zod";
import type { ReportArrival } from "../../../core/cases/gather.ts";
import { type CaseId, type ReportId, reporterId, reportId, type UserId } from "../../../core/ids.ts";
import type { GatheredReports, ReportGathering } from "../../../core/ports/report-store.ts";
import { isTrustedVoice } from "../../../core/reports/reliability.ts";
import { reportSources, reportSubjects } from "../../../core/reports/report.ts";
import { eventsOf } from "../../../core/reports/report-events.ts";
import { type ReportedThing, thingsOf } from "../../../core/reports/things.ts";
import { holdAnswer, silentAmong } from "../answers/silence-rows.ts";
import { appendCaseEvents, type NewCaseEvent } from "../cases/case-events.ts";
import { voiceOf } from "../cases/case-reports.ts";
import { bringItems, casesByCluster, type GatheredCase, gatherCases, openingOf } from "../cases/gather-cases.ts";
import { type Happened, startClocksBy } from "../clocks/start-by-event.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { type NewJob, writeOrders } from "../orders/write-orders.ts";
import { tellOf } from "./answer-reports.ts";
import { askToJudgeAgain } from "./reported-items.ts";
import { trustOf } from "./reporter-trust.ts";
import { clusterKeyOfThing, type HeldItem, placeOf, removalOf, resolveThings } from "./resolve-things.ts";

const dueRow = z.object({
	...{ id: reportId, source: z.enum(reportSources), voice: column.text, isDangerNow: column.flag },
	...{ platformName: column.text, accountName: column.text, named: column.whole, isWithdrawn: column.flag },
	...{ addresses: column.texts, gatheredThings: column.texts, reporterId: reporterId.nullable() },
	...{ receivedAt: column.time, about: z.enum(reportSubjects), hasReasons: column.flag, hasContact: column.flag },
	...{ isGoodFaith: column.flag, isSigned: column.flag },
});
type DueReport = z.infer<typeof dueRow> & { readonly isTrusted: boolean };

/** One at a time, however many processes do it: a report counts once, and what two of them would open is one case. */
const gatherLock = 827_366;
const machine = { kind: "machine" } as const;

export function createReportGathering(database: Database): ReportGathering {
	return {
		gather: (mostReports) => gatherReports(database, mostReports),
		onReported: (listener) => database.listener.on("reports", () => listener()),
	};
}

function gatherReports(database: Database, mostReports: number): Promise<GatheredReports> {
	return database.transaction(async (tx) => {
		await tx.rows(sql`SELECT pg_advisory_xact_lock(${gatherLock})`);
		const due = await findDue(tx, mostReports);
		if (due.length === 0) return { reports: 0, opened: 0, joined: 0 };
		const at = new Date();
		const named = due.flatMap((report) => newThings(report).map((thing) => ({ report, thing })));
		const held = await resolveThings(
			tx,
			named.map(({ thing }) => thing),
		);
		const known = named.map(({ report, thing }) => ({ report, thing, held: held.get(thing.key) ?? null }));
		const settled = known.flatMap(({ report, thing, held: item }) => {
			const removed = removalOf(item);
			return removed === null ? [] : [{ report, thing, ...removed }];
		});
		const open = known.filter(({ held: item }) => removalOf(item) === null);
		// Before the cases are locked, as where they are judged again.
		await askToJudgeAgain(
			tx,
			open.flatMap(({ held: item }) => item?.itemId ?? []),
			at,
		);
		const cases = await gatherCases(tx, open.map(toArrival), at);
		const caseOf = casesByCluster(cases);
		const linked = open.flatMap((one) => {
			const caseId = caseOf.get(clusterKeyOfThing(one.thing, one.held));
			return caseId === undefined ? [] : [{ ...one, caseId }];
		});
		await link(tx, [...linked, ...settled]);
		await bringItems(tx, cases);
		await tellCases(tx, cases, at);
		await startClocksBy(tx, happenedBy(linked), at);
		await answerSettled(tx, settled, new Set(linked.map(({ report }) => report.id)));
		await tx.rows(
			sql`UPDATE reports SET gathered = r.named FROM jsonb_to_recordset(${JSON.stringify(due.map(({ id, named }) => ({ id, named })))}::jsonb)
				AS r (id uuid, named integer) WHERE reports.id = r.id`,
		);
		const opened = cases.filter(({ before }) => before === null).length;
		return { reports: due.length, opened, joined: cases.length - opened };
	});
}

/** Not locked: whoever decides a case holds it and asks for its reports, and would wait for us in a circle. */
async function findDue(tx: Connection, most: number): Promise<readonly DueReport[]> {
	const due = await tx.rows(
		sql`SELECT reports.id, source, ${voiceOf} AS voice, is_danger_now AS "isDangerNow", platform_name AS "platformName",
				account_name AS "accountName", named, withdrawn_at IS NOT NULL AS "isWithdrawn",
				ARRAY(SELECT address FROM report_addresses WHERE report_id = reports.id ORDER BY position) AS addresses,
				ARRAY(SELECT thing FROM case_reports WHERE report_id = reports.id) AS "gatheredThings", reporter_id AS "reporterId",
				received_at AS "receivedAt", about, body <> '' AS "hasReasons", contact <> '' AS "hasContact", is_good_faith AS "isGoodFaith", signature <> '' AS "isSigned"
			FROM reports WHERE gathered < named ORDER BY received_at, reports.id LIMIT ${most}`,
		dueRow,
	);
	const trust = await trustOf(
		tx,
		due.flatMap(({ reporterId: id }) => id ?? []),
	);
	return due.map((report) => {
		const record = report.reporterId === null ? undefined : trust.get(report.reporterId);
		return { ...report, isTrusted: isTrustedVoice(report.source, record ?? { right: 0, decided: 0 }) };
	});
}

function newThings(report: DueReport): readonly ReportedThing[] {
	return report.isWithdrawn ? [] : thingsOf(report).filter(({ key }) => !report.gatheredThings.includes(key));
}

interface Named {
	readonly report: DueReport;
	readonly thing: ReportedThing;
	readonly held: HeldItem | null;
}

function toArrival({ report, thing, held }: Named): ReportArrival {
	const { id, voice, isTrusted, isDangerNow } = report;
	return { kind: "report", reportId: id, voice, isTrusted, isDangerNow, ...placeOf(thing, held) };
}

/** What laws may count from, from the first report of each; of what is on a platform of ours. */
function happenedBy(linked: readonly (Named & Linked)[]): readonly Happened[] {
	const all = linked.flatMap(({ report, held, caseId }) => {
		if (held === null) return [];
		const { receivedAt: at, isDangerNow } = report;
		const events = eventsOf({ ...report, hasAddress: report.addresses.length > 0 });
		return events.map((event) => ({
			...{ event, at, caseId, platformId: held.platformId, items: [held.itemId], isDangerNow },
		}));
	});
	const first = new Map<string, Happened>();
	for (const one of all.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
		const key = `${one.event} ${one.caseId} ${one.platformId}`;
		const before = first.get(key);
		const items = [...new Set([...(before?.items ?? []), ...one.items])];
		first.set(key, { ...(before ?? one), items });
	}
	return [...first.values()];
}

interface Linked extends Pick<Named, "report" | "thing"> {
	readonly caseId: CaseId;
}

async function link(tx: Connection, linked: readonly Linked[]): Promise<void> {
	const rows = linked.map(({ report, thing, caseId }) => ({
		...{ reportId: report.id, thing: thing.key, place: thing.text, caseId },
	}));
	await tx.rows(
		sql`INSERT INTO case_reports (report_id, thing, place, case_id)
			SELECT "reportId", thing, place, "caseId" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r ("reportId" uuid, thing text, place text, "caseId" uuid)
			ON CONFLICT DO NOTHING`,
	);
}

/** What changes nothing of how a case's reports count is not told: a storm leaves as many events as a handful does. */
async function tellCases(tx: Connection, cases: readonly GatheredCase<ReportArrival>[], at: Date): Promise<void> {
	const events: NewCaseEvent[] = [];
	const escalations: NewJob[] = [];
	for (const one of cases) {
		const { id: caseId, before, standing } = one;
		const opening = openingOf(one, at);
		events.push(...opening.events);
		escalations.push(...opening.escalations);
		if (standing.reports === null) continue;
		const { reports, voices, trusted, danger } = standing.reports;
		const was = before?.reports ?? null;
		const isSame =
			was?.voices.length === voices.length && was.trusted.length === trusted.length && was.danger === danger;
		if (isSame) continue;
		const counted = { reports, voices: voices.length, trusted: trusted.length, danger, urgency: standing.urgency };
		events.push({ caseId, actor: machine, at, body: { kind: "reports-counted", ...counted } });
	}
	await writeOrders(tx, [], escalations);
	await appendCaseEvents(tx, events);
}

/** Whom no law forbids to tell is told now; the others once it may be told. */
async function answerSettled(
	tx: Connection,
	all: readonly (Linked & { readonly by: UserId })[],
	waiting: ReadonlySet<ReportId>,
): Promise<void> {
	const silent = await silentAmong(
		tx,
		all.map(({ caseId }) => caseId),
	);
	const settled = all.filter(({ caseId }) => !silent.has(caseId));
	for (const { caseId, by } of all.filter((one) => silent.has(one.caseId)))
		await holdAnswer(tx, caseId, { code: "removed", by, to: "unanswered" });
	for (const by of new Set(settled.map((one) => one.by))) {
		const ids = new Set(settled.filter((one) => one.by === by).map(({ report }) => report.id));
		const reports = [...ids].map((id) => ({ id, hasMore: waiting.has(id) }));
		await tellOf(tx, reports, { code: "removed", by });
	}
}
