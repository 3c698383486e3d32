import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type EntryActivity, defaultSurgeRule as rule, surgeOf } from "../../../../services/core/banks/entry-surge.ts";

const weekMs = 7 * 24 * 60 * 60_000;
const activity = (change: Partial<EntryActivity>): EntryActivity => ({
	recentHits: 200,
	recentAccounts: 100,
	earlierHits: 0,
	earlierMs: weekMs,
	isVouchedFor: false,
	...change,
});

describe("an entry goes into quarantine", () => {
	test("when, quiet until now, it matches much from many accounts", () => {
		expect(surgeOf(activity({}), rule)).toEqual({ code: "surge", hits: 200, accounts: 100, minutes: 20, usualHits: 0 });
	});
	test("when it is new and matches much at once: it has no past that explains it", () => {
		expect(surgeOf(activity({ earlierMs: 0 }), rule)).not.toBeNull();
	});
	test("when it matches ten times its own usual, however much that is", () => {
		// A week has 504 windows of twenty minutes: 20 are usual in each.
		expect(surgeOf(activity({ earlierHits: 20 * 504, recentHits: 200 }), rule)).not.toBeNull();
	});
});

describe("an entry stays trusted", () => {
	test.each([
		["while it matches little", { recentHits: 49 }],
		["while one account, or a few, post it again and again", { recentHits: 10_000, recentAccounts: 19 }],
		["while it matches as much as it always did", { earlierHits: 50 * 504, recentHits: 200 }],
		["once people have confirmed it", { isVouchedFor: true, recentHits: 100_000 }],
	])("%s", (_what, change) => {
		expect(surgeOf(activity(change), rule)).toBeNull();
	});
	test("more matches never make it less suspicious", () => {
		fc.assert(
			fc.property(fc.nat(5_000), fc.nat(5_000), fc.nat(100_000), (hits, more, earlierHits) => {
				const of = (recentHits: number) => surgeOf(activity({ recentHits, earlierHits }), rule) !== null;
				expect(of(hits) && !of(hits + more)).toBe(false);
			}),
		);
	});
});
