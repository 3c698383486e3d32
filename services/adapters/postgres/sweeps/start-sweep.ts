// Begins sweeps: one over what has changed since the last, or one that a person asks for.
import { sql } from "kysely";
import { z } from "zod";
import { named } from "../../../core/acts/doer.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { sweepId, uuidv7 } from "../../../core/ids.ts";
import type { Sweep } from "../../../core/ports/sweep-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { sweepColumns, sweepRow } from "./sweep-rows.ts";

/** Longer than a matcher's copy of the banks may be behind, and than an item waits between being matched and being recorded. */
const tailMs = 30_000;
/** Longer than an item is under examination. */
const examinationMs = 15 * 60_000;
/** Changes of banks that one sweep is about: what follows is the next one's. */
const mostChanges = 100_000;
const startLock = 8_273_649_070;

const rangeRow = z.object({ from: column.count, to: column.count.nullable(), isLooking: column.flag });

/** Null where nothing has changed since the last sweep, or that one is still looking. */
export async function beginSweep(tx: Connection, now: Date): Promise<Sweep | null> {
	const range = await rangeAfter(tx, sql`(SELECT max(to_sequence) FROM sweeps)`);
	if (range === null || range.isLooking) return null;
	return insert(tx, { ...range, by: null, now });
}

export async function startSweep(
	tx: Connection,
	{ fromSequence, by, now }: { readonly fromSequence: number; readonly by: string; readonly now: Date },
): Promise<Sweep> {
	const range = await rangeAfter(tx, sql`${fromSequence}::bigint`);
	if (range === null)
		throw new BreakwaterError("nothing-changed", { detail: "no bank has changed after that sequence" });
	const sweep = await insert(tx, { ...range, by, now });
	const { toSequence } = sweep;
	await appendActs(tx, [{ what: "sweep-started", on: sweep.id, by: named(by), details: { fromSequence, toSequence } }]);
	return sweep;
}

async function rangeAfter(tx: Connection, from: ReturnType<typeof sql>) {
	await tx.rows(sql`SELECT pg_advisory_xact_lock(${startLock})`);
	const [row] = await tx.rows(
		sql`SELECT after AS "from", (SELECT max(sequence) FROM (SELECT sequence FROM bank_changes WHERE sequence > after ORDER BY sequence LIMIT ${mostChanges}) AS next) AS to,
				EXISTS (SELECT FROM sweeps WHERE state = 'looking' AND NOT is_paused) AS "isLooking"
			FROM (SELECT ${from} AS after) AS range`,
		rangeRow,
	);
	return row === undefined || row.to === null ? null : { ...row, to: row.to };
}

async function insert(
	tx: Connection,
	{ from, to, by, now }: { readonly from: number; readonly to: number; readonly by: string | null; readonly now: Date },
): Promise<Sweep> {
	const at = now.getTime();
	const tailDueAt = new Date(at + tailMs);
	const [sweep] = await tx.rows(
		sql`INSERT INTO sweeps (id, from_sequence, to_sequence, started_by, started_at, state, tail_from, through, tail_due_at)
			VALUES (${sweepId.parse(uuidv7(at))}, ${from}, ${to}, ${by}, ${now}, 'looking', ${idAt(at - examinationMs)}, ${idAt(at + tailMs)}, ${tailDueAt})
			RETURNING ${sweepColumns}`,
		sweepRow,
	);
	if (sweep === undefined) throw new Error("an inserted row is answered");
	return sweep;
}

/** Less than every id made from then on, and more than all before. */
function idAt(ms: number): string {
	const time = Math.floor(ms).toString(16).padStart(12, "0");
	return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
