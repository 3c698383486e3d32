// Counts of what was examined lately, in the record: restored with it after a crash, and the same for every process.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import type { CountedItem, CountStore } from "../../../core/ports/count-store.ts";
import { type LatelyCounts, mostCounted } from "../../../core/rules/lately.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const countRow = z.object({
	...{ place: column.whole, items5m: column.whole, items1h: column.whole, items1d: column.whole },
	...{ accounts1h: column.whole, accounts1d: column.whole, removed: column.whole },
});

export function createCountStore(database: Database): CountStore {
	return {
		async count(items, asked) {
			const ofAccounts = (["account.items5m", "account.items1h", "account.items1d"] as const).some((one) =>
				asked.has(one),
			);
			const ofClusters = asked.has("cluster.accounts1h") || asked.has("cluster.accounts1d");
			const rows = await database.rows(
				sql`SELECT * FROM count_lately(${JSON.stringify(items.map(toRow))}::jsonb, ${ofAccounts}, ${ofClusters}, ${asked.has("account.removed")}, ${mostCounted})`,
				countRow,
			);
			return rows
				.toSorted((a, b) => a.place - b.place)
				.map(
					(row): LatelyCounts => ({
						"account.items5m": row.items5m,
						"account.items1h": row.items1h,
						"account.items1d": row.items1d,
						"account.removed": row.removed,
						"cluster.accounts1h": row.accounts1h,
						"cluster.accounts1d": row.accounts1d,
					}),
				);
		},
		async prune(before, limit) {
			const gone = await database.rows(
				sql`DELETE FROM rule_counts WHERE ctid = ANY (ARRAY(
						SELECT ctid FROM rule_counts WHERE at < ${before} LIMIT ${limit} FOR UPDATE SKIP LOCKED))
					RETURNING 1`,
			);
			return gone.length;
		},
	};
}

function toRow({ platformId, authorId, cluster, source, eventId, at }: CountedItem, place: number) {
	return {
		...{ place, platform: platformId, author: authorId, at },
		account: keyOf("account", platformId, authorId),
		cluster: cluster === null ? null : keyOf("cluster", platformId, cluster),
		item: keyOf("item", source, eventId),
	};
}

/** As JSON, in which no two lists of names look alike. */
function keyOf(...names: readonly string[]): string {
	return createHash("sha256").update(JSON.stringify(names)).digest("hex").slice(0, 32);
}
