// Measures that are in force on a rule's word: of an item the newest order says what is. They are lifted a page at a time, each in one transaction
// that has locked the cases before the items, as everywhere.
import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import { caseId, itemId, orderId, type UserId, uuidv7 } from "../../../core/ids.ts";
import { itemState, nextItemState } from "../../../core/items/item.ts";
import { labelIn, oppositeOf } from "../../../core/measures/measure.ts";
import { measureAction } from "../../../core/orders/order.ts";
import { tier } from "../../../core/policy/verdict.ts";
import type { MeasureStore } from "../../../core/ports/measure-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import { appendCaseEvents, type NewCaseEvent } from "../cases/case-events.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { writeMeasures } from "../orders/write-measures.ts";
import { type NewOrder, writeOrders } from "../orders/write-orders.ts";
import { lockRule } from "./rule-store.ts";

const pageOf = 500;

export function createMeasureStore(database: Database): MeasureStore {
	return {
		async inForce(rule) {
			const [row] = await database.rows(
				sql`SELECT (SELECT count(*) FROM ${limitedBy(rule)}) AS "limit-spread",
						count(*) FILTER (WHERE action = 'label') AS label, count(*) FILTER (WHERE action = 'add-friction') AS friction
					FROM ${measuredBy(rule)}`,
				z.object({ "limit-spread": column.count, label: column.count, friction: column.count }),
			);
			return row ?? { "limit-spread": 0, label: 0, friction: 0 };
		},
		async lift(rule, { by, why }) {
			const person = { kind: "person", userId: by } as const;
			let lifted = 0;
			for (const liftPage of [liftLimits, endMeasures])
				for (;;) {
					// Each with its act: what stops between two pages has said what it did, and is done once more for the rest.
					const page = await database.transaction(async (tx) => {
						const items = await liftPage(tx, rule, by);
						if (items > 0)
							await appendActs(tx, [
								{ what: "rule-measures-lifted", on: rule, by: person, reason: why, details: { items } },
							]);
						return items;
					});
					lifted += page;
					if (page < pageOf) break;
				}
			if (lifted > 0) return lifted;
			const [found] = await database.transaction((tx) => lockRule(tx, rule));
			if (found === undefined)
				throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "rule" }] });
			throw new BreakwaterError("nothing-changed");
		},
	};
}

function limitedBy(rule: string) {
	return sql`orders JOIN items ON items.id = item_id AND items.version = orders.version
		WHERE rule = ${rule} AND matter = '' AND action = 'limit-spread' AND decided_by = 'machine' AND items.state = 'limited'`;
}

/** Labels of what is to be seen, and friction: the newest order of each. */
function measuredBy(rule: string) {
	return sql`orders JOIN items ON items.id = item_id
		WHERE rule = ${rule} AND decided_by = 'machine' AND (action = 'add-friction' OR (action = 'label' AND items.state IN ('live', 'limited', 'restored')))
			AND NOT EXISTS (SELECT FROM orders AS newer WHERE orders.matter <> 'friction' AND newer.item_id = orders.item_id AND newer.matter = orders.matter AND newer.version > orders.version)
			AND NOT EXISTS (SELECT FROM orders AS newer WHERE orders.matter = 'friction' AND newer.account_platform = orders.account_platform
				AND newer.account_id = orders.account_id AND newer.matter = 'friction' AND newer.version > orders.version)`;
}

const measuredRow = z.object({
	...{ itemId, caseId, action: measureAction, matter: column.text, tier, category: column.text.nullable() },
});

async function endMeasures(tx: Connection, rule: string, userId: UserId): Promise<number> {
	const due = await tx.rows(
		sql`SELECT item_id AS "itemId", case_id AS "caseId", action, matter, orders.tier, orders.category FROM ${measuredBy(rule)}
			ORDER BY orders.id LIMIT ${pageOf}`,
		measuredRow,
	);
	const cases = due.map((one) => one.caseId);
	await tx.rows(sql`SELECT 1 FROM cases WHERE id = ANY (${cases}::uuid[]) ORDER BY id FOR UPDATE`);
	const ends = due.map(({ matter, action, ...one }) => ({
		...{ ...one, action: oppositeOf(action), label: labelIn(matter), rule },
	}));
	const events = await writeMeasures(tx, ends, { actor: { kind: "person", userId }, at: new Date() });
	await appendCaseEvents(tx, events);
	return due.length;
}

const limitedRow = z.object({
	...{ id: itemId, state: itemState, version: column.whole, caseId, tier, category: column.text.nullable() },
});

async function liftLimits(tx: Connection, rule: string, userId: UserId): Promise<number> {
	const at = new Date();
	const due = await tx.rows(
		sql`SELECT items.id, case_id AS "caseId" FROM ${limitedBy(rule)} ORDER BY items.id LIMIT ${pageOf}`,
		z.object({ id: itemId, caseId }),
	);
	const cases = due.map((one) => one.caseId);
	await tx.rows(sql`SELECT 1 FROM cases WHERE id = ANY (${cases}::uuid[]) ORDER BY id FOR UPDATE`);
	const ids = due.map(({ id }) => id);
	const items = await tx.rows(
		sql`SELECT items.id, items.state, items.version, case_id AS "caseId", orders.tier, orders.category
			FROM ${limitedBy(rule)} AND items.id = ANY (${ids}::uuid[]) ORDER BY items.id FOR UPDATE OF items`,
		limitedRow,
	);
	const orders = items.flatMap(({ state, version, id: of, ...order }): readonly NewOrder[] =>
		nextItemState(state, "lift-limit") === null
			? []
			: [
					{
						...{ id: orderId.parse(uuidv7(at.getTime())), itemId: of, action: "lift-limit", version: version + 1 },
						...{ ...order, decidedBy: "person", issuedAt: at, rule },
					},
				],
	);
	const moved = orders.map((one) => ({ id: one.itemId, state: "live", version: one.version }));
	await tx.rows(
		sql`UPDATE items SET state = r.state, version = r.version
			FROM jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) AS r (id uuid, state text, version integer) WHERE items.id = r.id`,
	);
	await writeOrders(tx, orders);
	await appendCaseEvents(
		tx,
		orders.flatMap(({ id, itemId: of, caseId: inCase, action, version }): readonly NewCaseEvent[] =>
			inCase === null
				? []
				: [
						{
							...{ caseId: inCase, actor: { kind: "person", userId }, at },
							body: { kind: "ordered", itemId: of, orderId: id, action, version },
						},
					],
		),
	);
	return due.length;
}
