import { sql } from "kysely";
import { z } from "zod";
import { machine } from "../../../core/acts/doer.ts";
import { dueAtMs } from "../../../core/clocks/clock.ts";
import { clockOutcome } from "../../../core/clocks/clock-codes.ts";
import { type ClockMark, marksDue } from "../../../core/clocks/kept-clock.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { clockId } from "../../../core/ids.ts";
import { isoOf } from "../../../core/iso-time.ts";
import type { ClockCounts, ClockFilter, ClockStore, KeptClock, NewMark } from "../../../core/ports/clock-store.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { clockRow, isOnCase, loadClock, lockCasesOf, selectClocks, toKeptClock, writeOutline } from "./clock-rows.ts";
import { startClock } from "./start-clock.ts";
import { tellClock } from "./tell-clock.ts";

export function createClockStore(database: Database): ClockStore {
	return {
		start: (clock, at) => database.transaction((tx) => startClock(tx, clock, at)),
		tell: (id, event, telling) =>
			database.transaction(async (tx) => {
				await lockCasesOf(tx, id);
				const told = await tellClock(tx, id, event, telling);
				if (told === null) throw new BreakwaterError("not-found");
				return told;
			}),
		keep: (at, limit) =>
			database.transaction(async (tx) => {
				const due = await tx.rows(
					sql`SELECT id FROM clocks WHERE look_at <= ${at} ORDER BY look_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`,
					z.object({ id: clockId }),
				);
				const noted: NewMark[] = [];
				for (const { id } of due) {
					const kept = await loadClock(tx, id);
					if (kept !== null) noted.push(...(await noteMarks(tx, kept, at)));
				}
				return noted;
			}),
		async list(filter) {
			const rows = await database.rows(
				sql`${selectClocks} WHERE ${whereOf(filter)}
					ORDER BY ended_at DESC NULLS FIRST, due_at, received_at, clocks.id LIMIT ${filter.limit}`,
				clockRow,
			);
			return rows.map(toKeptClock);
		},
		find: (id) => loadClock(database, id),
		counts: (at) => countClocks(database, at),
	};
}

function whereOf({ runningUntil, caseId, cause }: ClockFilter) {
	const conditions = [sql`true`];
	if (runningUntil !== undefined) conditions.push(sql`ended_at IS NULL`);
	if (runningUntil !== undefined && runningUntil !== null) conditions.push(sql`due_at <= ${runningUntil}`);
	if (caseId !== undefined) conditions.push(isOnCase(caseId));
	if (cause !== undefined) conditions.push(sql`cause_kind = ${cause.kind} AND cause_id = ${cause.id}`);
	return sql.join(conditions, sql` AND `);
}

async function noteMarks(tx: Connection, kept: KeptClock, at: Date): Promise<readonly NewMark[]> {
	const { id, clock, caseId } = kept;
	const marks = marksDue(clock, kept.marks, at.getTime());
	for (const mark of marks) {
		await tx.rows(
			sql`INSERT INTO clock_marks (clock_id, kind, fraction, at, noted_at)
				VALUES (${id}, ${mark.kind}, ${mark.kind === "warning" ? mark.fraction : 0}, ${new Date(mark.atMs)}, ${at})`,
		);
	}
	await writeOutline(tx, { ...kept, marks: [...kept.marks, ...marks.map((mark) => ({ ...mark, notedAt: at }))] }, at);
	await appendActs(
		tx,
		marks.map((mark) => actOf(mark, kept, at)),
	);
	if (caseId !== null) await tx.rows(sql`SELECT pg_notify('cases', ${caseId}::text)`);
	return marks.map((mark) => ({
		...{ clockId: id, profile: clock.profile.id, mark },
		lateByMs: Math.max(0, at.getTime() - mark.atMs),
	}));
}

function actOf(mark: ClockMark, { id, clock, caseId }: KeptClock, at: Date): NewAct {
	const base = { on: id, by: machine, at } as const;
	const of = { profile: clock.profile.id, caseId };
	const when = new Date(mark.atMs).toISOString();
	if (mark.kind === "breach") return { ...base, what: "clock-breached", details: { ...of, dueAt: when } };
	const dueAt = isoOf(dueAtMs(clock));
	return { ...base, what: "clock-warned", details: { ...of, fraction: mark.fraction, at: when, dueAt } };
}

const runningRow = z.object({
	...{ profile: column.text, running: column.whole, near: column.whole, late: column.whole },
	nextDueAt: column.time.nullable(),
});

async function countClocks(database: Database, at: Date): Promise<ClockCounts> {
	const running = await database.rows(
		sql`SELECT profile_id AS profile, count(*)::int AS running, (count(*) FILTER (WHERE due_at < ${at}))::int AS late,
				(count(*) FILTER (WHERE due_at >= ${at} AND EXISTS (SELECT FROM clock_marks WHERE clock_id = clocks.id AND kind = 'warning')))::int AS near,
				min(due_at) AS "nextDueAt"
			FROM clocks WHERE ended_at IS NULL GROUP BY profile_id ORDER BY profile_id`,
		runningRow,
	);
	const ended = await database.rows(
		sql`SELECT outcome, count(*)::int AS count FROM clocks WHERE ended_at IS NOT NULL GROUP BY outcome`,
		z.object({ outcome: clockOutcome, count: column.whole }),
	);
	const [unlooked] = await database.rows(
		sql`SELECT min(look_at) AS since FROM clocks WHERE look_at <= ${at}`,
		z.object({ since: column.time.nullable() }),
	);
	const of = (outcome: string) => ended.find((one) => one.outcome === outcome)?.count ?? 0;
	return {
		running,
		ended: { kept: of("kept"), late: of("late"), moot: of("moot") },
		unlookedSince: unlooked?.since ?? null,
	};
}
