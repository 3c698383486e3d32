// Questions about another policy in the record, and the verdicts that they are about.
import { sql } from "kysely";
import { z } from "zod";
import { named } from "../../../core/acts/doer.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { firstIdAt, itemId, platformId, policyProposalId, questionId, uuidv7 } from "../../../core/ids.ts";
import { emptyQuestionTally, isMoved, questionTally } from "../../../core/policy/past-question.ts";
import { readAndMore } from "../../../core/policy/recorded-grounds.ts";
import { verdictAction } from "../../../core/policy/verdict.ts";
import type { FactRange } from "../../../core/ports/fact-store.ts";
import type { AskedPolicy, PolicyQuestion, QuestionStore } from "../../../core/ports/question-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { country } from "../../../core/wire/country.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";

const questionRow = z
	.object({
		...{ id: questionId, revision: column.whole.nullable(), proposal_id: policyProposalId.nullable() },
		...{ from_at: column.time, to_at: column.time, share: column.real, verdicts: column.count },
		...{ state: z.enum(["running", "done"]), through: itemId, tally: questionTally },
		...{ started_by: column.text, started_at: column.time, ended_at: column.time.nullable() },
	})
	.transform(({ revision, proposal_id, from_at: from, to_at: to, through, ...row }): PolicyQuestion => {
		const { started_by, started_at, ended_at, ...rest } = row;
		return {
			...rest,
			asked:
				proposal_id === null ? { kind: "revision", revision: revision ?? 0 } : { kind: "proposal", id: proposal_id },
			range: { from, to },
			through: through === firstIdAt(0) ? null : through,
			...{ startedBy: started_by, startedAt: started_at, endedAt: ended_at },
		};
	});
const columns = sql`id, revision, proposal_id, from_at, to_at, share, verdicts, state, through, tally, started_by, started_at, ended_at`;

const verdictRow = z.object({
	...{ itemId, platformId, surface, country: country.nullable(), action: verdictAction },
	...{ signals: z.array(z.unknown()), grounds: z.unknown(), divertedBy: column.texts },
});

export function createQuestionStore(database: Database, catalogue: SignalCatalogue): QuestionStore {
	return {
		async begin({ asked, range, share, startedBy }) {
			const { revision, proposal } = referenceOf(asked);
			const [begun] = await database.rows(
				sql`INSERT INTO policy_questions (id, revision, proposal_id, from_at, to_at, share, verdicts, through, tally, started_by)
					SELECT ${questionId.parse(uuidv7(Date.now()))}, ${revision}, ${proposal}, ${range.from}, ${range.to}, ${share},
						(SELECT count(*) FROM verdicts WHERE ${within(range)}), ${firstIdAt(0)}, ${JSON.stringify(emptyQuestionTally)}::jsonb, ${startedBy}
					RETURNING ${columns}`,
				questionRow,
			);
			if (begun === undefined) throw new Error("an inserted row is answered");
			return begun;
		},
		async unfinished(asked) {
			const { revision, proposal } = referenceOf(asked);
			const [found] = await database.rows(
				sql`SELECT ${columns} FROM policy_questions WHERE state = 'running' AND revision IS NOT DISTINCT FROM ${revision}
						AND proposal_id IS NOT DISTINCT FROM ${proposal}
					ORDER BY started_at DESC LIMIT 1`,
				questionRow,
			);
			return found ?? null;
		},
		list: (limit) =>
			database.rows(
				sql`SELECT ${columns} FROM policy_questions ORDER BY started_at DESC, id DESC LIMIT ${limit}`,
				questionRow,
			),
		async page({ range, share }, after, limit) {
			const isAfter = after === null ? sql`true` : sql`item_id > ${after}::uuid`;
			const rows = await database.rows(
				sql`SELECT item_id AS "itemId", platform_id AS "platformId", surface, country, action, signals, grounds, diverted_by AS "divertedBy"
					FROM (SELECT * FROM verdicts WHERE ${within(range)} AND ${isAfter} AND ${isDrawn(share)} ORDER BY item_id LIMIT ${limit}) AS page
						JOIN items ON items.id = item_id ORDER BY item_id`,
				verdictRow,
			);
			return rows.map(({ grounds, divertedBy, signals: stored, ...row }) => {
				const signals = stored.map((one) => catalogue.fromStored(one));
				return { ...row, signals, isDiverted: divertedBy.length > 0, isShortened: readAndMore({ grounds }).length > 0 };
			});
		},
		async note({ id, through }, step) {
			const noted = await database.rows(
				sql`UPDATE policy_questions SET through = ${step.through ?? firstIdAt(0)}, tally = ${JSON.stringify(step.tally)}::jsonb
					WHERE id = ${id} AND state = 'running' AND through = ${through ?? firstIdAt(0)} RETURNING 1`,
			);
			return noted.length > 0;
		},
		end: (id) => database.transaction((tx) => end(tx, id)),
	};
}

function referenceOf(asked: AskedPolicy) {
	return asked.kind === "revision"
		? { revision: asked.revision, proposal: null }
		: { revision: null, proposal: asked.id };
}

/** Ids begin with the time, so that a time is a range of the primary key. */
function within({ from, to }: FactRange) {
	return sql`item_id >= ${firstIdAt(from.getTime())}::uuid AND item_id < ${firstIdAt(to.getTime())}::uuid`;
}

/** By the last digits of the id, which are random: the same ones each time, and more with a larger share. */
function isDrawn(share: number) {
	return share === 1
		? sql`true`
		: sql`('x' || right(item_id::text, 6))::bit(24)::integer < ${Math.ceil(share * 2 ** 24)}`;
}

/** Its act is of whoever started it. */
async function end(tx: Connection, id: PolicyQuestion["id"]): Promise<PolicyQuestion> {
	const [ended] = await tx.rows(
		sql`UPDATE policy_questions SET state = 'done', ended_at = now() WHERE id = ${id} AND state = 'running' RETURNING ${columns}`,
		questionRow,
	);
	if (ended === undefined)
		throw new BreakwaterError("not-found", { detail: "there is no such question that has not ended" });
	const { asked, startedBy, tally } = ended;
	const moved = tally.flows.filter(isMoved).reduce((sum, { items }) => sum + items, 0);
	const details = {
		...{ questionId: id, proposalId: asked.kind === "proposal" ? asked.id : null },
		...{ asked: asked.kind === "revision" ? asked.revision : null, examined: tally.examined, moved },
	};
	await appendActs(tx, [{ what: "policy-asked", on: "policy", by: named(startedBy), details }]);
	return ended;
}
