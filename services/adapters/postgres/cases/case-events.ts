// Appends to cases' events, and to the log of acts with them. Each case hands out its own sequence under its row's lock.
import { sql } from "kysely";
import { canonicalJson } from "../../../core/acts/canonical-json.ts";
import { caseAct } from "../../../core/acts/kinds/case-acts.ts";
import type { Actor, CaseEventBody } from "../../../core/cases/case.ts";
import type { CaseId } from "../../../core/ids.ts";
import { appendActs } from "../acts/append-acts.ts";
import { atOnce } from "../connection/at-once.ts";
import type { Connection } from "../connection/database.ts";

export interface NewCaseEvent {
	readonly caseId: CaseId;
	readonly actor: Actor;
	readonly at: Date;
	readonly body: CaseEventBody;
}

export async function appendCaseEvents(tx: Connection, events: readonly NewCaseEvent[]): Promise<void> {
	if (events.length === 0) return;
	const indexes = new Map<CaseId, number>();
	const rows = events.map(({ caseId, actor, at, body }) => {
		const index = indexes.get(caseId) ?? 0;
		indexes.set(caseId, index + 1);
		const { kind, ...data } = body;
		const actorId = actor.kind === "person" ? actor.userId : null;
		return { caseId, index, kind, at, actorKind: actor.kind, actorId, data: canonicalJson(data) };
	});
	const written = tx.rows(
		sql`WITH told AS (
				SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
					AS r ("caseId" uuid, index integer, kind text, at timestamptz, "actorKind" text, "actorId" uuid, data text)
			), counted AS (
				SELECT "caseId" AS id, count(*) AS count FROM told GROUP BY 1
			), locked AS (
				SELECT id FROM cases JOIN counted USING (id) ORDER BY id FOR UPDATE OF cases
			), numbered AS (
				UPDATE cases SET next_sequence = cases.next_sequence + counted.count FROM counted JOIN locked USING (id) WHERE cases.id = counted.id
				RETURNING cases.id, cases.next_sequence - counted.count AS first
			), appended AS (
				INSERT INTO case_events (case_id, sequence, kind, at, actor_kind, actor_id, data)
				SELECT "caseId", first + index, kind, at, "actorKind", "actorId", data FROM told JOIN numbered ON numbered.id = "caseId"
			)
			SELECT pg_notify('cases', id::text) FROM numbered`,
	);
	const acts = events.map(({ caseId, actor, at, body }) => ({
		...caseAct(body, actor.kind === "person"),
		...{ on: caseId, by: actor, at },
	}));
	await atOnce([written, appendActs(tx, acts)]);
}
