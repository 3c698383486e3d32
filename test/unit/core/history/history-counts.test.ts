import { expect, test } from "@jest/globals";
import {
	clusterOfHalves,
	columnsOfCount,
	countingQuery,
	countTableNames,
} from "../../../../services/core/history/history-counts.ts";

test.each(countTableNames)(
	"%s: its query answers its columns, in their order, and after them those that it is kept apart by",
	(table) => {
		const shown = /^SELECT (.*?) FROM rows/.exec(countingQuery(table, "rows", ["day", "platform"]))?.[1] ?? "";
		const names = shown.split(/, (?![^(]*\))/).map((one) => one.split(" AS ").at(-1));
		expect(names).toEqual([...Object.keys(columnsOfCount(table)), "day", "platform"]);
	},
);

test("clusters are counted of items that are in one", () => {
	expect(countingQuery("cluster_days", "rows", [])).toMatch(/ FROM rows WHERE cluster_id IS NOT NULL GROUP BY /);
});

test.each([
	["0", "0", "00000000-0000-0000-0000-000000000000"],
	["-1", "-1", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
	["117392306635307232", "-7134957193832428351", "01a10fae-505c-78e0-9cfb-8a3c1e000cc1"],
] as const)("the cluster of %s and %s is %s", (high, low, id) => {
	expect(clusterOfHalves(high, low)).toBe(id);
});
