// Rows of sweeps, and what has been found in them.
import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import { type SweepId, sweepId } from "../../../core/ids.ts";
import { tier } from "../../../core/policy/verdict.ts";
import type { Sweep, SweepTally } from "../../../core/ports/sweep-store.ts";
import { sweepState } from "../../../core/sweeps/sweep.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

export const sweepRow = z.object({
	id: sweepId,
	fromSequence: column.count,
	toSequence: column.count,
	rule: z.object({ name: z.string(), revision: z.int() }).nullable(),
	unrecorded: column.count,
	startedBy: column.text.nullable(),
	startedAt: column.time,
	endedAt: column.time.nullable(),
	state: sweepState,
	isPaused: column.flag,
	pass: z.literal([1, 2]),
	cursor: column.text,
	entriesAfter: column.text,
	tailFrom: column.text,
	through: column.text,
	tailDueAt: column.time,
	decisions: column.whole,
	entries: column.whole,
	compared: column.count,
	allowedItems: column.whole.nullable(),
	approvedBy: column.text.nullable(),
}) satisfies z.ZodType<Sweep>;

/** What is read of a row of sweeps. */
export const sweepColumns = sql`id, from_sequence AS "fromSequence", to_sequence AS "toSequence",
	CASE WHEN rule_name IS NOT NULL THEN jsonb_build_object('name', rule_name, 'revision', rule_revision) END AS rule, unrecorded, started_by AS "startedBy", started_at AS "startedAt",
	ended_at AS "endedAt", state, is_paused AS "isPaused", pass, cursor, entries_after AS "entriesAfter", tail_from AS "tailFrom", through, tail_due_at AS "tailDueAt", decisions, entries, compared,
	allowed_items AS "allowedItems", approved_by AS "approvedBy"`;

export async function lockSweep(tx: Connection, id: SweepId): Promise<Sweep> {
	const [sweep] = await tx.rows(sql`SELECT ${sweepColumns} FROM sweeps WHERE id = ${id} FOR UPDATE`, sweepRow);
	if (sweep === undefined) throw new BreakwaterError("not-found", { detail: "there is no such sweep" });
	return sweep;
}

const tallyRow = z.object({
	id: sweepId,
	...{ found: column.count, judged: column.count, withheld: column.count, putBeforePeople: column.count },
	platforms: column.count,
	oldestAt: column.time.nullable(),
	due: z.array(z.object({ tier, effect: z.enum(["withhold", "review"]), items: z.int() })),
});

export const emptyTally: SweepTally = {
	...{ found: 0, judged: 0, due: [], withheld: 0, putBeforePeople: 0, platforms: 0, oldestAt: null },
};

export async function talliesOf(
	connection: Connection,
	ids: readonly SweepId[],
): Promise<ReadonlyMap<SweepId, SweepTally>> {
	const rows = await connection.rows(
		sql`SELECT sweep_id AS id, count(*) AS found, count(*) FILTER (WHERE finding.tier IS NOT NULL) AS judged,
				count(*) FILTER (WHERE settled_at IS NOT NULL AND order_id IS NOT NULL) AS withheld,
				count(*) FILTER (WHERE settled_at IS NOT NULL AND order_id IS NULL AND effect <> 'none') AS "putBeforePeople",
				count(DISTINCT platform_id) FILTER (WHERE effect <> 'none') AS platforms, min(recorded_at) FILTER (WHERE effect <> 'none') AS "oldestAt",
				COALESCE((SELECT jsonb_agg(jsonb_build_object('tier', tier, 'effect', effect, 'items', items) ORDER BY tier, effect)
					FROM (SELECT tier, effect, count(*) AS items FROM sweep_findings AS due
						WHERE due.sweep_id = finding.sweep_id AND effect <> 'none' GROUP BY 1, 2) AS grouped), '[]') AS due
			FROM sweep_findings AS finding JOIN items ON items.id = item_id WHERE sweep_id = ANY (${[...ids]}::uuid[]) GROUP BY sweep_id`,
		tallyRow,
	);
	return new Map(rows.map(({ id, ...tally }) => [id, tally]));
}
