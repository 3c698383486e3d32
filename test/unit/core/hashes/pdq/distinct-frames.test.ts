import { describe, expect, test } from "@jest/globals";
import { collectDistinct, spreadOverTime } from "../../../../../services/core/hashes/pdq/distinct-frames.ts";

/** A hash of which the first `bits` bits are set. */
function hashOf(bits: number): Uint8Array {
	return Uint8Array.from({ length: 32 }, (_, at) => 255 & ~(255 >> Math.max(0, Math.min(8, bits - 8 * at))));
}
const frame = (bits: number, shownMs = 100) => ({ hash: hashOf(bits), shownMs });

describe("of an animation's frames", () => {
	test("those near to one that was kept are not looked up again, wherever they come back", () => {
		const distinct = collectDistinct(10);
		for (const bits of [0, 2, 100, 102, 1, 98]) expect(distinct.add(frame(bits))).toBe(true);
		expect(distinct.kept.map(({ hash }) => hash)).toEqual([hashOf(0), hashOf(100)]);
	});

	test("a slow drift is followed: no frame is far from all that were kept", () => {
		const distinct = collectDistinct(100);
		for (let bits = 0; bits < 200; bits += 1) distinct.add(frame(bits));
		expect(distinct.kept.map(({ hash }) => hash)).toEqual(Array.from({ length: 40 }, (_, at) => hashOf(at * 5)));
	});

	test("one that is new and has no room is said not to have been taken; one that is known already was", () => {
		const distinct = collectDistinct(1);
		expect([distinct.add(frame(0)), distinct.add(frame(1)), distinct.add(frame(50))]).toEqual([true, true, false]);
	});

	test("each has the times at which it, or what is like it, is on show", () => {
		const distinct = collectDistinct(10);
		for (const one of [frame(0, 40), frame(1, 60), frame(50, 1_000), frame(2, 500)]) distinct.add(one);
		expect(distinct.kept.map(({ shown }) => shown)).toEqual([
			[
				{ fromMs: 0, toMs: 100 },
				{ fromMs: 1_100, toMs: 1_600 },
			],
			[{ fromMs: 100, toMs: 1_100 }],
		]);
	});

	test("each is known by when it is first shown, and the whole by how long", () => {
		const distinct = collectDistinct(10);
		for (const one of [frame(0, 40), frame(0, 60), frame(50, 1_000)]) distinct.add(one);
		expect(distinct.kept.map(({ atMs }) => atMs)).toEqual([0, 100]);
		expect(distinct.totalMs).toBe(1_100);
	});
});

describe("a few frames for a model", () => {
	const frames = [0, 10, 20, 30, 40, 50].map((atMs) => ({ atMs }));

	test("are those on show for most of the time, before those that pass in a moment", () => {
		expect(spreadOverTime(frames, 10_000, 1)).toEqual([{ atMs: 50 }]);
		expect(spreadOverTime(frames, 60, 3)).toEqual([{ atMs: 10 }, { atMs: 30 }, { atMs: 50 }]);
	});

	test("are as many as were asked for, if there are so many", () => {
		expect(spreadOverTime(frames, 10_000, 4)).toHaveLength(4);
		expect(spreadOverTime(frames, 10_000, 9)).toEqual(frames);
	});
});
