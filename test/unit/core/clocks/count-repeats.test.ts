import { expect, test } from "@jest/globals";
import { countRepeats } from "../../../../services/core/clocks/count-repeats.ts";
import type { RepeatProfile } from "../../../../services/core/clocks/profile.ts";
import { readJurisdictions } from "../../../../services/runtime/read-jurisdictions.ts";

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 28);
const law = readJurisdictions()
	.flatMap(({ profiles }) => profiles)
	.find((one): one is RepeatProfile => one.id === "VN-147-REPEAT");
if (law === undefined) throw new Error("VN-147-REPEAT is missing");
const repeats = law;

const daysAgo = (...days: readonly number[]) =>
	days.map((ago, index) => ({ id: `${index}`, atMs: nowMs - ago * dayMs }));
const every = (count: number, days: number) => daysAgo(...Array.from({ length: count }, (_, index) => index * days));
const recommended = (violations: ReturnType<typeof daysAgo>, suspensions = 0) =>
	countRepeats(repeats, violations, { nowMs, suspensions }).recommendation;
const suspend = { kind: "suspend", atLeastDays: 7, atMostDays: 30 };

test("four in 30 days recommend nothing, the fifth a suspension of 7 to 30 days", () => {
	expect(recommended(every(4, 1))).toEqual({ kind: "none" });
	expect(recommended(every(5, 1))).toEqual(suspend);
});

test("five of which the first is 30 days old are four", () => {
	expect(recommended(daysAgo(30, 20, 10, 5, 0))).toEqual({ kind: "none" });
	expect(recommended(daysAgo(29.999, 20, 10, 5, 0))).toEqual(suspend);
});

test("ten in 90 days recommend a suspension where no 30 days have five", () => {
	expect(recommended(every(10, 9))).toEqual(suspend);
	expect(recommended(every(9, 9))).toEqual({ kind: "none" });
});

test("a violation that is told twice counts once", () => {
	const four = every(4, 1);
	expect(recommended([...four, ...four])).toEqual({ kind: "none" });
});

test("after three suspensions the next is for good, and still only recommended", () => {
	expect(recommended(every(5, 1), 2)).toEqual(suspend);
	expect(recommended(every(5, 1), 3)).toEqual({ kind: "suspend-permanently" });
});
