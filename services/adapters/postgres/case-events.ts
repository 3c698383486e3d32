// Appends to cases' events. Each case hands out its own sequence under its row's lock.
import { sql } from "kysely";
import { canonicalJson } from "../../core/audit/canonical-json.ts";
import type { Actor, CaseEventBody } from "../../core/cases/case.ts";
import type { CaseId } from "../../core/ids.ts";
import type { Database, Executor } from "./database.ts";

export interface NewCaseEvent {
	readonly caseId: CaseId;
	readonly actor: Actor;
	readonly at: Date;
	readonly body: CaseEventBody;
}

export async function appendCaseEvents(
	database: Database,
	tx: Executor,
	events: readonly NewCaseEvent[],
): Promise<void> {
	if (events.length === 0) return;
	const counts = new Map<CaseId, number>();
	for (const { caseId } of events) counts.set(caseId, (counts.get(caseId) ?? 0) + 1);
	const grown = [...counts].map(([id, count]) => ({ id, count })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
	const firsts = await database.rows<{ id: CaseId; first: number }>(
		sql`UPDATE cases SET next_sequence = cases.next_sequence + grown.count
			FROM jsonb_to_recordset(${JSON.stringify(grown)}::jsonb) AS grown (id uuid, count integer)
			WHERE cases.id = grown.id
			RETURNING cases.id, cases.next_sequence - grown.count AS first`,
		tx,
	);
	const next = new Map(firsts.map(({ id, first }) => [id, first]));
	const rows = events.map(({ caseId, actor, at, body }) => {
		const sequence = next.get(caseId);
		if (sequence === undefined) throw new Error("an event needs its case");
		next.set(caseId, sequence + 1);
		const { kind, ...data } = body;
		const actorId = actor.kind === "person" ? actor.userId : null;
		return { caseId, sequence, kind, at, actorKind: actor.kind, actorId, data: canonicalJson(data) };
	});
	await database.rows(
		sql`INSERT INTO case_events (case_id, sequence, kind, at, actor_kind, actor_id, data)
			SELECT "caseId", sequence, kind, at, "actorKind", "actorId", data
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r ("caseId" uuid, sequence integer, kind text, at timestamptz, "actorKind" text, "actorId" uuid, data text)`,
		tx,
	);
	for (const id of counts.keys()) await database.rows(sql`SELECT pg_notify('cases', ${id})`, tx);
}
