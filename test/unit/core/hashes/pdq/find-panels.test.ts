import { describe, expect, test } from "@jest/globals";
import { mix32 } from "../../../../../services/core/hashes/mix32.ts";
import { findPanels } from "../../../../../services/core/hashes/pdq/find-panels.ts";
import type { Bounds, LumaPlane } from "../../../../../services/core/hashes/pdq/trim-border.ts";

const width = 320;
const height = 240;
/** Blobs of many sizes, without straight edges, another picture for each seed. */
function texture(seed: number, column: number, row: number): number {
	let level = 128;
	for (let wave = 0; wave < 6; wave += 1) {
		const random = (of: number) => (mix32(seed * 97 + wave * 7 + of) >>> 0) / 2 ** 32;
		level += 22 * Math.sin(column * (random(1) - 0.5) * 0.5 + row * (random(2) - 0.5) * 0.5 + random(3) * 6);
	}
	return Math.max(0, Math.min(255, Math.round(level)));
}
function plane(levelAt: (column: number, row: number) => number): LumaPlane {
	const luma = Uint8Array.from({ length: width * height }, (_, at) => levelAt(at % width, Math.floor(at / width)));
	return { luma, width, height };
}
function isFound(wanted: Bounds, found: readonly Bounds[]): boolean {
	return found.some((one) =>
		(["left", "top", "right", "bottom"] as const).every((side) => Math.abs(one[side] - wanted[side]) <= 2),
	);
}

describe("pictures within a picture are found by their edges", () => {
	test("each of a collage of four", () => {
		const four = findPanels(plane((x, y) => texture(1 + (x < 160 ? 0 : 1) + (y < 120 ? 0 : 2), x, y)));
		for (const left of [0, 160])
			for (const top of [0, 120]) expect(isFound({ left, top, right: left + 160, bottom: top + 120 }, four)).toBe(true);
	});

	test("one laid anywhere over another", () => {
		const inset = { left: 190, top: 30, right: 290, bottom: 110 };
		const isIn = (x: number, y: number) => x >= inset.left && x < inset.right && y >= inset.top && y < inset.bottom;
		expect(isFound(inset, findPanels(plane((x, y) => texture(isIn(x, y) ? 7 : 8, x, y))))).toBe(true);
	});

	test("one across the page between bars with marks on them", () => {
		const isMark = (x: number, y: number) => y > 12 && y < 24 && x > 40 && x < 200 && x % 9 < 5;
		const bar = (x: number, y: number) => (isMark(x, y) ? 20 : 250);
		const page = plane((x, y) => (y < 40 || y >= 200 ? bar(x, y) : texture(9, x, y)));
		expect(isFound({ left: 0, top: 40, right: width, bottom: 200 }, findPanels(page))).toBe(true);
	});

	test("one in the middle of a fill that is hardly apart from it, at the sides, and above and below", () => {
		const isFill = (place: number, length: number) => place < 0.2 * length || place >= 0.8 * length;
		const faint = (x: number, y: number, fill: boolean) => texture(3, x, y) + (fill && (x + y) % 9 < 5 ? 9 : 0);
		const atSides = plane((x, y) => faint(x, y, isFill(x, width)));
		expect(isFound({ left: 64, top: 0, right: 256, bottom: height }, findPanels(atSides))).toBe(true);
		const above = plane((x, y) => faint(x, y, isFill(y, height)));
		expect(isFound({ left: 0, top: 48, right: width, bottom: 192 }, findPanels(above))).toBe(true);
	});

	test("none where all is one tone", () => {
		expect(findPanels(plane(() => 90))).toEqual([]);
	});
});
