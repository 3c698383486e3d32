// Which pictures stand within a picture's own file, by bytes alone. Whether they are others is asked with their pixels (integration/containers/pictures-within).
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import sharp from "sharp";
import { endOfPicture } from "../../../../services/core/items/picture/picture-end.ts";
import { picturesWithin } from "../../../../services/core/items/picture/pictures-within.ts";
import {
	exifOf,
	jpegWith,
	jpegWithExif,
	pixelsOf,
	pngWith,
	tiffWith,
	webpWith,
} from "../../../support/pictures-within.ts";

const base = sharp({ create: { width: 40, height: 30, channels: 3, background: "#7f9" } });
const [jpeg, png, webp, avif] = await Promise.all([
	base.clone().jpeg().toBuffer(),
	base.clone().png().toBuffer(),
	base.clone().webp().toBuffer(),
	base.clone().avif({ effort: 0 }).toBuffer(),
]);
const small = await base.clone().resize(20, 15).jpeg().toBuffer();
const pixels = await pixelsOf(png);
const foundIn = (file: Uint8Array) => picturesWithin(file).pictures.map(({ cut }) => Buffer.from(cut()));

describe("the picture of EXIF", () => {
	test.each([
		["a JPEG", jpegWithExif(jpeg, exifOf(small))],
		["a PNG", pngWith(png, "eXIf", exifOf(small))],
		["a WebP", webpWith(webp, "EXIF", exifOf(small))],
		["an AVIF", Buffer.concat([avif, Buffer.from([0, 0, 16, 0]), Buffer.from("free"), exifOf(small)])],
	])("is found in %s, byte by byte", (_form, file) => {
		expect(foundIn(file)).toEqual([small]);
	});

	test("is found where its pixels are not compressed, as a file of its own", async () => {
		const [found = Buffer.alloc(0)] = foundIn(jpegWithExif(jpeg, exifOf(pixels)));
		expect(await sharp(found).raw().toBuffer()).toEqual(Buffer.from(pixels.rgb));
	});
});

describe("a JPEG", () => {
	test.each([0xe0, 0xed, 0xef, 0xfe])("that stands in a segment of programs is found (%d)", (code) => {
		expect(foundIn(jpegWith(jpeg, code, Buffer.concat([Buffer.from("8BIM"), small])))).toEqual([small]);
	});

	test("behind another that its directory counts as its own bytes is found as well", () => {
		const file = jpegWithExif(jpeg, exifOf(Buffer.concat([small, jpeg])));
		expect(foundIn(file)).toEqual([Buffer.concat([small, jpeg]), jpeg]);
	});

	test("within one within is that one's, and the picture itself is none", () => {
		expect(foundIn(jpegWithExif(jpeg, exifOf(jpegWithExif(small, exifOf(small)))))).toHaveLength(1);
		expect(foundIn(jpeg)).toEqual([]);
	});
});

describe.each([
	["a TIFF", false],
	["a BigTIFF", true],
])("in %s", (_form, isBig) => {
	test("what its page leads to is found, and the page itself is not", async () => {
		expect(foundIn(tiffWith(pixels, [], isBig))).toEqual([]);
		const other = await pixelsOf(await sharp(png).negate().png().toBuffer());
		const found = foundIn(tiffWith(pixels, [other, pixels], isBig));
		const seen = await Promise.all(found.map((one) => sharp(one).raw().toBuffer()));
		expect(seen.map((one) => [...one.subarray(0, 3)])).toEqual(
			[other, pixels].map(({ rgb }) => [...rgb.subarray(0, 3)]),
		);
	});

	test("the end is where the last of it ends", () => {
		const file = tiffWith(pixels, [pixels], isBig);
		expect(file.length - (endOfPicture(Buffer.concat([file, Buffer.alloc(500)])) ?? 0)).toBeLessThan(8);
		expect(endOfPicture(file.subarray(0, 1_000))).toBeNull();
	});
});

test("of very many there are more than are looked at", () => {
	const many = Buffer.concat(Array.from({ length: 40 }, () => small));
	expect(picturesWithin(pngWith(png, "teSt", many))).toMatchObject({ pictures: { length: 16 }, isMore: true });
	expect(picturesWithin(pngWith(png, "teSt", Buffer.from("\xff\xd8\xff".repeat(2_000), "latin1"))).isMore).toBe(true);
});

test("whatever a file says, nothing beyond it is read, and it comes to an end", () => {
	const beginnings = [
		jpegWithExif(jpeg, exifOf(small)),
		tiffWith(pixels, [pixels]),
		tiffWith(pixels, [pixels], true),
		png,
	];
	fc.assert(
		fc.property(
			fc.constantFrom(...beginnings),
			fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 40 }),
			fc.nat(200),
			(file, changes, cutOff) => {
				const broken = Buffer.from(file.subarray(0, file.length - cutOff));
				// The end of a TIFF is its directories.
				for (const [at, value] of changes) broken[at % 2 === 0 ? at : broken.length - at] = value;
				for (const { cut } of picturesWithin(broken).pictures) expect(cut().length).toBeLessThanOrEqual(broken.length);
			},
		),
	);
});
