import { describe, expect, test } from "@jest/globals";
import { isScorable } from "../../../../services/core/scoring/input-check.ts";

const size = 8;
const flat = (level: number) => new Uint8Array(size * size * 3).fill(level);

function withPixel(rgb: Uint8Array, at: number, level: number): Uint8Array {
	rgb[at] = level;
	return rgb;
}

describe("whether a model can speak about pixels", () => {
	test("yes, where there is something to see", () => {
		expect(isScorable({ rgb: withPixel(flat(10), 100, 200), size }, size)).toBe(true);
	});

	test.each([0, 1, 128, 255])("not, where every pixel has the level %d", (level) => {
		expect(isScorable({ rgb: flat(level), size }, size)).toBe(false);
	});

	test("not, where one color wavers as recompression makes it waver", () => {
		expect(isScorable({ rgb: withPixel(flat(100), 31, 102), size }, size)).toBe(false);
	});

	test("not, where the colors of the channels differ but none varies", () => {
		const rgb = Uint8Array.from({ length: size * size * 3 }, (_, at) => [250, 3, 90][at % 3] ?? 0);
		expect(isScorable({ rgb, size }, size)).toBe(false);
	});

	test("not, where the size is another", () => {
		const rgb = withPixel(flat(10), 100, 200);
		expect(isScorable({ rgb, size: 4 }, size)).toBe(false);
		expect(isScorable({ rgb: rgb.subarray(3), size }, size)).toBe(false);
	});
});
