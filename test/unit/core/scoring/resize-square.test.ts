import { describe, expect, test } from "@jest/globals";
import { resizeSquare } from "../../../../services/core/scoring/resize-square.ts";

const grey = (...levels: number[]) => Uint8Array.from(levels.flatMap((level) => [level, level, level]));
const red = (rgb: Uint8Array) => [...rgb].filter((_, at) => at % 3 === 0);

describe("bringing pixels to another square", () => {
	test("leaves one color one color", () => {
		expect(resizeSquare(grey(9, 9, 9, 9), 2, 5)).toEqual(new Uint8Array(75).fill(9));
	});

	test("hands the same pixels back where the size is right", () => {
		const rgb = grey(1, 2, 3, 4);
		expect(resizeSquare(rgb, 2, 2)).toBe(rgb);
	});

	test("puts new pixels between the old ones", () => {
		const rgb = grey(0, 100, 0, 100);
		expect(red(resizeSquare(rgb, 2, 4)).slice(0, 4)).toEqual([0, 25, 75, 100]);
	});

	test("keeps the channels apart", () => {
		const rgb = Uint8Array.from([10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30]);
		expect([...resizeSquare(rgb, 2, 3)].slice(0, 3)).toEqual([10, 20, 30]);
	});
});
