// Which cases of outbreaks wait for something to look at, and the few items that are kept for each (core/outbreaks/specimen.ts): of a thing they come
// into its case, of a place they are shown beside it, for people decide of no post there.
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { type CaseId, caseId, type ItemId } from "../../../core/ids.ts";
import { specimensKept } from "../../../core/outbreaks/specimen.ts";
import { linkKinds, type Subject, subjectKind } from "../../../core/outbreaks/subject.ts";
import type { ExaminedItem } from "../../../core/ports/verdict-store.ts";
import { appendCaseEvents } from "../cases/case-events.ts";
import { isUndecided } from "../cases/undecided.ts";
import { linkItems } from "../cases/write-cases.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** How many of a case's items there are to look at; counted no further than matters. */
const keptOf = (id: RawBuilder<unknown>) => sql`(SELECT count(*)::integer FROM (
	SELECT FROM (SELECT item_id FROM case_items WHERE case_id = ${id} UNION ALL SELECT item_id FROM specimens WHERE case_id = ${id}) AS item
		JOIN item_evidence USING (item_id) WHERE text IS NOT NULL OR media_key IS NOT NULL LIMIT ${specimensKept}
) AS kept)`;

const awaitedRow = z.object({ kind: subjectKind, key: column.text, caseId });

export async function awaitedNow(
	connection: Connection,
): Promise<readonly { readonly subject: Subject; readonly caseId: CaseId }[]> {
	const rows = await connection.rows(
		sql`SELECT subject_kind AS kind, subject_key AS key, case_id AS "caseId" FROM outbreaks JOIN cases ON cases.id = case_id
			WHERE ended_at IS NULL AND ${isUndecided} AND ${keptOf(sql`cases.id`)} < ${specimensKept}`,
		awaitedRow,
	);
	return rows.map(({ kind, key, caseId: of }) => ({ subject: { kind, key }, caseId: of }));
}

/** Has detectors ask anew which cases wait: with the outbreaks that begin, and with each that has enough. */
export function tellAwaited(tx: Connection): Promise<unknown> {
	return tx.rows(sql`SELECT pg_notify('standing_decisions', '')`);
}

const waitingRow = z.object({ id: caseId, isPlace: column.flag });

/**
 * Keeps those of the items that their cases still wait for, and answers which. A case that somebody else works on at this moment is passed over: the next
 * item is as good, and no detector waits.
 */
export async function keepSpecimens(
	tx: Connection,
	items: readonly ExaminedItem[],
	at: Date,
): Promise<ReadonlySet<ItemId>> {
	const offered = items.flatMap((item) => (item.specimenFor == null ? [] : [{ item, of: item.specimenFor }]));
	if (offered.length === 0) return new Set();
	const cases = [...new Set(offered.map(({ of }) => of))];
	const waiting = await tx.rows(
		sql`SELECT id, EXISTS (SELECT FROM outbreaks WHERE case_id = cases.id AND subject_kind = ANY (${linkKinds}::text[])) AS "isPlace"
			FROM cases WHERE id = ANY (${cases}::uuid[]) AND ${isUndecided} AND EXISTS (SELECT FROM outbreaks WHERE case_id = cases.id AND ended_at IS NULL)
			ORDER BY id FOR UPDATE SKIP LOCKED`,
		waitingRow,
	);
	const kept = new Set<ItemId>();
	for (const { id, isPlace } of waiting) {
		const mine = offered.flatMap(({ item, of }) => (of === id ? [item] : []));
		for (const one of await keepFor(tx, { id, isPlace, items: mine }, at)) kept.add(one);
	}
	if (kept.size > 0) await tellAwaited(tx);
	return kept;
}

interface Waiting extends z.infer<typeof waitingRow> {
	readonly items: readonly ExaminedItem[];
}

/** Counted anew behind the case's lock: what others kept meanwhile is enough. */
async function keepFor(tx: Connection, { id, isPlace, items }: Waiting, at: Date): Promise<readonly ItemId[]> {
	const [there] = await tx.rows(sql`SELECT ${keptOf(sql`${id}::uuid`)} AS kept`, z.object({ kept: column.whole }));
	const chosen = items.slice(0, specimensKept - (there?.kept ?? 0));
	const ids = chosen.map((item) => item.id);
	if (ids.length === 0) return [];
	await linkItems(tx, chosen, new Map(isPlace ? [] : ids.map((one) => [one, { caseId: id }])));
	await tx.rows(
		isPlace
			? sql`INSERT INTO specimens (case_id, item_id) SELECT ${id}, unnest(${ids}::uuid[])`
			: sql`UPDATE cases SET item_count = item_count + ${ids.length}, last_item_at = GREATEST(last_item_at, ${at}) WHERE id = ${id}`,
	);
	await appendCaseEvents(
		tx,
		ids.map((itemId) => ({ caseId: id, actor: { kind: "machine" }, at, body: { kind: "specimen-kept", itemId } })),
	);
	return ids;
}
