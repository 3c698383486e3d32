// Begins sweeps: one over what has changed since the last, or one that a person asks for.
import { sql } from "kysely";
import { z } from "zod";
import { named } from "../../../core/acts/doer.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { firstIdAt, sweepId, uuidv7 } from "../../../core/ids.ts";
import type { Sweep, SweptRule } from "../../../core/ports/sweep-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import { reachesEarlier } from "../clusters/subject-names.ts";
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

const rangeRow = z.object({
	from: column.count,
	to: column.count.nullable(),
	isLooking: column.flag,
	decisions: column.whole,
});

/** Null where nothing has changed since the last sweep, no rule is live that was not asked of the past, or a sweep is still looking. */
export async function beginSweep(tx: Connection, now: Date): Promise<Sweep | null> {
	const { to, ...range } = await rangeAfter(tx, sql`(SELECT max(to_sequence) FROM sweeps)`);
	if (range.isLooking) return null;
	const rule = to === null && range.decisions === 0 ? await nextRule(tx) : null;
	if (to === null && range.decisions === 0 && rule === null) return null;
	const sweep = await insert(tx, { ...range, to: to ?? range.from, rule, by: null, now });
	if (range.decisions > 0)
		await tx.rows(
			sql`UPDATE standing_decisions SET sweep_id = ${sweep.id} WHERE sweep_id IS NULL AND decision = 'remove' AND NOT is_withdrawn AND ${reachesEarlier(sql`subject`)}`,
		);
	return sweep;
}

export async function startSweep(
	tx: Connection,
	{ fromSequence, by, now }: { readonly fromSequence: number; readonly by: string; readonly now: Date },
): Promise<Sweep> {
	const { from, to } = await rangeAfter(tx, sql`${fromSequence}::bigint`);
	if (to === null) throw new BreakwaterError("nothing-changed", { detail: "no bank has changed after that sequence" });
	const sweep = await insert(tx, { from, to, decisions: 0, rule: null, by, now });
	const { toSequence } = sweep;
	await appendActs(tx, [{ what: "sweep-started", on: sweep.id, by: named(by), details: { fromSequence, toSequence } }]);
	return sweep;
}

export async function startRuleSweep(
	tx: Connection,
	{ name, by, now }: { readonly name: string; readonly by: string; readonly now: Date },
): Promise<Sweep> {
	const { from } = await rangeAfter(tx, sql`(SELECT max(to_sequence) FROM sweeps)`);
	const [rule] = await tx.rows(
		sql`UPDATE rule_stages SET is_swept = true WHERE name = ${name} AND stage = 'live' RETURNING name, revision`,
		ruleRow,
	);
	if (rule === undefined)
		throw new BreakwaterError("not-found", { detail: "no revision of a rule of that name is live" });
	const sweep = await insert(tx, { from, to: from, decisions: 0, rule, by, now });
	const details = { fromSequence: from, toSequence: from, rule: name, ruleRevision: rule.revision };
	await appendActs(tx, [{ what: "sweep-started", on: sweep.id, by: named(by), details }]);
	return sweep;
}

const ruleRow = z.object({ name: column.text, revision: column.whole });

async function nextRule(tx: Connection): Promise<SweptRule | null> {
	const [rule] = await tx.rows(
		sql`UPDATE rule_stages SET is_swept = true WHERE (name, revision) = (
				SELECT name, revision FROM rule_stages WHERE stage = 'live' AND NOT is_swept ORDER BY since LIMIT 1 FOR UPDATE SKIP LOCKED)
			RETURNING name, revision`,
		ruleRow,
	);
	return rule ?? null;
}

async function rangeAfter(tx: Connection, from: ReturnType<typeof sql>) {
	await tx.rows(sql`SELECT pg_advisory_xact_lock(${startLock})`);
	const [row] = await tx.rows(
		sql`SELECT after AS "from", (SELECT max(sequence) FROM (SELECT sequence FROM bank_changes WHERE sequence > after ORDER BY sequence LIMIT ${mostChanges}) AS next) AS to,
				EXISTS (SELECT FROM sweeps WHERE state = 'looking' AND NOT is_paused) AS "isLooking",
				(SELECT count(DISTINCT case_id)::integer FROM standing_decisions WHERE sweep_id IS NULL AND decision = 'remove' AND NOT is_withdrawn AND ${reachesEarlier(sql`subject`)}) AS decisions
			FROM (SELECT ${from} AS after) AS range`,
		rangeRow,
	);
	if (row === undefined) throw new Error("a range is answered");
	return row;
}

async function insert(
	tx: Connection,
	{
		from,
		to,
		decisions,
		rule,
		by,
		now,
	}: Omit<z.infer<typeof rangeRow>, "to" | "isLooking"> & {
		readonly to: number;
		readonly rule: SweptRule | null;
		readonly by: string | null;
		readonly now: Date;
	},
): Promise<Sweep> {
	const at = now.getTime();
	const tailDueAt = new Date(at + tailMs);
	const [sweep] = await tx.rows(
		sql`INSERT INTO sweeps (id, from_sequence, to_sequence, started_by, started_at, state, tail_from, through, tail_due_at, decisions, rule_name, rule_revision)
			VALUES (${sweepId.parse(uuidv7(at))}, ${from}, ${to}, ${by}, ${now}, 'looking', ${firstIdAt(at - examinationMs)}, ${firstIdAt(at + tailMs)}, ${tailDueAt}, ${decisions}, ${rule?.name ?? null}, ${rule?.revision ?? null})
			RETURNING ${sweepColumns}`,
		sweepRow,
	);
	if (sweep === undefined) throw new Error("an inserted row is answered");
	return sweep;
}
