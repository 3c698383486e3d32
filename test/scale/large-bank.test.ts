// A bank of a million entries in a running detector. What it costs is printed by `npm run bench:live-bank`; here, that it answers.
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Watched, watchLargeBank } from "../load/live-bank/watch-large-bank.ts";

const minute = 60_000;
let watched: Watched;
beforeAll(async () => {
	watched = await watchLargeBank({ entries: 1_000_000, pictures: 60_000, churned: 10_000, say: () => undefined });
}, 14 * minute);

describe("a bank of a million entries in a running detector", () => {
	test("answers for every known picture, and for no unknown one, of 60 k pictures", () => {
		const { early, late, quiet } = watched;
		expect([early, late, quiet].map(({ lookUps }) => lookUps)).toEqual([20_000, 40_000, 5_000]);
		expect([early, late, quiet].map(({ wrong }) => wrong)).toEqual([0, 0, 0]);
	});

	test("goes on answering while 10 k entries are added and removed; each is seen once the record has it", () => {
		const { looked, wrong, slowestSeconds } = watched.churned;
		expect(looked.lookUps).toBeGreaterThan(1_000);
		expect([looked.wrong, wrong]).toEqual([0, 0]);
		// A change that was never seen is given up after ten seconds.
		expect(slowestSeconds).toBeLessThan(5);
		expect(looked.p99Ms).toBeLessThan(250);
		expect(looked.longestPauseMs).toBeLessThan(1_000);
	});

	test("takes no more memory after 60 k pictures than after 20 k", () => {
		expect(watched.late.rssMib / watched.early.rssMib).toBeLessThan(1.1);
	});

	test("is ready soon after a restart, and holds all that changed since", () => {
		const { fromRecord, fromSnapshot, behind } = watched;
		expect(fromSnapshot.sequence).toBe(fromRecord.sequence);
		expect(behind.sequence).toBeGreaterThanOrEqual(fromSnapshot.sequence + behind.changes);
		expect(fromSnapshot.readyMs).toBeLessThan(minute / 2);
	});
});
