// Limits how far the kept items of outbreaks spread, and lifts that, in a caller's transaction that has locked the outbreak's case: as
// everywhere cases are locked before items.
import { sql } from "kysely";
import { z } from "zod";
import type { SpreadAction } from "../../../core/cases/case.ts";
import { stateBefore } from "../../../core/cases/limit-spread.ts";
import { type CaseId, itemId, type OutbreakId, orderId, platformId, uuidv7 } from "../../../core/ids.ts";
import { itemState, nextItemState } from "../../../core/items/item.ts";
import { type MayLimit, spreadTier } from "../../../core/outbreaks/limits.ts";
import { tier } from "../../../core/policy/verdict.ts";
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

const keptRow = z.object({
	...{ id: itemId, state: itemState, version: column.whole, platformId, surface, country: country.nullable(), tier },
});

/** How many were changed. `may`: which of them; those of whose content nothing was found need a person (core/outbreaks/limits.ts). */
export async function changeKept(
	tx: Connection,
	{ outbreakId, caseId, action, decidedBy, at }: SpreadChange,
	may: MayLimit = () => true,
): Promise<number> {
	const kept = await tx.rows(
		sql`SELECT items.id, state, items.version, platform_id AS "platformId", surface, country, verdicts.tier
			FROM outbreak_items JOIN items ON items.id = item_id JOIN verdicts ON verdicts.item_id = items.id
			WHERE outbreak_id = ${outbreakId} AND state = ${stateBefore[action]} AND NOT (${isLimitedElsewhere(outbreakId, action)})
			ORDER BY items.id FOR UPDATE OF items`,
		keptRow,
	);
	const isFound = kept.some((one) => one.tier !== "none") || (await isFoundAmong(tx, outbreakId));
	const changed = kept.flatMap((item) => {
		const state = nextItemState(item.state, action);
		return state !== null && may(item, isFound) ? [{ id: item.id, state, version: item.version + 1 }] : [];
	});
	if (changed.length === 0) return 0;
	await tx.rows(
		sql`UPDATE items SET state = r.state, version = r.version
			FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS r (id uuid, state text, version integer) WHERE items.id = r.id`,
	);
	const order = { caseId, action, tier: spreadTier, category: null, decidedBy, issuedAt: at, outbreakId } as const;
	await writeOrders(
		tx,
		changed.map(({ id, version }) => ({ ...order, id: orderId.parse(uuidv7(at.getTime())), itemId: id, version })),
	);
	return changed.length;
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

async function isFoundAmong(tx: Connection, outbreakId: OutbreakId): Promise<boolean> {
	const found = await tx.rows(
		sql`SELECT 1 FROM outbreak_items JOIN verdicts USING (item_id) WHERE outbreak_id = ${outbreakId} AND verdicts.tier <> 'none' LIMIT 1`,
	);
	return found.length > 0;
}
