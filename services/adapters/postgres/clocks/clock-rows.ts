// Rows of clocks and of what happened to them; what they come to is counted by core/clocks, here as everywhere.
import { sql } from "kysely";
import { z } from "zod";
import { followClock } from "../../../core/clocks/clock.ts";
import { clockEventKind, clockOutcome } from "../../../core/clocks/clock-codes.ts";
import { outlineOf } from "../../../core/clocks/kept-clock.ts";
import { stoppedProfile } from "../../../core/clocks/profile.ts";
import { countingPlace } from "../../../core/clocks/term.ts";
import { type CaseId, type ClockId, caseId, clockId } from "../../../core/ids.ts";
import { clockCauses, type KeptClock } from "../../../core/ports/clock-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const markRow = z.object({
	...{ kind: z.enum(["warning", "breach"]), fraction: column.real },
	...{ at: column.timeInJson, notedAt: column.timeInJson },
});

export const clockRow = z.object({
	...{ id: clockId, jurisdiction: column.text, profile: stoppedProfile, place: countingPlace },
	...{ causeKind: z.enum(clockCauses), causeId: column.text, caseId: caseId.nullable() },
	...{ receivedAt: column.time, urgentReason: column.text.nullable(), outcome: clockOutcome.nullable() },
	events: z.array(
		z.object({ id: column.text, kind: clockEventKind, at: column.timeInJson, recordedAt: column.timeInJson }),
	),
	marks: z.array(markRow),
});

export const selectClocks = sql`SELECT clocks.id, jurisdiction, profile, place, cause_kind AS "causeKind", cause_id AS "causeId", case_id AS "caseId",
		received_at AS "receivedAt", urgent_reason AS "urgentReason", outcome,
		COALESCE((SELECT jsonb_agg(jsonb_build_object('id', event_id, 'kind', kind, 'at', at, 'recordedAt', recorded_at) ORDER BY at, event_id)
			FROM clock_events WHERE clock_id = clocks.id AND NOT EXISTS (SELECT FROM clock_withdrawals AS withdrawn
				WHERE withdrawn.clock_id = clocks.id AND withdrawn.event_id = clock_events.event_id)), '[]') AS events,
		COALESCE((SELECT jsonb_agg(jsonb_build_object('kind', kind, 'fraction', fraction, 'at', at, 'notedAt', noted_at) ORDER BY at, noted_at)
			FROM clock_marks WHERE clock_id = clocks.id), '[]') AS marks
	FROM clocks`;

export function toKeptClock(row: z.infer<typeof clockRow>): KeptClock {
	const { id, jurisdiction, profile, place, urgentReason, events } = row;
	const start = { profile, place, receivedAtMs: row.receivedAt.getTime(), urgentReason };
	return {
		...{ id, jurisdiction, events, caseId: row.caseId },
		cause: { kind: row.causeKind, id: row.causeId },
		clock: followClock(
			start,
			events.map((event) => ({ id: event.id, kind: event.kind, atMs: event.at.getTime() })),
		),
		marks: row.marks.map(({ kind, fraction, at, notedAt }) =>
			kind === "breach" ? { kind, atMs: at.getTime(), notedAt } : { kind, fraction, atMs: at.getTime(), notedAt },
		),
	};
}

/** Keeps anybody else from telling or keeping it until the transaction ends. */
export async function lockClock(tx: Connection, id: ClockId): Promise<boolean> {
	const rows = await tx.rows(sql`SELECT 1 FROM clocks WHERE id = ${id} FOR UPDATE`);
	return rows.length > 0;
}

/** Keeps anybody else from changing the cases that it runs on. Taken before the clock's own lock, as everywhere, so that nobody waits in a circle. */
export async function lockCasesOf(tx: Connection, id: ClockId): Promise<void> {
	const of = await tx.rows(
		sql`SELECT case_id AS "caseId" FROM clocks WHERE id = ${id} UNION SELECT case_id FROM clock_targets WHERE clock_id = ${id}`,
		z.object({ caseId: caseId.nullable() }),
	);
	await lockCases(
		tx,
		of.map((one) => one.caseId),
	);
}

/** Under its lock, or nobody else knows of it. */
export async function loadClock(tx: Connection, id: ClockId): Promise<KeptClock | null> {
	const [row] = await tx.rows(sql`${selectClocks} WHERE clocks.id = ${id}`, clockRow);
	return row === undefined ? null : toKeptClock(row);
}

/** Writes what follows from its events: the columns by which it is found. */
export async function writeOutline(tx: Connection, { id, clock, marks }: KeptClock, at: Date): Promise<void> {
	const { dueAtMs, endedAtMs, outcome, lookAtMs } = outlineOf(clock, marks, at.getTime());
	await tx.rows(
		sql`UPDATE clocks SET due_at = ${toTime(dueAtMs)}, ended_at = ${toTime(endedAtMs)}, outcome = ${outcome}, look_at = ${toTime(lookAtMs)}
			WHERE id = ${id}`,
	);
}

/** The condition on the table `clocks`: it runs on this case, or on something in it. */
export const isOnCase = (id: ReturnType<typeof sql> | CaseId) =>
	sql`(clocks.case_id = ${id} OR EXISTS (SELECT FROM clock_targets WHERE clock_id = clocks.id AND clock_targets.case_id = ${id}))`;

/** The nearest deadline of those that run on each case of the clock; their place in the queue follows from it. Whoever calls has locked the cases. */
export async function writeDueOfCases(tx: Connection, id: ClockId): Promise<void> {
	await tx.rows(
		sql`WITH concerned AS (
				SELECT case_id AS id FROM clocks WHERE id = ${id} AND case_id IS NOT NULL
				UNION SELECT case_id FROM clock_targets WHERE clock_id = ${id} AND case_id IS NOT NULL
			), due AS (
				UPDATE cases SET due_at = (SELECT min(due_at) FROM clocks WHERE ended_at IS NULL AND ${isOnCase(sql`cases.id`)})
				FROM concerned WHERE cases.id = concerned.id RETURNING cases.id
			)
			SELECT pg_notify('cases', id::text) FROM due`,
	);
}

/** Before any clock, and in one order. */
export async function lockCases(tx: Connection, ids: readonly (CaseId | null)[]): Promise<void> {
	const known = ids.filter((id) => id !== null);
	if (known.length === 0) return;
	await tx.rows(sql`SELECT 1 FROM cases WHERE id = ANY (${known}::uuid[]) ORDER BY id FOR UPDATE`);
}

function toTime(atMs: number | null): Date | null {
	return atMs === null ? null : new Date(atMs);
}
