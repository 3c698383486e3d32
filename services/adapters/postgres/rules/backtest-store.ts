// Backtests in the record, and what people decided of the items that they are about.
import { sql } from "kysely";
import { z } from "zod";
import { named } from "../../../core/acts/doer.ts";
import { decision } from "../../../core/cases/case.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { backtestId, caseId, firstIdAt, itemId, uuidv7 } from "../../../core/ids.ts";
import type { Backtest, BacktestStore } from "../../../core/ports/backtest-store.ts";
import { backtestTally } from "../../../core/rules/backtest-tally.ts";
import { ruleName } from "../../../core/rules/rule.ts";
import { appendActs } from "../acts/append-acts.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { lockRule } from "./rule-store.ts";

const backtestRow = z
	.object({
		...{ id: backtestId, name: ruleName, revision: column.whole, from_at: column.time, to_at: column.time },
		...{ state: z.enum(["running", "done"]), through: itemId, tally: backtestTally },
		...{ started_by: column.text, started_at: column.time, ended_at: column.time.nullable() },
	})
	.transform(
		({ from_at: from, to_at: to, started_by, started_at, ended_at, through, ...row }): Backtest => ({
			...row,
			range: { from, to },
			through: through === firstIdAt(0) ? null : through,
			...{ startedBy: started_by, startedAt: started_at, endedAt: ended_at },
		}),
	);
const columns = sql`id, name, revision, from_at, to_at, state, through, tally, started_by, started_at, ended_at`;

const decisionRow = z.object({ itemId, caseId, decision: decision.nullable() });
const caseRow = z.object({
	...{ itemId, platform: column.text, subject: column.text, arrivedAt: column.time },
	...{ caseId: caseId.nullable(), decision: decision.nullable() },
});

/** The case that was decided last of the item, or else the newest; its decision counts once nobody is waited for. */
const lastCase = sql`SELECT cases.id, CASE WHEN ${isUndecided} THEN NULL ELSE cases.decision END AS decision
	FROM case_items JOIN cases ON cases.id = case_id
	WHERE case_items.item_id = asked.id ORDER BY cases.decided_at DESC NULLS LAST, cases.id DESC LIMIT 1`;

export function createBacktestStore(database: Database): BacktestStore {
	return {
		async begin({ name, revision, range: { from, to }, tally, startedBy }) {
			const id = backtestId.parse(uuidv7(Date.now()));
			const [begun] = await database.rows(
				sql`INSERT INTO rule_backtests (id, name, revision, from_at, to_at, through, tally, started_by)
					SELECT ${id}, name, revision, ${from}, ${to}, ${firstIdAt(0)}, ${JSON.stringify(tally)}::jsonb, ${startedBy}
					FROM rule_revisions WHERE name = ${name} AND revision = ${revision} RETURNING ${columns}`,
				backtestRow,
			);
			if (begun === undefined) throw noSuchBacktest();
			return begun;
		},
		async unfinished(name, revision) {
			const [found] = await database.rows(
				sql`SELECT ${columns} FROM rule_backtests WHERE name = ${name} AND revision = ${revision} AND state = 'running'
					ORDER BY started_at DESC LIMIT 1`,
				backtestRow,
			);
			return found ?? null;
		},
		list: (name, limit) =>
			database.rows(
				sql`SELECT ${columns} FROM rule_backtests WHERE name = ${name} ORDER BY started_at DESC, id DESC LIMIT ${limit}`,
				backtestRow,
			),
		async note({ id, through }, step) {
			const noted = await database.rows(
				sql`UPDATE rule_backtests SET through = ${step.through ?? firstIdAt(0)}, tally = ${JSON.stringify(step.tally)}::jsonb
					WHERE id = ${id} AND state = 'running' AND through = ${through ?? firstIdAt(0)} RETURNING 1`,
			);
			return noted.length > 0;
		},
		end: (id) => database.transaction((tx) => end(tx, id)),
		async decisions(ids) {
			const rows = await database.rows(
				sql`SELECT asked.id AS "itemId", last.id AS "caseId", last.decision
					FROM unnest(${[...ids]}::uuid[]) AS asked (id) CROSS JOIN LATERAL (${lastCase}) AS last`,
				decisionRow,
			);
			return new Map(rows.map(({ itemId: id, ...decided }) => [id, decided]));
		},
		cases: (ids) =>
			database.rows(
				sql`SELECT asked.id AS "itemId", platforms.name AS platform, items.subject, items.received_at AS "arrivedAt", last.id AS "caseId", last.decision
					FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS asked (id, place) JOIN items ON items.id = asked.id
						JOIN platforms ON platforms.id = items.platform_id LEFT JOIN LATERAL (${lastCase}) AS last ON true
					ORDER BY asked.place`,
				caseRow,
			),
	};
}

/** Its act is of whoever started it. */
async function end(tx: Connection, id: Backtest["id"]): Promise<Backtest> {
	const [ended] = await tx.rows(
		sql`UPDATE rule_backtests SET state = 'done', ended_at = now() WHERE id = ${id} AND state = 'running' RETURNING ${columns}`,
		backtestRow,
	);
	if (ended === undefined) throw noSuchBacktest();
	const { name, revision, startedBy, tally } = ended;
	await lockRule(tx, name);
	await tx.rows(
		sql`UPDATE rule_stages SET stage = 'backtested', since = now() WHERE name = ${name} AND revision = ${revision} AND stage = 'checked'`,
	);
	const details = { examined: tally.examined, held: tally.held };
	await appendActs(tx, [{ what: "rule-backtested", on: name, by: named(startedBy), revision, details }]);
	return ended;
}

function noSuchBacktest(): BreakwaterError {
	return new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "rule" }] });
}
