// Counts of what was examined lately, in the record: restored with it after a crash, and the same for every process.
import { sql } from "kysely";
import { z } from "zod";
import type { CountedItem, CountStore } from "../../../core/ports/count-store.ts";
import { firstDayRate, type LatelyCounts, type LatelyName, mostCounted } from "../../../core/rules/lately.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { shortKey } from "../connection/short-key.ts";

const countRow = z.object({
	...{ place: column.whole, items5m: column.whole, items1h: column.whole, items1d: column.whole },
	...{ accounts1h: column.whole, accounts1d: column.whole, removed: column.whole },
	...{ age_hours: column.real, withheld: column.whole, restored: column.whole },
});

/** So long an account is known after it was seen last. */
const yearMs = 365 * 86_400_000;

export function createCountStore(database: Database): CountStore {
	return {
		async count(items, asked) {
			const any = (...names: readonly LatelyName[]) => names.some((one) => asked.has(one));
			const ofAccounts = any("account.items5m", "account.items1h", "account.items1d", "account.firstDayRate");
			const ofClusters = any("cluster.accounts1h", "cluster.accounts1d");
			const ofAges = any("account.ageHours", "account.firstDayRate");
			const ofHistory = any("account.restored", "account.withheld");
			const given = JSON.stringify(items.map(toRow));
			// Who asks nothing of accounts does without the second function.
			const accounts =
				ofAges || ofHistory
					? sql`account_lately(${given}::jsonb, ${ofAges}, ${ofHistory}, ${mostCounted})`
					: sql`(SELECT NULL::integer AS place, 0 AS age_hours, 0 AS withheld, 0 AS restored) AS nobody`;
			const rows = await database.rows(
				sql`SELECT place, items5m, items1h, items1d, accounts1h, accounts1d, removed, COALESCE(age_hours, 0)::double precision AS age_hours,
						COALESCE(withheld, 0) AS withheld, COALESCE(restored, 0) AS restored
					FROM count_lately(${given}::jsonb, ${ofAccounts}, ${ofClusters}, ${asked.has("account.removed")}, ${mostCounted}) LEFT JOIN ${accounts} USING (place)`,
				countRow,
			);
			return rows.toSorted((a, b) => a.place - b.place).map((row) => toCounts(row, asked));
		},
		async prune(before, limit) {
			const gone = await database.rows(
				sql`DELETE FROM rule_counts WHERE ctid = ANY (ARRAY(
						SELECT ctid FROM rule_counts WHERE at < ${before} LIMIT ${limit} FOR UPDATE SKIP LOCKED))
					RETURNING 1`,
			);
			await database.rows(
				sql`DELETE FROM rule_accounts WHERE ctid = ANY (ARRAY(
						SELECT ctid FROM rule_accounts WHERE last_on < ${new Date(before.getTime() - yearMs)} LIMIT ${limit} FOR UPDATE SKIP LOCKED))`,
			);
			return gone.length;
		},
	};
}

function toCounts(row: z.infer<typeof countRow>, asked: ReadonlySet<LatelyName>): LatelyCounts {
	return {
		"account.items5m": row.items5m,
		"account.items1h": row.items1h,
		"account.items1d": row.items1d,
		"account.removed": row.removed,
		"account.restored": row.restored,
		"account.withheld": row.withheld,
		"account.ageHours": Math.floor(row.age_hours),
		"account.firstDayRate": asked.has("account.firstDayRate") ? firstDayRate(row.items1d, row.age_hours) : 0,
		"cluster.accounts1h": row.accounts1h,
		"cluster.accounts1d": row.accounts1d,
	};
}

function toRow({ platformId, authorId, cluster, source, eventId, at, accountCreated }: CountedItem, place: number) {
	return {
		...{ place, platform: platformId, author: authorId, at, created: accountCreated },
		account: shortKey("account", platformId, authorId),
		cluster: cluster === null ? null : shortKey("cluster", platformId, cluster),
		item: shortKey("item", source, eventId),
	};
}
