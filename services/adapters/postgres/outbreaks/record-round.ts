// Writes what one round of counting came to: new outbreaks with the case that each opens or raises, further items of those that run, and the place
// up to which was counted. All of it, or nothing where the lease is lost.
import { sql } from "kysely";
import { z } from "zod";
import type { OutbreakArrival } from "../../../core/cases/gather.ts";
import { caseId, type ItemId, itemId, type OutbreakId, outbreakId, platformId, uuidv7 } from "../../../core/ids.ts";
import type { Alert } from "../../../core/outbreaks/growth-watch.ts";
import { itemsShown, keptOf, outbreakUrgency } from "../../../core/outbreaks/outbreak.ts";
import { type Subject, subjectText } from "../../../core/outbreaks/subject.ts";
import type { CountedRound, Outbreak } from "../../../core/ports/outbreak-store.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { appendActs } from "../acts/append-acts.ts";
import { appendCaseEvents } from "../cases/case-events.ts";
import { bringItems, casesByCluster, gatherCases, openingOf } from "../cases/gather-cases.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { writeOrders } from "../orders/write-orders.ts";
import { selectWhere } from "./outbreak-rows.ts";

/** What is beyond is counted, and not kept: by then its picture is plain. */
const itemsKept = 5_000;
const machine = { kind: "machine" } as const;

export async function recordRound(tx: Connection, round: CountedRound, now: Date): Promise<readonly Outbreak[] | null> {
	const held = await tx.rows(
		sql`UPDATE outbreak_counter SET counted = ${round.through} WHERE holder = ${round.holder} AND counted = ${round.from} RETURNING counted`,
	);
	if (held.length === 0) return null;
	const opened: OutbreakId[] = [];
	for (const { alert, itemId: last } of round.alerts) {
		const id = await insertOutbreak(tx, alert, now);
		if (id === null) continue;
		opened.push(id);
		await keepItems(tx, [{ subject: alert.subject, itemId: last }]);
		await appendActs(tx, [{ what: "outbreak-began", on: id, by: machine, at: now, details: beganOf(alert) }]);
		if (alert.subject.kind === "cluster") await openCluster(tx, id, alert, now);
	}
	await keepItems(tx, round.sightings);
	return opened.length === 0 ? [] : selectWhere(tx, sql`id = ANY (${opened}::uuid[]) ORDER BY id`);
}

/** Null where one of the subject runs. */
async function insertOutbreak(tx: Connection, alert: Alert, now: Date): Promise<OutbreakId | null> {
	const id = outbreakId.parse(uuidv7(now.getTime()));
	const kept = keptOf(alert);
	const written = await tx.rows(
		sql`INSERT INTO outbreaks (id, subject_kind, subject_key, began_at, found_at, at_alert, latest)
			VALUES (${id}, ${alert.subject.kind}, ${alert.subject.key}, ${new Date(alert.atSeconds * 1_000)}, ${now},
				${JSON.stringify({ ...kept, inSeconds: alert.inSeconds })}::jsonb, ${JSON.stringify(kept)}::jsonb)
			ON CONFLICT DO NOTHING RETURNING id`,
	);
	return written.length === 0 ? null : id;
}

function beganOf({ subject, windows, inSeconds }: Alert) {
	const window = windows.find(({ seconds }) => seconds === inSeconds);
	return { of: subject.kind, voices: window?.voices ?? 0, inSeconds };
}

async function keepItems(
	tx: Connection,
	sightings: readonly { readonly subject: Subject; readonly itemId: ItemId }[],
): Promise<void> {
	if (sightings.length === 0) return;
	const rows = sightings.map(({ subject, itemId: id }) => ({ ...subject, itemId: id }));
	await tx.rows(
		sql`INSERT INTO outbreak_items (outbreak_id, item_id)
			SELECT DISTINCT outbreaks.id, "itemId" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (kind text, key text, "itemId" uuid)
				JOIN outbreaks ON subject_kind = kind AND subject_key = key AND ended_at IS NULL
			WHERE (SELECT count(*) FROM outbreak_items WHERE outbreak_id = outbreaks.id) < ${itemsKept}
			ON CONFLICT DO NOTHING`,
	);
}

const memberRow = z.object({ itemId, platformId, surface });
const caseRow = z.object({ id: caseId, clusterKey: column.text });

/**
 * A cluster is one thing: what people decide of its case reaches all of it. It raises the case in which some of it waits, or opens one with
 * the items that came last. Where people had decided of it, what they decided stands, and nobody is asked again.
 */
async function openCluster(tx: Connection, id: OutbreakId, alert: Alert, now: Date): Promise<void> {
	const { key } = alert.subject;
	await tx.rows(
		sql`INSERT INTO outbreak_items (outbreak_id, item_id) SELECT ${id}, item_id FROM cluster_members
			WHERE cluster_id = ${key} AND degree = 'confirmed' ORDER BY item_id DESC LIMIT ${itemsKept} ON CONFLICT DO NOTHING`,
	);
	const [decided] = await tx.rows(
		sql`SELECT case_id AS id FROM standing_decisions WHERE subject = ${subjectText(alert.subject)} AND NOT is_withdrawn ORDER BY decided_at DESC LIMIT 1`,
		z.object({ id: caseId }),
	);
	if (decided !== undefined) {
		await tx.rows(sql`UPDATE outbreaks SET case_id = ${decided.id} WHERE id = ${id}`);
		return;
	}
	const [waiting] = await tx.rows(
		sql`SELECT cases.id, cluster_key AS "clusterKey" FROM cluster_members JOIN case_items USING (item_id) JOIN cases ON cases.id = case_id
			WHERE cluster_id = ${key} AND degree = 'confirmed' AND ${isUndecided} ORDER BY cases.opened_at, cases.id LIMIT 1`,
		caseRow,
	);
	const clusterKey = waiting?.clusterKey ?? subjectText(alert.subject);
	await gatherOutbreak(tx, await arrivalsOf(tx, { id, clusterKey, key, waiting: waiting?.id ?? null }), {
		id,
		alert,
		now,
	});
}

interface Coming {
	readonly id: OutbreakId;
	readonly clusterKey: string;
	readonly key: string;
	readonly waiting: string | null;
}

async function arrivalsOf(
	tx: Connection,
	{ id, clusterKey, key, waiting }: Coming,
): Promise<readonly OutbreakArrival[]> {
	const members = await tx.rows(
		sql`SELECT items.id AS "itemId", platform_id AS "platformId", surface FROM cluster_members JOIN items ON items.id = item_id
			WHERE cluster_id = ${key} AND degree = 'confirmed' AND state <> 'gone'
				AND NOT EXISTS (SELECT FROM case_items WHERE case_items.item_id = items.id AND case_id = ${waiting}::uuid)
			ORDER BY items.id DESC LIMIT ${itemsShown}`,
		memberRow,
	);
	const arrival = { kind: "outbreak", outbreakId: id, clusterKey, urgency: outbreakUrgency } as const;
	return members.length === 0
		? [{ ...arrival, itemId: null, platformId: null, surface: null }]
		: members.map((member) => ({ ...arrival, ...member }));
}

async function gatherOutbreak(
	tx: Connection,
	arrivals: readonly OutbreakArrival[],
	{ id, alert, now }: { readonly id: OutbreakId; readonly alert: Alert; readonly now: Date },
): Promise<void> {
	const cases = await gatherCases(tx, arrivals, now);
	await bringItems(tx, cases);
	const openings = cases.map((one) => openingOf(one, now));
	await writeOrders(
		tx,
		[],
		openings.flatMap(({ escalations }) => escalations),
	);
	const { of: _kind, ...grown } = beganOf(alert);
	await appendCaseEvents(tx, [
		...openings.flatMap(({ events }) => events),
		...[...casesByCluster(cases).values()].map((one) => ({
			...{ caseId: one, actor: machine, at: now },
			body: { kind: "outbreak", outbreakId: id, ...grown } as const,
		})),
	]);
	for (const one of casesByCluster(cases).values())
		await tx.rows(sql`UPDATE outbreaks SET case_id = ${one} WHERE id = ${id}`);
}
