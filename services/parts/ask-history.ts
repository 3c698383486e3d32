// Asks the history one of its questions: the files of the days asked for, the view's query, rows as the view says that they are.
import { readFile } from "node:fs/promises";
import { BreakwaterError } from "../core/errors.ts";
import { type CountTable, countedTable, countTableNames } from "../core/history/history-counts.ts";
import { type HistoryTable, historyTableNames } from "../core/history/history-tables.ts";
import { mostViewRows, type ViewText } from "../core/history/saved-view.ts";
import type { TrendTable } from "../core/history/trend-cells.ts";
import { type TrendRow, type TrendView, trendViews } from "../core/history/trends.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import type { AskedFiles } from "../core/ports/history-engine.ts";
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
	readonly banks: Pick<BankStore, "list">;
	readonly parts: HistoryParts;
	readonly nowMs: number;
}

/** Rejects with `history-unavailable` where the engine cannot answer. */
export async function askHistory<V extends TrendView>(deps: AskDeps, view: V, asked: TrendAsked): Promise<Trend<V>> {
	const { reads, row } = trendViews[view];
	const { fromDay, files } = await filesOf(deps, reads, asked);
	await using engine = await deps.parts.openEngine();
	const found = await engine.ask(await readQuery(view), files);
	// The view's own schema: TypeScript does not follow it through a name that varies.
	const read = found.map((one) => row.parse(one) as TrendRow<V>);
	const rows = view === "sources" ? await withNames(read, deps.banks) : read;
	return { view, fromDay, behind: await behind(deps), rows };
}

/** Banks are known to the history by their ids, and to people by their names. */
async function withNames<R extends object>(rows: readonly R[], banks: AskDeps["banks"]): Promise<readonly R[]> {
	const names = new Map((await banks.list()).map(({ id, name }) => [`bank:${id}`, name]));
	return rows.map((row) => ("source" in row ? { ...row, name: names.get(String(row.source)) ?? null } : row));
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
	deps: Omit<AskDeps, "banks">,
	{ query }: Pick<ViewText, "query">,
	asked: TrendAsked,
): Promise<ViewAnswer> {
	const { fromDay, files } = await filesOf(deps, [...historyTableNames, ...countTableNames], asked);
	await using engine = await deps.parts.openEngine();
	const found = await engine.read(query, files, { rows: mostViewRows, ms: readMs });
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

async function filesOf(
	{ history, nowMs }: Pick<AskDeps, "history" | "nowMs">,
	reads: readonly (HistoryTable | CountTable)[],
	{ days, platform }: TrendAsked,
) {
	const fromDay = new Date(nowMs - (days - 1) * dayMs).toISOString().slice(0, 10);
	const isCount = (table: HistoryTable | CountTable) => countTableNames.some((one) => one === table);
	const tables = historyTableNames.filter(
		(one) => reads.includes(one) || (one === countedTable && reads.some((read) => isCount(read))),
	);
	const found = await history.listFiles({ tables, fromDay, platform });
	const rowsOf = (table: HistoryTable) =>
		reads.includes(table) ? found.filter((one) => one.table === table).map(({ key }) => key) : [];
	const verdicts = reads.some(isCount) ? found.filter(({ table }) => table === countedTable) : [];
	const countsOf = (table: CountTable) =>
		reads.includes(table) ? verdicts.flatMap(({ counts }) => counts?.[table] ?? []) : [];
	const files: AskedFiles = {
		rows: {
			...{ verdicts: rowsOf("verdicts"), findings: rowsOf("findings"), decisions: rowsOf("decisions") },
			...{ orders: rowsOf("orders"), reports: rowsOf("reports"), account_orders: rowsOf("account_orders") },
			later_verdicts: rowsOf("later_verdicts"),
		},
		counts: { verdict_hours: countsOf("verdict_hours"), cluster_days: countsOf("cluster_days") },
		uncounted: verdicts.filter(({ counts }) => counts === null).map(({ key }) => key),
	};
	return { fromDay, files };
}

async function behind({ history }: Pick<AskDeps, "history">): Promise<number> {
	const { numbered, written } = await history.marks();
	return numbered - written;
}

/** Written so that other engines understand them, too. */
function readQuery(view: TrendView): Promise<string> {
	return readFile(fromPackageRoot("services", "parts", "queries", `${view}.sql`), "utf8");
}
