// Orders of labels and of friction, in a caller's transaction that has locked their cases. What changes nothing is left out: it is so already.
import { sql } from "kysely";
import { z } from "zod";
import type { Actor } from "../../../core/cases/case.ts";
import type { CaseId, ItemId } from "../../../core/ids.ts";
import { itemId, orderId, platformId, uuidv7 } from "../../../core/ids.ts";
import { begins, type MeasureOrder, matterOf } from "../../../core/measures/measure.ts";
import { measureAction } from "../../../core/orders/order.ts";
import type { NewCaseEvent } from "../cases/case-events.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { frictionOfAuthor } from "./item-measures.ts";
import { type NewOrder, writeOrders } from "./write-orders.ts";

export interface NewMeasure extends MeasureOrder, Pick<NewOrder, "tier" | "category" | "rule"> {
	readonly itemId: ItemId;
	readonly caseId: CaseId;
}

const placeRow = z.object({
	...{ itemId, matter: column.text, platformId, accountId: column.text },
	...{ version: column.whole.nullable(), action: measureAction.nullable() },
});

/** Answers what its cases are told. */
export async function writeMeasures(
	tx: Connection,
	measures: readonly NewMeasure[],
	{ actor, at }: { readonly actor: Actor; readonly at: Date },
): Promise<readonly NewCaseEvent[]> {
	if (measures.length === 0) return [];
	const places = await lockPlaces(tx, measures);
	const newest = new Map<string, { readonly isInForce: boolean; readonly version: number }>();
	const orders = measures.flatMap((measure): readonly (NewOrder & NewMeasure)[] => {
		const matter = matterOf(measure);
		const place = places.find((one) => one.itemId === measure.itemId && one.matter === matter);
		if (place === undefined) return [];
		// Many items of one account may come at once.
		const of = matter === "friction" ? `${place.platformId} ${place.accountId}` : `${measure.itemId} ${matter}`;
		const known = newest.get(of) ?? {
			isInForce: place.action !== null && begins(place.action),
			version: place.version ?? 0,
		};
		const isInForce = begins(measure.action);
		if (known.isInForce === isInForce) return [];
		const version = known.version + 1;
		newest.set(of, { isInForce, version });
		const account = matter === "friction" ? { accountPlatform: place.platformId, accountId: place.accountId } : {};
		const id = orderId.parse(uuidv7(at.getTime()));
		return [{ ...measure, ...account, id, matter, version, decidedBy: actor.kind, issuedAt: at }];
	});
	await writeOrders(tx, orders);
	return orders.map(({ id, itemId: of, caseId, action, label, version }) => ({
		...{ caseId, actor, at },
		body: { kind: "ordered", itemId: of, orderId: id, action, version, ...(label === null ? {} : { label }) },
	}));
}

/** Items, then accounts, each in one order: two never wait for each other in a circle. */
async function lockPlaces(
	tx: Connection,
	measures: readonly NewMeasure[],
): Promise<readonly z.infer<typeof placeRow>[]> {
	const rows = measures.map((one) => ({ id: one.itemId, matter: matterOf(one) }));
	const ids = rows.map(({ id }) => id);
	await tx.rows(sql`SELECT 1 FROM items WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`);
	const slowed = rows.flatMap(({ id, matter }) => (matter === "friction" ? [id] : []));
	if (slowed.length > 0)
		await tx.rows(
			sql`SELECT pg_advisory_xact_lock(hashtextextended(place, 2)) FROM (
				SELECT DISTINCT platform_id || ':' || author_id AS place FROM items WHERE id = ANY (${slowed}::uuid[]) ORDER BY 1) AS own`,
		);
	return tx.rows(
		sql`SELECT items.id AS "itemId", r.matter, items.platform_id AS "platformId", items.author_id AS "accountId", newest.version, newest.action
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, matter text) JOIN items USING (id) LEFT JOIN LATERAL (
				(SELECT orders.version, action FROM orders WHERE r.matter <> 'friction' AND orders.item_id = items.id AND orders.matter = r.matter
					ORDER BY orders.version DESC LIMIT 1)
				UNION ALL
				(SELECT version, action FROM ${frictionOfAuthor(sql`version, action`)} AS slowed WHERE r.matter = 'friction')
			) AS newest ON true`,
		placeRow,
	);
}
