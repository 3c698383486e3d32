import { expect, test } from "@jest/globals";
import { columnsOfCount, countingQuery, countTableNames } from "../../../../services/core/history/history-counts.ts";

test.each(countTableNames)(
	"%s: its query answers its columns, in their order, and after them those that it is kept apart by",
	(table) => {
		const shown = /^SELECT (.*?) FROM rows/.exec(countingQuery(table, "rows", ["day", "platform"]))?.[1] ?? "";
		const names = shown.split(/, (?![^(]*\))/).map((one) => one.split(" AS ").at(-1));
		expect(names).toEqual([...Object.keys(columnsOfCount(table)), "day", "platform"]);
	},
);

test("clusters are counted of items that are in one", () => {
	expect(countingQuery("cluster_days", "rows", [])).toBe(
		"SELECT cluster_id AS cluster_id, COUNT(*) AS items FROM rows WHERE cluster_id IS NOT NULL GROUP BY cluster_id",
	);
});
