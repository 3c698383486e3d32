// Limits how far items of an outbreak spread, and lifts that, one page of them at a time, in a caller's transaction that has locked the outbreak's case: as
// everywhere cases are locked before items. How far it came stands with the outbreak: whoever is lost between two pages leaves the next to others.
import { sql } from "kysely";
import { z } from "zod";
import type { SpreadAction } from "../../../core/cases/case.ts";
import { stateBefore } from "../../../core/cases/limit-spread.ts";
import { type CaseId, itemId, type OutbreakId, orderId, platformId, uuidv7 } from "../../../core/ids.ts";
import { itemState, nextItemState } from "../../../core/items/item.ts";
import { type MayLimit, spreadTier } from "../../../core/outbreaks/limits.ts";
import { country } from "../../../core/wire/country.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { type NewOrder, writeOrders } from "../orders/write-orders.ts";

export interface SpreadChange {
	readonly outbreakId: OutbreakId;
	readonly caseId: CaseId;
	readonly action: SpreadAction;
	readonly decidedBy: NewOrder["decidedBy"];
	readonly at: Date;
}

/** Its case is locked for so long as they take. */
const itemsPerPage = 2_000;

const keptRow = z.object({
	...{ number: column.count, id: itemId, state: itemState, version: column.whole },
	...{ platformId, surface, country: country.nullable(), isHeld: column.flag },
});
const markRow = z.object({ through: column.count, isFound: column.flag });

/** How many were changed, and whether there may be more. `may`: which of them; those of whose content nothing was found need a person (core/outbreaks/limits.ts). */
export async function changeNext(
	tx: Connection,
	change: SpreadChange,
	may: MayLimit = () => true,
): Promise<{ readonly items: number; readonly hasMore: boolean }> {
	const { outbreakId, action } = change;
	const [mark] = await tx.rows(
		sql`SELECT changed_through AS through, is_found AS "isFound" FROM outbreaks WHERE id = ${outbreakId}`,
		markRow,
	);
	if (mark === undefined) return { items: 0, hasMore: false };
	const page = await tx.rows(
		sql`SELECT number, items.id, state, items.version, platform_id AS "platformId", surface, country, (${isLimitedElsewhere(outbreakId, action)}) AS "isHeld"
			FROM (SELECT number, item_id FROM outbreak_items WHERE outbreak_id = ${outbreakId} AND number > ${mark.through} ORDER BY number LIMIT ${itemsPerPage}) AS next
				JOIN items ON items.id = item_id
			ORDER BY items.id FOR UPDATE OF items`,
		keptRow,
	);
	if (page.length === 0) return { items: 0, hasMore: false };
	const changed = page.flatMap((item) => {
		const state = item.state === stateBefore[action] && !item.isHeld ? nextItemState(item.state, action) : null;
		return state !== null && may(item, mark.isFound) ? [{ id: item.id, state, version: item.version + 1 }] : [];
	});
	if (changed.length > 0) await write(tx, change, changed);
	const through = page.reduce((most, { number }) => Math.max(most, number), mark.through);
	await tx.rows(sql`UPDATE outbreaks SET changed_through = ${through} WHERE id = ${outbreakId}`);
	return { items: changed.length, hasMore: page.length === itemsPerPage };
}

async function write(
	tx: Connection,
	{ outbreakId, caseId, action, decidedBy, at }: SpreadChange,
	changed: readonly Pick<z.infer<typeof keptRow>, "id" | "state" | "version">[],
): Promise<void> {
	await tx.rows(
		sql`UPDATE items SET state = r.state, version = r.version
			FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS r (id uuid, state text, version integer) WHERE items.id = r.id`,
	);
	const order = { caseId, action, tier: spreadTier, category: null, decidedBy, issuedAt: at, outbreakId } as const;
	await writeOrders(
		tx,
		changed.map(({ id, version }) => ({ ...order, id: orderId.parse(uuidv7(at.getTime())), itemId: id, version })),
	);
}

/** What spreads in another outbreak whose limit is in force stays limited, and what a rule had limited until people have decided. */
function isLimitedElsewhere(outbreakId: OutbreakId, action: SpreadAction) {
	return action === "limit-spread"
		? sql`false`
		: sql`EXISTS (SELECT FROM outbreak_items AS other JOIN outbreaks ON outbreaks.id = other.outbreak_id
			WHERE other.item_id = items.id AND outbreaks.id <> ${outbreakId} AND spread IN ('machine', 'person'))
			OR EXISTS (SELECT FROM orders JOIN cases ON cases.id = case_id
				WHERE orders.item_id = items.id AND orders.matter = '' AND orders.version = items.version AND rule IS NOT NULL AND ${isUndecided})`;
}
