// What a person does to a sweep, with its act.
import { sql } from "kysely";
import { named } from "../../../core/acts/doer.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import type { SweepId } from "../../../core/ids.ts";
import type { Sweep } from "../../../core/ports/sweep-store.ts";
import { actOnSweep, isEnded, type SweepAct } from "../../../core/sweeps/sweep.ts";
import { appendActs } from "../acts/append-acts.ts";
import type { Connection } from "../connection/database.ts";
import { lockSweep, sweepColumns, sweepRow } from "./sweep-rows.ts";

const codes = {
	pause: "sweep-paused",
	resume: "sweep-resumed",
	approve: "sweep-approved",
	cancel: "sweep-canceled",
} as const satisfies Record<SweepAct, string>;

export async function actOn(
	tx: Connection,
	id: SweepId,
	{ act, by, reason }: { readonly act: SweepAct; readonly by: string; readonly reason: string },
): Promise<Sweep> {
	const sweep = await lockSweep(tx, id);
	const { state, isPaused } = actOnSweep(sweep, act);
	if (act === "approve" && (await hasCaused(tx, sweep, by))) throw new BreakwaterError("same-person");
	const endedAt = isEnded(state) ? new Date() : null;
	const [after] = await tx.rows(
		sql`UPDATE sweeps SET state = ${state}, is_paused = ${isPaused}, ended_at = ${endedAt},
				approved_by = ${act === "approve" ? by : sweep.approvedBy}
			WHERE id = ${id} RETURNING ${sweepColumns}`,
		sweepRow,
	);
	await appendActs(tx, [{ what: codes[act], on: id, by: named(by), reason, details: {} }]);
	return after ?? sweep;
}

/** Whoever asked for it, made one of the changes or the rule, or gave one of the decisions that it is about, is no second person. */
async function hasCaused(tx: Connection, sweep: Sweep, by: string): Promise<boolean> {
	if (sweep.startedBy === by) return true;
	const rows = await tx.rows(
		sql`SELECT 1 FROM bank_changes WHERE sequence > ${sweep.fromSequence} AND sequence <= ${sweep.toSequence} AND by = ${by}
			UNION ALL SELECT 1 FROM rule_revisions WHERE name = ${sweep.rule?.name ?? null} AND revision = ${sweep.rule?.revision ?? null} AND made_by = ${by}
			UNION ALL SELECT 1 FROM standing_decisions JOIN cases ON cases.id = case_id JOIN users ON users.id = decided_by WHERE sweep_id = ${sweep.id} AND login = ${by} LIMIT 1`,
	);
	return rows.length > 0;
}
