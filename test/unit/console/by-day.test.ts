import { expect, test } from "@jest/globals";
import { byDay, daysFrom } from "../../../services/console/trends/by-day.ts";

test("a chart has every day up to today, across a month's end, and none after it", () => {
	expect(daysFrom("2026-02-27", Date.parse("2026-03-02T00:00:00Z"))).toEqual([
		...["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"],
	]);
	expect(daysFrom("2026-03-02", Date.parse("2026-03-01T23:59:59Z"))).toEqual([]);
});

test("a day's rows are one value; a day without rows is a gap, and rows of no day belong to none", () => {
	const rows = [
		{ day: "2026-03-01", items: 2 },
		{ day: null, items: 9 },
		{ day: "2026-03-01", items: 3 },
	];
	const sum = (of: typeof rows) => of.reduce((total, { items }) => total + items, 0);
	expect(byDay(["2026-02-28", "2026-03-01"], rows, (of) => sum([...of]))).toEqual([null, 5]);
});
