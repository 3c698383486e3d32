import { expect, test } from "@jest/globals";
import { findMarks } from "../../../../../services/core/hashes/pdq/find-marks.ts";
import type { LumaPlane } from "../../../../../services/core/hashes/pdq/trim-border.ts";

const [width, height] = [256, 256];

/** A picture without a tone of its own. */
function picture(): LumaPlane {
	const luma = Uint8Array.from(
		{ length: width * height },
		(_, at) => 60 + (((at % width) * 7 + Math.floor(at / width) * 13) % 140),
	);
	return { luma, width, height };
}

function fill(
	{ luma }: LumaPlane,
	bounds: { left: number; top: number; right: number; bottom: number },
	level: number,
): void {
	for (let row = bounds.top; row < bounds.bottom; row += 1)
		luma.fill(level, row * width + bounds.left, row * width + bounds.right);
}

test("a bar with words from side to side", () => {
	const plane = picture();
	const bar = { left: 0, top: 100, right: width, bottom: 122 };
	fill(plane, bar, 10);
	for (let letter = 0; letter < 12; letter += 1)
		fill(plane, { left: 40 + letter * 14, top: 106, right: 46 + letter * 14, bottom: 117 }, 250);
	expect(findMarks(plane)).toEqual([bar]);
});

test.each([
	{ left: 0, top: 0, right: 70, bottom: 20 },
	{ left: 186, top: 0, right: 256, bottom: 20 },
	{ left: 0, top: 230, right: 60, bottom: 256 },
	{ left: 190, top: 230, right: 256, bottom: 256 },
])("a box with words in a corner: %j", (box) => {
	const plane = picture();
	fill(plane, box, 255);
	fill(plane, { left: box.left + 10, top: box.top + 7, right: box.left + 40, bottom: box.top + 13 }, 0);
	expect(findMarks(plane)).toEqual([box]);
});

test("a picture has none, nor has one of a single tone, nor one with a bar that is too high", () => {
	expect(findMarks(picture())).toEqual([]);
	expect(findMarks({ luma: new Uint8Array(width * height).fill(128), width, height })).toEqual([]);
	const plane = picture();
	fill(plane, { left: 0, top: 60, right: width, bottom: 180 }, 10);
	expect(findMarks(plane)).toEqual([]);
});
