import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import sharp from "sharp";
import { countTiffPages } from "../../../../services/adapters/sharp/tiff-pages.ts";
import { narrowPng, tiffOfPages } from "../../../support/costly-pictures.ts";

describe("the pages of a TIFF", () => {
	test.each([1, 2, 1_000, 65_535])("are counted: %d", (pages) => {
		expect(countTiffPages(tiffOfPages(pages))).toBe(pages);
	});
	test("are as many as the decoder says", async () => {
		const file = await sharp({ create: { width: 20, height: 20, channels: 3, background: "#456" } })
			.tiff()
			.toBuffer();
		expect(countTiffPages(file)).toBe(1);
	});
	test("are unknown of what is none", () => {
		expect(countTiffPages(narrowPng(3))).toBeNull();
		expect(countTiffPages(new Uint8Array(0))).toBeNull();
	});
	test("come to an end where the chain of them does not", () => {
		const file = tiffOfPages(3);
		// The last page leads to the first.
		file.writeUInt32LE(72, file.length - 4);
		expect(countTiffPages(file)).toBeGreaterThan(3);
	});
	test("are never read beyond the file, whatever it says", () => {
		const header = Buffer.from([0x49, 0x49, 42, 0]);
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => {
				const pages = countTiffPages(Buffer.concat([header, rest]));
				expect(pages === null || pages >= 0).toBe(true);
			}),
		);
	});
});
