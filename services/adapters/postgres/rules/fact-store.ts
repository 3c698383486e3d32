// The facts that verdicts recorded. Ids of items begin with the time, so that a time is a range of the primary key.
import { type Sql, sql } from "kysely";
import { z } from "zod";
import { firstIdAt, itemId } from "../../../core/ids.ts";
import type { FactRange, FactStore } from "../../../core/ports/fact-store.ts";
import type { PastFacts } from "../../../core/rules/backtest.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const layoutRow = z.object({ id: column.whole, revision: column.whole, names: column.texts });
/** A page comes as one text: a row of the driver's for each item would cost more than all else. */
const pageRow = z.object({ rows: column.text.nullable() });
const page = z.array(z.tuple([itemId, z.int(), z.array(z.unknown())]));

export function createFactStore(database: Database): FactStore {
	return {
		async declare({ id, revision, names }) {
			const [kept] = await database.rows(
				sql`INSERT INTO fact_layouts (id, revision, names) VALUES (${id}, ${revision}, ${[...names]}::text[])
					ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING id, revision, names`,
				layoutRow,
			);
			if (kept === undefined || kept.names.join() !== names.join())
				throw new Error(`another layout of facts goes by ${id}: one of their names has to change`);
		},
		layouts: () => database.rows(sql`SELECT id, revision, names FROM fact_layouts`, layoutRow),
		async count(range) {
			const [found] = await database.rows(
				sql`SELECT count(*) AS n FROM verdict_facts WHERE ${within(range)}`,
				z.object({ n: column.count }),
			);
			return found?.n ?? 0;
		},
		page(range, after, limit) {
			const isAfter = after === null ? sql`true` : sql`item_id > ${after}::uuid`;
			return read(database, sql`${within(range)} AND ${isAfter} ORDER BY item_id LIMIT ${limit}`);
		},
		of: (ids) => read(database, sql`item_id = ANY (${[...ids]}::uuid[])`),
		async prune(before, limit) {
			const gone = await database.rows(
				sql`DELETE FROM verdict_facts WHERE item_id = ANY (ARRAY(
						SELECT item_id FROM verdict_facts WHERE item_id < ${firstIdAt(before.getTime())}::uuid
							ORDER BY item_id LIMIT ${limit} FOR UPDATE SKIP LOCKED))
					RETURNING 1`,
			);
			return gone.length;
		},
	};
}

async function read(database: Database, which: ReturnType<Sql>): Promise<readonly PastFacts[]> {
	const [found] = await database.rows(
		sql`SELECT '[' || string_agg('["' || item_id || '",' || layout || ',' || facts || ']', ',' ORDER BY item_id) || ']' AS rows
			FROM (SELECT item_id, layout, facts FROM verdict_facts WHERE ${which}) AS page`,
		pageRow,
	);
	return page.parse(JSON.parse(found?.rows ?? "[]")).map(([id, layout, facts]) => ({ itemId: id, layout, facts }));
}

function within({ from, to }: FactRange) {
	return sql`item_id >= ${firstIdAt(from.getTime())}::uuid AND item_id < ${firstIdAt(to.getTime())}::uuid`;
}
