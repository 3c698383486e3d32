// A history of the asked size, made by the engine itself in the layout that takedown writes: platforms of unequal size, 2 % of the items found by a
// bank, most of those withheld and decided. Nothing in it is of anybody.
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { folderOf } from "../../../services/core/history/history-batch.ts";
import type { HistoryTable } from "../../../services/core/history/history-tables.ts";
import type { HistoryFile } from "../../../services/core/ports/history-store.ts";

/** Shares of all rows; the rest of a platform is quiet. */
const platforms = { forum: 0.6, chat: 0.3, video: 0.1 } as const;
const foundOneIn = 50;

const item = "'01a20fae-505c-78e3-9cfa-' || printf('%012x', i)";
const at = "(DATE '{day}' + to_milliseconds(CAST(i * 7919 % 86400000 AS BIGINT)))";
const tier = `CASE WHEN i % ${foundOneIn} > 0 THEN 'none' WHEN i % 3 = 0 THEN 'K1' WHEN i % 3 = 1 THEN 'K2' ELSE 'K3' END`;

/** By table: the columns, for item number i; a table but that of the verdicts has rows for what was found. */
const columns = {
	verdicts: `${at} AS happened_at, ${item} AS item_id, CASE WHEN i % 20 = 0 THEN 'media' ELSE 'post' END AS kind, 'public' AS surface, ${tier} AS tier,
		CASE ${tier} WHEN 'none' THEN 'none' WHEN 'K3' THEN 'review' ELSE 'withhold' END AS action, NULL::VARCHAR AS category, false AS is_incomplete,
		CAST(1 AS BIGINT) AS policy_revision, ${at} AS received_at, NULL::VARCHAR AS unexamined`,
	findings: `${at} AS happened_at, ${item} AS item_id, 'hash' AS detector, 'bank:' || (i // ${foundOneIn} % 40) AS source, ${tier} AS alone, ${tier} AS tier, NULL::VARCHAR AS category`,
	decisions: `${at} AS happened_at, ${item} AS case_id, ${item} AS item_id, CASE WHEN i // ${foundOneIn} % 25 = 0 THEN 'restore' ELSE 'remove' END AS decision`,
	orders: `${at} AS happened_at, ${item} AS order_id, ${item} AS item_id, 'withhold' AS action, 'delivered' AS state, ${tier} AS tier, 'machine' AS decided_by,
		CAST(1 AS BIGINT) AS attempts, ${at} AS issued_at, CAST(50 + hash(i) % 900 AS BIGINT) AS waited_ms`,
} as const satisfies Partial<Record<HistoryTable, string>>;

/** Of so many days, the last of them `lastDay`. */
export async function generateHistory(
	folder: string,
	options: { readonly items: number; readonly days: number; readonly lastDay: Date },
) {
	const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "1GiB" });
	const connection = await instance.connect();
	const files: HistoryFile[] = [];
	let from = 0;
	try {
		for (let back = options.days - 1; back >= 0; back -= 1) {
			const day = new Date(options.lastDay.getTime() - back * 86_400_000).toISOString().slice(0, 10);
			for (const [platform, share] of Object.entries(platforms)) {
				const count = Math.round((options.items / options.days) * share);
				for (const table of ["verdicts", "findings", "decisions", "orders"] as const) {
					const key = `${folderOf(table, day, platform)}generated.parquet`;
					const path = join(folder, key);
					await mkdir(dirname(path), { recursive: true });
					const numbers = `range(${from}, ${from + count}) AS numbers (i)${table === "verdicts" ? "" : ` WHERE i % ${foundOneIn} = 0`}`;
					await connection.run(
						`COPY (SELECT ${columns[table].replaceAll("{day}", day)} FROM ${numbers}) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`,
					);
					files.push({ key, table, day, platform, level: 1, rows: count });
				}
				from += count;
			}
		}
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
	return { files, verdicts: from };
}
