// Brings all items of outbreaks under the limit that is in force for them, and lifts limits that are over, page by page: by the state that the
// record is in, so that whoever does it again after a crash does nothing twice. One transaction for each page, behind its case's lock.
import { sql } from "kysely";
import { z } from "zod";
import type { Actor, CaseTransition } from "../../../core/cases/case.ts";
import { type CaseId, caseId, outbreakId, platformId } from "../../../core/ids.ts";
import { isOver, type MayLimit, spreadStates } from "../../../core/outbreaks/limits.ts";
import { outbreakEnd } from "../../../core/outbreaks/outbreak.ts";
import { type Subject, subjectText, thingKinds } from "../../../core/outbreaks/subject.ts";
import type { LimitedPages } from "../../../core/ports/outbreak-store.ts";
import { country } from "../../../core/wire/country.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { appendCaseEvents, type NewCaseEvent } from "../cases/case-events.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { changeNext, type SpreadChange } from "./limit-items.ts";
import { subjectName } from "./subject-name.ts";

const machine = { kind: "machine" } as const;

const limitableRow = z.object({ id: outbreakId, caseId, spread: z.enum(spreadStates), isFound: column.flag });
type Limitable = z.infer<typeof limitableRow>;

/** `of`: those of these subjects; null for all that are limited. */
export async function limitOutbreaks(
	database: Database,
	of: readonly Subject[] | null,
	{ may, now }: { readonly may: MayLimit; readonly now: Date },
): Promise<LimitedPages> {
	const which =
		of === null
			? sql`spread IN ('machine', 'person')`
			: sql`spread <> 'lifted' AND ${subjectName} = ANY (${of.map(subjectText)}::text[])`;
	const due = await database.rows(
		sql`SELECT outbreaks.id, case_id AS "caseId", spread, is_found AS "isFound" FROM outbreaks JOIN cases ON cases.id = case_id
			WHERE ended_at IS NULL AND ${isUndecided} AND ${which} AND (spread = 'person' OR is_found AND subject_kind = ANY (${thingKinds}::text[])) AND ${isUnchanged} ORDER BY outbreaks.id`,
		limitableRow,
	);
	const pages: LimitedPages[] = [];
	for (const one of due)
		if (one.spread !== "recommended" || (await isLeftToMachines(database, one, may)))
			pages.push(await database.transaction((tx) => limit(tx, one, may, now)));
	return together(pages);
}

/** Its limit, or the lifting of it, has not gone over some of its items. */
const isUnchanged = sql`EXISTS (SELECT FROM outbreak_items WHERE outbreak_id = outbreaks.id AND number > changed_through)`;

function together(pages: readonly LimitedPages[]): LimitedPages {
	return { items: pages.reduce((sum, { items }) => sum + items, 0), hasMore: pages.some(({ hasMore }) => hasMore) };
}

/** What came last is asked: without a lock, and of no more than matters, since it is asked with each that comes. */
const placesAskedOf = 1_000;

async function isLeftToMachines(on: Connection, { id, isFound }: Limitable, may: MayLimit): Promise<boolean> {
	const places = await on.rows(
		sql`SELECT DISTINCT platform_id AS "platformId", surface, country
			FROM (SELECT item_id FROM outbreak_items WHERE outbreak_id = ${id} ORDER BY number DESC LIMIT ${placesAskedOf}) AS newest JOIN items ON items.id = item_id
			WHERE state = 'live'`,
		z.object({ platformId, surface, country: country.nullable() }),
	);
	return places.some((place) => may(place, isFound));
}

const noPage: LimitedPages = { items: 0, hasMore: false };

async function limit(
	tx: Connection,
	{ id, caseId: of, spread }: Limitable,
	may: MayLimit,
	at: Date,
): Promise<LimitedPages> {
	if (!(await lockCase(tx, of, sql`${isUndecided}`))) return noPage;
	const change = { outbreakId: id, caseId: of, action: "limit-spread", at } as const;
	const page =
		spread === "person"
			? await changeNext(tx, { ...change, decidedBy: "person" })
			: await changeNext(tx, { ...change, decidedBy: "machine" }, may);
	if (page.items === 0) return page;
	await tx.rows(sql`UPDATE outbreaks SET spread = 'machine' WHERE id = ${id} AND spread = 'recommended'`);
	await appendCaseEvents(tx, [changed(change, page.items, machine)]);
	return page;
}

const endedRow = z.object({
	...{ id: outbreakId, caseId, because: outbreakEnd, isRemoved: column.flag, isSwept: column.flag },
});

/** Begins to lift the limits that are over, and lifts the next page of each that is being lifted. */
export async function liftOver(database: Database, now: Date): Promise<LimitedPages> {
	const ended = await database.rows(
		sql`SELECT outbreaks.id, case_id AS "caseId", ended_because AS because, COALESCE(cases.decision = 'remove', false) AS "isRemoved",
				NOT EXISTS (SELECT FROM standing_decisions LEFT JOIN sweeps ON sweeps.id = sweep_id
					WHERE standing_decisions.case_id = cases.id AND NOT is_withdrawn AND sweeps.state IS DISTINCT FROM 'done') AS "isSwept"
			FROM outbreaks JOIN cases ON cases.id = case_id WHERE ended_at IS NOT NULL AND spread IN ('machine', 'person') ORDER BY outbreaks.id`,
		endedRow,
	);
	const over = ended.flatMap(({ id, because, isRemoved, isSwept }) =>
		isOver(because, isRemoved ? { isSwept } : null) ? [id] : [],
	);
	if (over.length > 0)
		await database.rows(
			sql`${toSpread("lifted")} WHERE id = ANY (${over}::uuid[]) AND spread IN ('machine', 'person')`,
		);
	const lifting = await database.rows(
		sql`SELECT id, case_id AS "caseId", ended_at IS NOT NULL AS "isOver" FROM outbreaks WHERE is_lifting ORDER BY id`,
		z.object({ id: outbreakId, caseId, isOver: column.flag }),
	);
	const pages: LimitedPages[] = [];
	for (const { id, caseId: of, isOver: byMachine } of lifting)
		pages.push(
			await database.transaction(async (tx) => {
				await lockCase(tx, of, sql`true`);
				return lift(tx, {
					outbreakId: id,
					caseId: of,
					action: "lift-limit",
					decidedBy: byMachine ? "machine" : "person",
					at: now,
				});
			}),
		);
	return together(pages);
}

async function lift(tx: Connection, change: SpreadChange): Promise<LimitedPages> {
	const [still] = await tx.rows(
		sql`SELECT FROM outbreaks WHERE id = ${change.outbreakId} AND is_lifting`,
		z.object({}),
	);
	// People limit it again.
	if (still === undefined) return noPage;
	const page = await changeNext(tx, change);
	if (!page.hasMore) await tx.rows(sql`UPDATE outbreaks SET is_lifting = false WHERE id = ${change.outbreakId}`);
	if (page.items > 0) await appendCaseEvents(tx, [changed(change, page.items, machine)]);
	return page;
}

/** From then on all of its items are gone over, from the first. */
function toSpread(spread: "person" | "lifted") {
	return sql`UPDATE outbreaks SET spread = ${spread}, is_lifting = ${spread === "lifted"}, changed_through = 0`;
}

/**
 * As a person asked on the case, whose lock is held: of the outbreaks that it is about. The first page of each at once, all others by whoever counts outbreaks.
 */
export async function changeSpreadOf(
	tx: Connection,
	id: CaseId,
	{ spread: action }: Pick<CaseTransition, "spread">,
	{ actor, at }: Pick<NewCaseEvent, "actor" | "at">,
): Promise<readonly NewCaseEvent[]> {
	if (action === undefined) return [];
	const outbreaks = await tx.rows(
		sql`${toSpread(action === "limit-spread" ? "person" : "lifted")} WHERE case_id = ${id} AND ended_at IS NULL RETURNING id`,
		z.object({ id: outbreakId }),
	);
	const events: NewCaseEvent[] = [];
	for (const one of outbreaks) {
		const change = { outbreakId: one.id, caseId: id, action, decidedBy: "person", at } as const;
		events.push(changed(change, (await changeNext(tx, change)).items, actor));
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
