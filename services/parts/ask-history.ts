// Asks the history one of its questions: the files of the days asked for, the view's query, rows as the view says that they are.
import { readFile } from "node:fs/promises";
import { BreakwaterError } from "../core/errors.ts";
import { type HistoryTable, historyTableNames } from "../core/history/history-tables.ts";
import { mostViewRows, type ViewText } from "../core/history/saved-view.ts";
import type { TrendTable } from "../core/history/trend-cells.ts";
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

export interface AskDeps {
	readonly history: Pick<HistoryStore, "listFiles" | "marks">;
	readonly parts: HistoryParts;
	readonly nowMs: number;
}

/** Rejects with `history-unavailable` where the engine cannot answer. */
export async function askHistory<V extends TrendView>(deps: AskDeps, view: V, asked: TrendAsked): Promise<Trend<V>> {
	const { reads, row } = trendViews[view];
	const { fromDay, paths } = await pathsOf(deps, reads, asked);
	await using engine = await deps.parts.engine();
	const found = await engine.ask(await readQuery(view), paths);
	// The view's own schema: TypeScript does not follow it through a name that varies.
	const rows = found.map((one) => row.parse(one) as TrendRow<V>);
	return { view, fromDay, behind: await behind(deps), rows };
}

/** What a saved view answers, as plain cells. */
export interface ViewAnswer extends TrendTable {
	/** YYYY-MM-DD, UTC; up to today. */
	readonly fromDay: string;
	readonly behind: number;
}

const readMs = 60_000;

/** Rejects with `rule-broken` where the query cannot be asked, and says why. */
export async function askSavedView(
	deps: AskDeps,
	{ query }: Pick<ViewText, "query">,
	asked: TrendAsked,
): Promise<ViewAnswer> {
	const { fromDay, paths } = await pathsOf(deps, historyTableNames, asked);
	await using engine = await deps.parts.engine();
	const found = await engine.read(query, paths, { rows: mostViewRows, ms: readMs });
	if (found.kind === "refused") throw new BreakwaterError("view-refused", { detail: found.why });
	const cell = (value: unknown) => (value === null || typeof value === "number" ? value : textOf(value));
	return {
		...{ columns: found.columns, rows: found.rows.map((row) => row.map(cell)) },
		...{ fromDay, behind: await behind(deps) },
	};
}

function textOf(value: unknown): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}

async function pathsOf(
	{ history, parts, nowMs }: AskDeps,
	tables: readonly HistoryTable[],
	{ days, platform }: TrendAsked,
) {
	const fromDay = new Date(nowMs - (days - 1) * dayMs).toISOString().slice(0, 10);
	const files = await history.listFiles({ tables, fromDay, platform });
	const located = await Promise.all(
		files.map(async ({ table, key }) => ({ table, path: await parts.files.locate(key) })),
	);
	const of = (table: HistoryTable) => located.flatMap((one) => (one.table === table ? [one.path] : []));
	const paths: PathsByTable = {
		...{ verdicts: of("verdicts"), findings: of("findings"), decisions: of("decisions") },
		...{ orders: of("orders"), reports: of("reports"), account_orders: of("account_orders") },
		later_verdicts: of("later_verdicts"),
	};
	return { fromDay, paths };
}

async function behind({ history }: AskDeps): Promise<number> {
	const { numbered, written } = await history.marks();
	return numbered - written;
}

/** Written so that other engines understand them, too. */
function readQuery(view: TrendView): Promise<string> {
	return readFile(fromPackageRoot("services", "parts", "queries", `${view}.sql`), "utf8");
}
