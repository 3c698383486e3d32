// A history of the asked size, made by the engine itself in the layout that takedown writes, with its counts: platforms of unequal size, 2 % of the items
// found by a bank, most of those withheld and decided, a fifth of them in clusters, half of those in clusters of one or two. Nothing in it is of anybody.
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { folderOf } from "../../../services/core/history/history-batch.ts";
import { countedTable, countTableNames } from "../../../services/core/history/history-counts.ts";
import type { HistoryTable } from "../../../services/core/history/history-tables.ts";
import type { HistoryWriter } from "../../../services/core/ports/history-engine.ts";
import type { CountedFile } from "../../../services/core/ports/history-store.ts";

/** Shares of all rows; the rest of a platform is quiet. */
const platforms = { forum: 0.6, chat: 0.3, video: 0.1 } as const;
const foundOneIn = 50;

const item = "'01a20fae-505c-78e3-9cfa-' || printf('%012x', i)";
const digits = (number: string, from: number, length: number) =>
	`substr(md5(CAST(${number} AS VARCHAR)), ${from}, ${length})`;
const id = (number: string) =>
	`(${digits(number, 1, 8)} || '-' || ${digits(number, 9, 4)} || '-7' || ${digits(number, 14, 3)} || '-9' || ${digits(number, 18, 3)} || '-' || ${digits(number, 21, 12)})`;
/** One in a thousand items has a cluster that grows over all of the time, the earlier ones much more. */
const cluster = `CASE WHEN i % 5 > 0 THEN NULL WHEN i % 2 = 0 THEN ${id("-(i // 15)")} ELSE ${id("CAST({items} / 1000 * pow(hash(i) / 18446744073709551616, 3) AS BIGINT)")} END`;
const at = "(DATE '{day}' + to_milliseconds(CAST(i * 7919 % 86400000 AS BIGINT)))";
const tier = `CASE WHEN i % ${foundOneIn} > 0 THEN 'none' WHEN i % 3 = 0 THEN 'K1' WHEN i % 3 = 1 THEN 'K2' ELSE 'K3' END`;

/** A fifth of what is found is a model's. */
const isOfModel = `i // ${foundOneIn} % 5 = 0`;

/** By table: the columns, for item number i; a table but that of the verdicts has rows for what was found. */
const columns = {
	verdicts: `${at} AS happened_at, ${item} AS item_id, CASE WHEN i % 20 = 0 THEN 'media' ELSE 'post' END AS kind, 'public' AS surface, ${tier} AS tier,
		CASE ${tier} WHEN 'none' THEN 'none' WHEN 'K3' THEN 'review' ELSE 'withhold' END AS action, NULL::VARCHAR AS category, false AS is_incomplete,
		CAST(1 AS BIGINT) AS policy_revision, ${at} AS received_at,
		${cluster} AS cluster_id, NULL::VARCHAR AS unexamined`,
	findings: `${at} AS happened_at, ${item} AS item_id, CASE WHEN ${isOfModel} THEN 'nsfw' ELSE 'hash' END AS detector, CASE WHEN ${isOfModel} THEN 'model:m' ELSE 'bank:' || (i // ${foundOneIn} % 40) END AS source,
		${tier} AS alone, ${tier} AS tier, NULL::VARCHAR AS category, CASE WHEN ${isOfModel} THEN CAST(hash(i) % 1000 AS BIGINT) END AS probability_permille, CASE WHEN ${isOfModel} THEN 'all' END AS curve`,
	later_verdicts: `${at} AS happened_at, ${item} AS item_id, 'post' AS kind, 'public' AS surface, 'sweep' AS occasion, NULL::VARCHAR AS sweep_id, 'none' AS tier_before,
		${tier} AS tier, 'review' AS action, NULL::VARCHAR AS category, CAST(1 AS BIGINT) AS policy_revision, ${at} AS received_at`,
	decisions: `${at} AS happened_at, ${item} AS case_id, ${item} AS item_id, CASE WHEN i // ${foundOneIn} % 25 = 0 THEN 'restore' ELSE 'remove' END AS decision`,
	orders: `${at} AS happened_at, ${item} AS order_id, ${item} AS item_id, 'withhold' AS action, 'delivered' AS state, ${tier} AS tier, 'machine' AS decided_by,
		CAST(1 AS BIGINT) AS attempts, ${at} AS issued_at, CAST(50 + hash(i) % 900 AS BIGINT) AS waited_ms`,
} as const satisfies Partial<Record<HistoryTable, string>>;

/** Of so many days, the last of them `lastDay`. */
export async function generateHistory(
	folder: string,
	options: { readonly items: number; readonly days: number; readonly lastDay: Date; readonly writer: HistoryWriter },
) {
	const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "1GiB" });
	const connection = await instance.connect();
	const files: CountedFile[] = [];
	let countingMs = 0;
	let from = 0;
	try {
		for (let back = options.days - 1; back >= 0; back -= 1) {
			const day = new Date(options.lastDay.getTime() - back * 86_400_000).toISOString().slice(0, 10);
			for (const [platform, share] of Object.entries(platforms)) {
				const count = Math.round((options.items / options.days) * share);
				for (const table of ["verdicts", "findings", "decisions", "orders", "later_verdicts"] as const) {
					const key = `${folderOf(table, day, platform)}generated.parquet`;
					const path = join(folder, key);
					await mkdir(dirname(path), { recursive: true });
					const numbers = `range(${from}, ${from + count}) AS numbers (i)${table === "verdicts" ? "" : ` WHERE i % ${foundOneIn} = 0`}`;
					await connection.run(
						`COPY (SELECT ${columns[table].replaceAll("{day}", day).replaceAll("{items}", String(options.items))} FROM ${numbers}) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`,
					);
					const counts: Record<string, string> = {};
					const startedAt = performance.now();
					for (const of of table === countedTable ? countTableNames : []) {
						const countKey = `${folderOf(of, day, platform)}generated.parquet`;
						await mkdir(dirname(join(folder, countKey)), { recursive: true });
						await options.writer.count(of, path, join(folder, countKey));
						counts[of] = countKey;
					}
					countingMs += performance.now() - startedAt;
					files.push({
						key,
						table,
						day,
						platform,
						level: 1,
						rows: table === countedTable ? count : Math.round(count / foundOneIn),
						counts,
					});
				}
				from += count;
			}
		}
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
	return { files, verdicts: from, countingMs };
}
