// Moves a sweep on, always from where whoever moves it has seen it.
import { sql } from "kysely";
import { z } from "zod";
import { machine } from "../../../core/acts/doer.ts";
import type { HashType } from "../../../core/hashes/hash-type.ts";
import type { SweepId } from "../../../core/ids.ts";
import type { Sweep, SweepStore } from "../../../core/ports/sweep-store.ts";
import { afterDryRun, isEnded, type SweepState } from "../../../core/sweeps/sweep.ts";
import { appendActs } from "../acts/append-acts.ts";
import { partsOf } from "../clusters/subject-names.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { unpack } from "./past-hashes.ts";
import { emptyTally, lockSweep, sweepColumns, sweepRow, talliesOf } from "./sweep-rows.ts";

/** By value: one look-up each, however many items there are. */
export async function noteExact(
	connection: Connection,
	{ id }: Sweep,
	type: HashType,
	hashes: readonly string[],
): Promise<void> {
	await connection.rows(
		sql`INSERT INTO sweep_findings (sweep_id, item_id)
			SELECT DISTINCT ${id}::uuid, item_id FROM unnest(${[...hashes]}::text[]) AS known (hash)
				JOIN item_hashes ON type = ${type} AND item_hashes.hash = decode(known.hash, 'hex')
			ON CONFLICT DO NOTHING`,
	);
}

export async function noteCompared(
	tx: Connection,
	{ id, pass, cursor, entriesAfter }: Sweep,
	step: Parameters<SweepStore["noteCompared"]>[1],
): Promise<boolean> {
	const moved = await tx.rows(
		sql`UPDATE sweeps SET pass = ${step.cursor.pass}, cursor = ${step.cursor.cursor}, entries_after = ${step.cursor.entriesAfter},
				compared = compared + ${step.compared}, entries = entries + ${step.entries}, unrecorded = unrecorded + ${step.unrecorded ?? 0}
			WHERE id = ${id} AND state = 'looking' AND pass = ${pass} AND cursor = ${cursor} AND entries_after = ${entriesAfter} RETURNING 1`,
	);
	if (moved.length === 0) return false;
	await unpack(tx, step.unpack ?? [], new Date());
	if (step.found.length > 0)
		await tx.rows(
			sql`INSERT INTO sweep_findings (sweep_id, item_id) SELECT ${id}::uuid, item FROM unnest(${[...step.found]}::uuid[]) AS r (item) ON CONFLICT DO NOTHING`,
		);
	return true;
}

/** What the record has of a decided thing is found in one go: it is there by its cluster and by its bytes. */
export async function endLooking(tx: Connection, { id, pass, cursor }: Sweep): Promise<void> {
	await tx.rows(
		sql`INSERT INTO sweep_findings (sweep_id, item_id)
			SELECT ${id}::uuid, item_id FROM (
				SELECT ${partsOf(sql`subject`)}
				FROM standing_decisions WHERE sweep_id = ${id} AND NOT is_withdrawn
			) AS decided CROSS JOIN LATERAL (
				SELECT item_id FROM cluster_members WHERE cluster_id = cluster AND degree = 'confirmed'
				UNION SELECT item_id FROM item_hashes WHERE item_hashes.type = decided.type AND hash = same
			) AS member JOIN items ON items.id = item_id AND state IN ('live', 'limited')
			ON CONFLICT DO NOTHING`,
	);
	await tx.rows(
		sql`UPDATE sweeps SET state = 'judging' WHERE id = ${id} AND state = 'looking' AND pass = ${pass} AND cursor = ${cursor}`,
	);
}

export async function endJudging(tx: Connection, id: SweepId, allowedItems: number): Promise<Sweep> {
	const sweep = await lockSweep(tx, id);
	if (sweep.state !== "judging" || (await isLeft(tx, id, sql`tier IS NULL`))) return sweep;
	const { due } = (await talliesOf(tx, [id])).get(id) ?? emptyTally;
	const items = due.reduce((sum, one) => sum + one.items, 0);
	return become(tx, id, { state: afterDryRun(items, allowedItems), allowedItems });
}

export async function endActing(tx: Connection, id: SweepId): Promise<Sweep> {
	const sweep = await lockSweep(tx, id);
	if (sweep.state !== "acting" || (await isLeft(tx, id, sql`settled_at IS NULL AND effect <> 'none'`))) return sweep;
	const { withheld, putBeforePeople } = (await talliesOf(tx, [id])).get(id) ?? emptyTally;
	// A sweep that has nothing to do leaves no act: there is one for every change of a bank.
	await appendActs(tx, [{ what: "sweep-done", on: id, by: machine, details: { withheld, putBeforePeople } }]);
	return become(tx, id, { state: "done", allowedItems: sweep.allowedItems });
}

async function isLeft(tx: Connection, id: SweepId, which: ReturnType<typeof sql>): Promise<boolean> {
	const [row] = await tx.rows(
		sql`SELECT EXISTS (SELECT FROM sweep_findings WHERE sweep_id = ${id} AND ${which}) AS "isLeft"`,
		z.object({ isLeft: column.flag }),
	);
	return row?.isLeft ?? false;
}

async function become(
	tx: Connection,
	id: SweepId,
	{ state, allowedItems }: { readonly state: SweepState; readonly allowedItems: number | null },
): Promise<Sweep> {
	const endedAt = isEnded(state) ? new Date() : null;
	const [sweep] = await tx.rows(
		sql`UPDATE sweeps SET state = ${state}, allowed_items = ${allowedItems}, ended_at = ${endedAt} WHERE id = ${id} RETURNING ${sweepColumns}`,
		sweepRow,
	);
	if (sweep === undefined) throw new Error("a locked row is there");
	return sweep;
}
