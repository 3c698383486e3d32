// Brings the further items of outbreaks under the limit that is in force for them, and lifts limits that are over: by the state that the
// record is in, so that whoever does it again after a crash does nothing twice. One transaction for each outbreak, behind its case's lock.
import { sql } from "kysely";
import { z } from "zod";
import type { Actor, CaseTransition } from "../../../core/cases/case.ts";
import { type CaseId, caseId, outbreakId, platformId } from "../../../core/ids.ts";
import { isOver, type MayLimit, spreadStates } from "../../../core/outbreaks/limits.ts";
import { outbreakEnd } from "../../../core/outbreaks/outbreak.ts";
import { type Subject, subjectText, thingKinds } from "../../../core/outbreaks/subject.ts";
import { country } from "../../../core/wire/country.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { appendCaseEvents, type NewCaseEvent } from "../cases/case-events.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { changeKept, type SpreadChange } from "./limit-items.ts";
import { subjectName } from "./subject-name.ts";

const machine = { kind: "machine" } as const;

const limitableRow = z.object({ id: outbreakId, caseId, spread: z.enum(spreadStates) });
type Limitable = z.infer<typeof limitableRow>;

/** `of`: those of these subjects; null for all that are limited. Answers how many items were. */
export async function limitOutbreaks(
	database: Database,
	of: readonly Subject[] | null,
	{ may, now }: { readonly may: MayLimit; readonly now: Date },
): Promise<number> {
	const which =
		of === null
			? sql`spread IN ('machine', 'person')`
			: sql`spread <> 'lifted' AND ${subjectName} = ANY (${of.map(subjectText)}::text[])`;
	const running = await database.rows(
		sql`SELECT outbreaks.id, case_id AS "caseId", spread FROM outbreaks JOIN cases ON cases.id = case_id
			WHERE ended_at IS NULL AND ${isUndecided} AND ${which} AND (spread = 'person' OR subject_kind = ANY (${thingKinds}::text[])) ORDER BY outbreaks.id`,
		limitableRow,
	);
	let items = 0;
	for (const one of running)
		if (one.spread === "person" || (await isLeftToMachines(database, one, may)))
			items += await database.transaction((tx) => limit(tx, one, may, now));
	return items;
}

/** Without a lock: where it is not, which is usual, nobody waits. */
async function isLeftToMachines(on: Connection, { id }: Limitable, may: MayLimit): Promise<boolean> {
	const places = await on.rows(
		sql`SELECT DISTINCT platform_id AS "platformId", surface, country FROM outbreak_items JOIN items ON items.id = item_id
			WHERE outbreak_id = ${id} AND state = 'live'`,
		z.object({ platformId, surface, country: country.nullable() }),
	);
	return places.some((place) => may(place, true));
}

async function limit(tx: Connection, { id, caseId: of, spread }: Limitable, may: MayLimit, at: Date): Promise<number> {
	if (!(await lockCase(tx, of, sql`${isUndecided}`))) return 0;
	const change = { outbreakId: id, caseId: of, action: "limit-spread", at } as const;
	const items =
		spread === "person"
			? await changeKept(tx, { ...change, decidedBy: "person" })
			: await changeKept(tx, { ...change, decidedBy: "machine" }, may);
	if (items === 0) return 0;
	await tx.rows(sql`UPDATE outbreaks SET spread = 'machine' WHERE id = ${id} AND spread = 'recommended'`);
	await appendCaseEvents(tx, [changed(change, items, machine)]);
	return items;
}

const endedRow = z.object({
	...{ id: outbreakId, caseId, because: outbreakEnd, isRemoved: column.flag, isSwept: column.flag },
});

/** Answers how many items spread as before. */
export async function liftOver(database: Database, now: Date): Promise<number> {
	const ended = await database.rows(
		sql`SELECT outbreaks.id, case_id AS "caseId", ended_because AS because, COALESCE(cases.decision = 'remove', false) AS "isRemoved",
				NOT EXISTS (SELECT FROM standing_decisions LEFT JOIN sweeps ON sweeps.id = sweep_id
					WHERE standing_decisions.case_id = cases.id AND NOT is_withdrawn AND sweeps.state IS DISTINCT FROM 'done') AS "isSwept"
			FROM outbreaks JOIN cases ON cases.id = case_id WHERE ended_at IS NOT NULL AND spread IN ('machine', 'person') ORDER BY outbreaks.id`,
		endedRow,
	);
	let items = 0;
	for (const { id, caseId: of, because, isRemoved, isSwept } of ended)
		if (isOver(because, isRemoved ? { isSwept } : null))
			items += await database.transaction(async (tx) => {
				await lockCase(tx, of, sql`true`);
				return lift(tx, { outbreakId: id, caseId: of, action: "lift-limit", decidedBy: "machine", at: now }, machine);
			});
	return items;
}

async function lift(tx: Connection, change: SpreadChange, actor: Actor): Promise<number> {
	const items = await changeKept(tx, change);
	await tx.rows(sql`UPDATE outbreaks SET spread = 'lifted' WHERE id = ${change.outbreakId}`);
	if (items > 0) await appendCaseEvents(tx, [changed(change, items, actor)]);
	return items;
}

/** As a person asked on the case, whose lock is held: of the outbreaks that it is about. */
export async function changeSpreadOf(
	tx: Connection,
	id: CaseId,
	{ spread: action }: Pick<CaseTransition, "spread">,
	{ actor, at }: Pick<NewCaseEvent, "actor" | "at">,
): Promise<readonly NewCaseEvent[]> {
	if (action === undefined) return [];
	const spread = action === "limit-spread" ? "person" : "lifted";
	const outbreaks = await tx.rows(
		sql`UPDATE outbreaks SET spread = ${spread} WHERE case_id = ${id} AND ended_at IS NULL RETURNING id`,
		z.object({ id: outbreakId }),
	);
	const events: NewCaseEvent[] = [];
	for (const one of outbreaks) {
		const change = { outbreakId: one.id, caseId: id, action, decidedBy: "person", at } as const;
		events.push(changed(change, await changeKept(tx, change), actor));
	}
	return events;
}

/** Whether the spread of what the case is about is limited; null where no outbreak of it runs. */
export async function spreadOf(on: Connection, id: CaseId): Promise<"recommended" | "limited" | null> {
	const running = await on.rows(
		sql`SELECT spread FROM outbreaks WHERE case_id = ${id} AND ended_at IS NULL`,
		limitableRow.pick({ spread: true }),
	);
	if (running.length === 0) return null;
	return running.some(({ spread }) => spread === "machine" || spread === "person") ? "limited" : "recommended";
}

async function lockCase(tx: Connection, id: CaseId, only: ReturnType<typeof sql>): Promise<boolean> {
	const locked = await tx.rows(sql`SELECT 1 FROM cases WHERE id = ${id} AND ${only} FOR UPDATE`);
	return locked.length > 0;
}

function changed(
	{ outbreakId: id, caseId: of, action, at }: Pick<SpreadChange, "outbreakId" | "caseId" | "action" | "at">,
	items: number,
	actor: Actor,
): NewCaseEvent {
	return { caseId: of, actor, at, body: { kind: "spread-changed", outbreakId: id, action, items } };
}
