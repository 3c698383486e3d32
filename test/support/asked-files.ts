import type { HistoryTable } from "../../services/core/history/history-tables.ts";
import type { AskedFiles } from "../../services/core/ports/history-engine.ts";

/** Those of the tables that are given, and none of others. */
export function askedFiles(
	rows: Readonly<Partial<Record<HistoryTable, readonly string[]>>>,
	others: Partial<Pick<AskedFiles, "counts" | "uncounted">> = {},
): AskedFiles {
	const none = { verdicts: [], findings: [], decisions: [], orders: [], reports: [] };
	return {
		rows: { ...none, account_orders: [], later_verdicts: [], ...rows },
		counts: { verdict_hours: [], cluster_days: [] },
		uncounted: [],
		...others,
	};
}
