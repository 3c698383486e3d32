import { expect, test } from "@jest/globals";
import { collectStills } from "../../../../services/adapters/ffmpeg/collect-stills.ts";

const still = (atMs: number, ...bytes: number[]) => ({
	atMs,
	hash: Uint8Array.from({ length: 32 }, (_, at) => bytes[at] ?? 0),
});

test("stills that differ by a few bits are kept once", () => {
	const stills = collectStills(10);
	for (const one of [still(0), still(1_000, 0b11), still(2_000, 0xff)]) stills.add(one);
	const kept = stills.kept({ durationMs: 3_000, mostMs: Number.POSITIVE_INFINITY });
	expect(kept.map(({ still }) => still.atMs)).toEqual([0, 2_000]);
	expect(stills.seenMs()).toEqual([0, 1_000, 2_000]);
});

test("a still is seen from its first look to the next one of another, each time that it comes back", () => {
	const stills = collectStills(10);
	// In two passes, as they are read.
	for (const one of [still(0), still(4_000, 0xff), still(7_000), still(1_000), still(5_000, 0xff)]) stills.add(one);
	const shownUntil = (mostMs: number) =>
		stills.kept({ durationMs: 9_500, mostMs }).map(({ shown }) => shown.map(({ fromMs, toMs }) => [fromMs, toMs]));
	expect(shownUntil(Number.POSITIVE_INFINITY)).toEqual([
		[
			[0, 4_000],
			[7_000, 9_500],
		],
		[[4_000, 7_000]],
	]);
	// Where frames are missing nobody knows what was there.
	expect(shownUntil(1_000)).toEqual([
		[
			[0, 2_000],
			[7_000, 8_000],
		],
		[[4_000, 6_000]],
	]);
});

test("of more stills than there is room for, those kept are spread from beginning to end", () => {
	const stills = collectStills(10);
	// Five bits of their own each.
	for (let at = 0; at < 40; at += 1) {
		const hash = new Uint8Array(256);
		hash[at] = 0b11111;
		stills.add({ atMs: at * 1_000, hash });
	}
	const kept = stills.kept({ durationMs: 40_000, mostMs: 1_000 }).map(({ still }) => still.atMs);
	expect(kept.length).toBeLessThanOrEqual(10);
	expect(kept.length).toBeGreaterThanOrEqual(5);
	expect(kept[0]).toBe(0);
	expect(kept.at(-1)).toBeGreaterThanOrEqual(30_000);
});

test("of those that were looked at since the last time each is told once, with all the time that it has been seen", () => {
	const stills = collectStills(10);
	const newly = () =>
		stills
			.newly({ durationMs: 0, mostMs: 1_000 })
			.map(({ still: { atMs }, shown }) => [atMs, shown.map(({ fromMs, toMs }) => [fromMs, toMs])]);
	for (const one of [still(0), still(1_000, 0xff), still(2_000, 0xff)]) stills.add(one);
	// How long the last of them lasts is not known yet.
	expect(newly()).toEqual([
		[0, [[0, 1_000]]],
		[1_000, [[1_000, 2_000]]],
	]);
	expect(newly()).toEqual([]);
	for (const one of [still(3_000, 0xff), still(4_000, 0xff, 0xff)]) stills.add(one);
	expect(newly()).toEqual([
		[1_000, [[1_000, 4_000]]],
		[4_000, [[4_000, 4_000]]],
	]);
});
