// Pictures within a picture's own file, in real workers: the small one of EXIF, a preview, another directory of a TIFF. What is the picture once more is
// left out; every other one is examined as a member of its own. Where they are found is core's (items/picture/pictures-within.ts).
import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import type { Examination } from "../../../services/core/ports/image-examiner.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { bitsApart } from "../../support/bits-apart.ts";
import { zipOf } from "../../support/containers.ts";
import { openExaminers } from "../../support/open-examiners.ts";
import { exifOf, jpegWithExif, pixelsOf, pngWith, tiffWith, webpWith } from "../../support/pictures-within.ts";

const { pictures, examiner } = openExaminers();
afterAll(() => examiner[Symbol.asyncDispose]());

const signal = new AbortController().signal;
const sample = await drawSample(3);
const own = await sharp(sample).jpeg().toBuffer();
const other = await sharp(await drawSample(4))
	.resize({ width: 320, height: 320, fit: "inside" })
	.jpeg()
	.toBuffer();
const { hash: known } = (await pictures.examine(other, signal)).hashes.pdq ?? { hash: new Uint8Array(32) };
const examine = (bytes: Uint8Array) => examiner.examine(bytes, signal);
const pathsOf = ({ members = [] }: Examination) => members.map(({ path, fault }) => [path, fault]);
const bitsFromKnown = ({ members = [] }: Examination, path: string) =>
	bitsApart(known, members.find((one) => one.path === path)?.hashes?.pdq?.hash ?? known.map((byte) => ~byte));

describe("another picture", () => {
	test.each([
		["the EXIF of a JPEG", async () => jpegWithExif(own, exifOf(other))],
		["the EXIF of a JPEG, uncompressed", async () => jpegWithExif(own, exifOf(await pixelsOf(other, 120)))],
		["the EXIF of a PNG", async () => pngWith(await sharp(sample).png().toBuffer(), "eXIf", exifOf(other))],
		["the EXIF of a WebP", async () => webpWith(await sharp(sample).webp().toBuffer(), "EXIF", exifOf(other))],
		["a chunk of a program's own", async () => pngWith(await sharp(sample).png().toBuffer(), "prVW", other)],
		["what a TIFF's page leads to", async () => tiffWith(await pixelsOf(sample), [await pixelsOf(other)])],
		["what a BigTIFF's page leads to", async () => tiffWith(await pixelsOf(sample), [await pixelsOf(other)], true)],
	])("in %s is examined by itself, and the picture stays what it is", async (_where, make) => {
		const one = await examine(await make());
		expect(one).toMatchObject({ kind: "examined", missing: null });
		expect(pathsOf(one)).toEqual([["picture 1 within", null]]);
		expect(bitsFromKnown(one, "picture 1 within")).toBeLessThanOrEqual(16);
	});

	test("is found in an archive, beside the film of a moving photograph, and shown to people", async () => {
		const film = await readFile(fromPackageRoot("test", "fixtures", "video", "zoom.mp4"));
		const moving = Buffer.concat([jpegWithExif(own, exifOf(other)), film]);
		const file = zipOf([{ name: "a.jpg", bytes: moving }]);
		expect(pathsOf(await examine(moving))).toEqual([
			["picture 1 within", null],
			["file 1 behind", null],
		]);
		const one = await examine(file);
		expect(pathsOf(one).toSorted()).toEqual([
			["a.jpg", null],
			["a.jpg/file 1 behind", null],
			["a.jpg/picture 1 within", null],
		]);
		expect(bitsFromKnown(one, "a.jpg/picture 1 within")).toBe(0);
		const shown = await examiner.takeMembers?.(file, ["a.jpg/picture 1 within"], signal);
		expect(shown).toEqual([new Uint8Array(other)]);
		expect(await examiner.takeMembers?.(moving, ["picture 1 within", "the picture"], signal)).toEqual([
			new Uint8Array(other),
			new Uint8Array(moving),
		]);
	});

	test("within one within is not looked at, and that is said", async () => {
		const deep = jpegWithExif(other, exifOf(await sharp(own).resize(60).jpeg().toBuffer()));
		expect(pathsOf(await examine(jpegWithExif(own, exifOf(deep))))).toEqual([["picture 1 within", "members-not-read"]]);
	});
});

describe("the picture itself once more", () => {
	const small = sharp(sample).resize({ width: 160, height: 160, fit: "inside" });
	const bars = { top: 12, bottom: 12, background: "#000000" } as const;
	test.each([
		["made small", small.clone().jpeg({ quality: 50 })],
		["between bars", small.clone().extend(bars).jpeg()],
		["before it was turned", small.clone().rotate(90).jpeg()],
		["its middle alone", small.clone().resize(90, 90, { fit: "cover" }).jpeg()],
	])("is no member: %s", async (_what, made) => {
		const file = jpegWithExif(own, exifOf(await made.toBuffer()));
		expect(await examine(file)).not.toHaveProperty("members");
	});

	test("is no member of a TIFF either, at half the size and a quarter of it", async () => {
		const half = await Promise.all([80, 40].map((edge) => pixelsOf(sample, edge)));
		expect(await examine(tiffWith(await pixelsOf(sample, 160), half))).not.toHaveProperty("members");
	});

	test("with an eighth of it painted over is another", async () => {
		const patch = await sharp({ create: { width: 40, height: 40, channels: 3, background: "#ff0" } })
			.png()
			.toBuffer();
		const painted = await sharp(await small.clone().png().toBuffer())
			.composite([{ input: patch, left: 10, top: 10 }])
			.jpeg()
			.toBuffer();
		expect(pathsOf(await examine(jpegWithExif(own, exifOf(painted))))).toEqual([["picture 1 within", null]]);
	});
});
