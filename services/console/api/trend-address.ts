import type { TrendView } from "../../core/history/trends.ts";
import type { TrendQuery } from "../../core/wire/trend-api.ts";
import { queryOf } from "./query-of.ts";

/** Where review answers one view of the history; as `csv`, the same for a spreadsheet. */
export function trendAddress(
	view: TrendView | `saved/${string}`,
	{ days, platform }: TrendQuery,
	form?: "csv",
): string {
	return `/api/trends/${view}${form === undefined ? "" : `/${form}`}?${queryOf({ days, platform })}`;
}
