// Asks the history one of its questions: the files of the days asked for, the view's query, rows as the view says that they are.
import { readFile } from "node:fs/promises";
import type { HistoryTable } from "../core/history/history-tables.ts";
import { type TrendRow, type TrendView, trendViews } from "../core/history/trends.ts";
import type { PathsByTable } from "../core/ports/history-engine.ts";
import type { HistoryStore } from "../core/ports/history-store.ts";
import { fromPackageRoot } from "../runtime/package-root.ts";
import type { HistoryParts } from "./history.ts";

export interface TrendAsked {
	readonly days: number;
	/** Null: all. */
	readonly platform: string | null;
}

export interface Trend<V extends TrendView> {
	readonly view: V;
	/** YYYY-MM-DD, UTC; up to today. */
	readonly fromDay: string;
	/** Transactions that are in the record and not in the history yet. */
	readonly behind: number;
	readonly rows: readonly TrendRow<V>[];
}

const dayMs = 86_400_000;

/** Rejects with `history-unavailable` where the engine cannot answer. */
export async function askHistory<V extends TrendView>(
	{
		history,
		parts,
		nowMs,
	}: {
		readonly history: Pick<HistoryStore, "listFiles" | "marks">;
		readonly parts: HistoryParts;
		readonly nowMs: number;
	},
	view: V,
	{ days, platform }: TrendAsked,
): Promise<Trend<V>> {
	const { reads: tables, row } = trendViews[view];
	const fromDay = new Date(nowMs - (days - 1) * dayMs).toISOString().slice(0, 10);
	const files = await history.listFiles({ tables, fromDay, platform });
	const located = await Promise.all(
		files.map(async ({ table, key }) => ({ table, path: await parts.files.locate(key) })),
	);
	const of = (table: HistoryTable) => located.flatMap((one) => (one.table === table ? [one.path] : []));
	const paths: PathsByTable = {
		...{ verdicts: of("verdicts"), findings: of("findings"), decisions: of("decisions") },
		...{ orders: of("orders"), reports: of("reports"), account_orders: of("account_orders") },
	};
	await using engine = await parts.engine();
	const found = await engine.ask(await readQuery(view), paths);
	const { numbered, written } = await history.marks();
	// The view's own schema: TypeScript does not follow it through a name that varies.
	const rows = found.map((one) => row.parse(one) as TrendRow<V>);
	return { view, fromDay, behind: numbered - written, rows };
}

/** Written so that other engines understand them, too. */
function readQuery(view: TrendView): Promise<string> {
	return readFile(fromPackageRoot("services", "parts", "queries", `${view}.sql`), "utf8");
}
