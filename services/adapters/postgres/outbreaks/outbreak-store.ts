import { sql } from "kysely";
import { z } from "zod";
import { decision } from "../../../core/cases/case.ts";
import { outbreakId } from "../../../core/ids.ts";
import { outbreakEnd } from "../../../core/outbreaks/outbreak.ts";
import { subjectKind, subjectKinds } from "../../../core/outbreaks/subject.ts";
import type { OutbreakStore } from "../../../core/ports/outbreak-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { forgetDue } from "../history/forget-due.ts";
import { itemsAfter } from "./due-items.ts";
import { pruneItems } from "./keep-items.ts";
import { liftOver, limitOutbreaks } from "./keep-limits.ts";
import { pictureOf, selectWhere } from "./outbreak-rows.ts";
import { recordRound } from "./record-round.ts";
import { subjectName } from "./subject-name.ts";

const placeRow = z.object({ counted: column.count, snapshotAt: column.count, doPagesWait: column.flag });
const runningRow = z.object({ id: outbreakId, kind: subjectKind, key: column.text, decision: decision.nullable() });
const machine = { kind: "machine" } as const;

export function createOutbreakStore(database: Database, catalogue: SignalCatalogue): OutbreakStore {
	return {
		async lease(holder, leaseMs) {
			const [place] = await database.rows(
				sql`UPDATE outbreak_counter SET holder = ${holder}, held_until = now() + ${leaseMs} * interval '1 millisecond'
					WHERE holder IS NULL OR holder = ${holder} OR held_until < now()
					RETURNING counted, (SELECT number FROM history_marks WHERE name = 'counted') AS "snapshotAt", COALESCE(pages_wait_until > now(), false) AS "doPagesWait"`,
				placeRow,
			);
			return place ?? null;
		},
		async readSnapshot() {
			const [row] = await database.rows(
				sql`SELECT snapshot FROM outbreak_counter`,
				z.object({ snapshot: column.bytes.nullable() }),
			);
			return row?.snapshot ?? null;
		},
		saveSnapshot: (holder, at, bytes) =>
			database.transaction(async (tx) => {
				const saved = await tx.rows(
					sql`UPDATE outbreak_counter SET snapshot = ${Buffer.from(bytes)} WHERE holder = ${holder} AND counted = ${at} RETURNING counted`,
				);
				if (saved.length === 0) return false;
				await tx.rows(sql`UPDATE history_marks SET number = ${at} WHERE name = 'counted'`);
				await forgetDue(tx);
				return true;
			}),
		itemsAfter: (number, limit) => itemsAfter(database, catalogue, { number, limit }),
		record: (round, now) => database.transaction((tx) => recordRound(tx, round, now)),
		limit: (of, may, now) => limitOutbreaks(database, of, { may, now }),
		async holdPages(forMs) {
			await database.rows(
				sql`UPDATE outbreak_counter SET pages_wait_until = now() + ${forMs} * interval '1 millisecond'`,
			);
		},
		lift: (now) => liftOver(database, now),
		async running() {
			const rows = await database.rows(
				sql`SELECT outbreaks.id, subject_kind AS kind, subject_key AS key, cases.decision
					FROM outbreaks LEFT JOIN cases ON cases.id = case_id WHERE ended_at IS NULL ORDER BY outbreaks.id`,
				runningRow,
			);
			return rows.map(({ id, kind, key, decision: decided }) => ({ id, subject: { kind, key }, decision: decided }));
		},
		update: (changes, now) =>
			changes.length === 0 ? Promise.resolve() : database.transaction((tx) => update(tx, changes, now)),
		list: (limit) =>
			selectWhere(database, sql`true ORDER BY ended_at IS NOT NULL, found_at DESC, id DESC LIMIT ${limit}`),
		async find(id) {
			const [found] = await selectWhere(database, sql`id = ${id}`);
			return found ?? null;
		},
		async ofCase(id) {
			const [newest] = await selectWhere(
				database,
				sql`case_id = ${id} ORDER BY ${subjectName} = (SELECT cluster_key FROM cases WHERE cases.id = case_id) DESC, found_at DESC, id DESC LIMIT 1`,
			);
			return newest ?? null;
		},
		picture: (id) => pictureOf(database, id),
		prune: (before, limit) => pruneItems(database, before, limit),
		async counts() {
			const [row] = await database.rows(
				sql`SELECT (SELECT number FROM history_marks WHERE name = 'numbered') - counted AS behind,
						(SELECT COALESCE(jsonb_object_agg(subject_kind, running), '{}') FROM (SELECT subject_kind, count(*) AS running FROM outbreaks WHERE ended_at IS NULL GROUP BY 1) AS one) AS running
					FROM outbreak_counter`,
				z.object({ behind: column.count, running: z.partialRecord(subjectKind, z.int()) }),
			);
			const running = z
				.record(subjectKind, z.int())
				.parse(Object.fromEntries(subjectKinds.map((kind) => [kind, row?.running[kind] ?? 0])));
			return { behind: row?.behind ?? 0, running };
		},
	};
}

async function update(tx: Connection, changes: Parameters<OutbreakStore["update"]>[0], now: Date): Promise<void> {
	const rows = changes.map(({ id, latest, ended }) => ({ id, latest, ended }));
	const ended = await tx.rows(
		sql`WITH r AS (
				SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, latest jsonb, ended text)
			), changed AS (
				UPDATE outbreaks SET latest = COALESCE(NULLIF(r.latest, 'null'), outbreaks.latest), ended_because = r.ended,
					ended_at = CASE WHEN r.ended IS NOT NULL THEN ${now}::timestamptz END
				FROM r WHERE outbreaks.id = r.id AND ended_at IS NULL RETURNING outbreaks.id, ended_because AS because
			)
			SELECT id, because FROM changed WHERE because IS NOT NULL ORDER BY id`,
		z.object({ id: outbreakId, because: outbreakEnd }),
	);
	await appendActs(
		tx,
		ended.map(
			({ id, because }) => ({ what: "outbreak-ended", on: id, by: machine, at: now, details: { because } }) as const,
		),
	);
}
