// What becomes of the cases of two clusters that are made one, in the merge's transaction. Two undecided ones become one, unless people
// have begun with both: then each is decided, and what is decided first stands for the copies of the other.
import { sql } from "kysely";
import { z } from "zod";
import { keyOfCluster } from "../../../core/cases/cluster-key.ts";
import { gatherBoth } from "../../../core/cases/gather.ts";
import { type CaseId, type ClusterId, itemId } from "../../../core/ids.ts";
import { appendCaseEvents } from "../cases/case-events.ts";
import { standingColumns, standingRow, writeStandings } from "../cases/gather-cases.ts";
import { isUndecided } from "../cases/undecided.ts";
import { waitsForNobody } from "../cases/waits-for-nobody.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/**
 * All cases that members of the clusters are in: whoever decides one writes what stands for their clusters. The decided ones first, as
 * everywhere (write-standing.ts).
 */
export async function lockCases(tx: Connection, clusters: readonly ClusterId[]): Promise<void> {
	const ids = sql`SELECT case_id FROM cluster_members JOIN case_items USING (item_id) WHERE cluster_id = ANY (${[...clusters]}::uuid[]) AND degree = 'confirmed'`;
	await tx.rows(sql`SELECT 1 FROM cases WHERE id IN (${ids}) AND NOT ${isUndecided} ORDER BY id FOR UPDATE`);
	await tx.rows(
		sql`SELECT 1 FROM cases WHERE (id IN (${ids}) OR cluster_key = ANY (${clusters.map(keyOfCluster)}::text[])) AND ${isUndecided}
			ORDER BY cluster_key FOR UPDATE`,
	);
}

const isUntouched = sql`(cases.state = 'open' AND copies_of IS NULL AND ${waitsForNobody})`;

const undecidedRow = standingRow.extend({ isUntouched: column.flag });
type Undecided = z.infer<typeof undecidedRow>;

/** Answers how many cases became a part of another. */
export async function mergeCases(
	tx: Connection,
	{ elder, younger }: { readonly elder: ClusterId; readonly younger: ClusterId },
): Promise<number> {
	const keys = { elder: keyOfCluster(elder), younger: keyOfCluster(younger) };
	const found = await tx.rows(
		sql`SELECT ${standingColumns}, ${isUntouched} AS "isUntouched" FROM cases
			WHERE cluster_key = ANY (${[keys.elder, keys.younger]}::text[]) AND ${isUndecided}`,
		undecidedRow,
	);
	const first = found.find(({ clusterKey }) => clusterKey === keys.elder);
	const second = found.find(({ clusterKey }) => clusterKey === keys.younger);
	if (second === undefined) return 0;
	if (first === undefined) {
		await tx.rows(sql`UPDATE cases SET cluster_key = ${keys.elder} WHERE id = ${second.id}`);
		return 0;
	}
	if (second.isUntouched) await bringInto(tx, first, second, keys.elder);
	else if (first.isUntouched) await bringInto(tx, second, first, keys.elder);
	else return 0;
	return 1;
}

async function bringInto(tx: Connection, stays: Undecided, goes: Undecided, clusterKey: string): Promise<void> {
	await tx.rows(sql`UPDATE cases SET state = 'closed', item_count = 0 WHERE id = ${goes.id}`);
	const items = await moveItems(tx, goes.id, stays.id);
	const { id, clusterKey: _key, isUntouched: _untouched, ...standing } = stays;
	const at = new Date();
	await writeStandings(tx, [{ id, ...gatherBoth(standing, goes), itemCount: stays.itemCount + items }], at);
	await tx.rows(sql`UPDATE cases SET cluster_key = ${clusterKey} WHERE id = ${id}`);
	const by = { actor: { kind: "machine" }, at } as const;
	await appendCaseEvents(tx, [
		{ ...by, caseId: goes.id, body: { kind: "merged-into", caseId: id } },
		{ ...by, caseId: id, body: { kind: "took-in", caseId: goes.id, items } },
	]);
}

/** With their orders, of whose delivery the case is told. Answers how many were new there. */
async function moveItems(tx: Connection, from: CaseId, to: CaseId): Promise<number> {
	await tx.rows(sql`UPDATE orders SET case_id = ${to} WHERE case_id = ${from}`);
	await tx.rows(sql`UPDATE outbreaks SET case_id = ${to} WHERE case_id = ${from}`);
	const moved = await tx.rows(
		sql`WITH gone AS (
				DELETE FROM case_items WHERE case_id = ${from} RETURNING item_id
			)
			INSERT INTO case_items (case_id, item_id) SELECT ${to}, item_id FROM gone ON CONFLICT DO NOTHING RETURNING item_id AS id`,
		z.object({ id: itemId }),
	);
	return moved.length;
}
