// From a video's own three planes to what players show, by what the video says of itself.
import { describe, expect, test } from "@jest/globals";
import { colorsOf, readColors } from "../../../../services/adapters/ffmpeg/decoded-frame.ts";

const pixel = (luma: number, blue: number, red: number) => ({
	...{ luma: Uint8Array.of(luma), blue: Uint8Array.of(blue), red: Uint8Array.of(red) },
	...{ width: 1, height: 1 },
});

describe("what a frame says of its colors", () => {
	test.each([
		[
			"color_range:tv color_space:unknown color_primaries:unknown color_trc:unknown",
			{ matrix: "bt601", isFullRange: false },
		],
		[
			"color_range:pc color_space:bt470bg color_primaries:unknown color_trc:unknown",
			{ matrix: "bt601", isFullRange: true },
		],
		["color_range:tv color_space:bt709 color_primaries:bt709 color_trc:bt709", { matrix: "bt709", isFullRange: false }],
		[
			"color_range:tv color_space:bt2020nc color_primaries:bt2020 color_trc:smpte2084",
			{ matrix: "bt2020", isFullRange: false },
		],
	])("%s", (line, colors) => {
		expect(readColors(`[Parsed_showinfo_3 @ 0x1] [info] ${line}`)).toEqual(colors);
	});

	test("other lines say nothing", () => {
		expect(readColors("[info] Stream #0:0: Video: h264, yuv420p(tv, bt709), 320x240")).toBeNull();
	});
});

/** What the standards give for pure red, green and blue, within what whole numbers round off. */
test.each([
	["bt601", "red", [81, 90, 240], [255, 0, 0]],
	["bt601", "blue", [41, 240, 110], [0, 0, 255]],
	["bt709", "red", [63, 102, 240], [255, 0, 0]],
	["bt709", "green", [173, 42, 26], [0, 255, 0]],
	["bt2020", "blue", [29, 240, 119], [0, 0, 255]],
] as const)("%s %s", (matrix, _, [y, blue, red], rgb) => {
	const shown = [...colorsOf({ ...pixel(y, blue, red), matrix, isFullRange: false }).rgb];
	for (const [at, level] of shown.entries()) expect(Math.abs(level - (rgb[at] ?? 0))).toBeLessThanOrEqual(3);
});

test("black and white reach to the ends, and what has full range already stays", () => {
	const grey = (luma: number, isFullRange: boolean) =>
		colorsOf({ ...pixel(luma, 128, 128), matrix: "bt601", isFullRange }).rgb[0];
	expect([0, 16, 235, 240].map((luma) => grey(luma, false))).toEqual([0, 0, 255, 255]);
	expect([0, 16, 235, 255].map((luma) => grey(luma, true))).toEqual([0, 16, 235, 255]);
});

test("a matrix other than its own can be asked for", () => {
	const red = { ...pixel(63, 102, 240), matrix: "bt709", isFullRange: false } as const;
	expect([...colorsOf(red, "bt601").rgb]).not.toEqual([...colorsOf(red).rgb]);
});
