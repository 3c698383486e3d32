import { describe, expect, test } from "@jest/globals";
import { estimateCostMs } from "../../../../services/adapters/sharp/estimate-cost.ts";
import type { Header } from "../../../../services/adapters/sharp/read-header.ts";

const limits = { mostPages: 64, mostPixels: 400_000_000 };
const still: Header = {
	...{ width: 960, height: 640, pages: 1, orientation: 1, shownMs: null },
	...{ isProgressive: false, isDeep: false, hasAlpha: false, hasProfile: false, isPlainJpeg: false },
};
const cost = (change: Partial<Header>, type = "image/png") => estimateCostMs({ ...still, ...change }, type, limits);

describe("what a picture will cost, by its header", () => {
	test("is little for the pictures that people take", () => {
		for (const type of ["image/jpeg", "image/png", "image/webp"])
			expect(cost({ width: 4_000, height: 3_000 }, type)).toBeLessThan(1_000);
	});
	test("is much for many rows, however narrow they are", () => {
		expect(cost({ width: 1, height: 90_000_000 })).toBeGreaterThan(15_000);
	});
	test("is much for a page after a thousand others: each is found by way of all before it", () => {
		expect(cost({ width: 8, height: 8, pages: 65_535 }, "image/tiff")).toBeGreaterThan(15_000);
		expect(cost({ width: 8, height: 8, pages: 60 }, "image/tiff")).toBeLessThan(1_000);
	});
	test.each([
		["deep samples", { isDeep: true }],
		["several passes", { isProgressive: true }],
		["transparency, which is looked at on other grounds", { hasAlpha: true }],
		["a profile, which some viewers obey", { hasProfile: true }],
		["more frames", { pages: 100, shownMs: Array.from({ length: 100 }, () => 40) }],
	] as const)("grows with %s", (_what, change) => {
		expect(cost({ width: 4_000, height: 3_000, ...change })).toBeGreaterThan(cost({ width: 4_000, height: 3_000 }));
	});
	test("is that of the dearest format for one that nobody has measured", () => {
		expect(cost({}, "image/new")).toBe(cost({}, "image/avif"));
	});
});
