// Hashes of JPEG files from their luma alone, as the matcher's API makes them, against those from all of their colors. Pictures are
// generated, or published with their hashes.
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "@jest/globals";
import sharp, { type JpegOptions } from "sharp";
import { decodeFrame } from "../../../services/adapters/sharp/decode-frame.ts";
import { decodeLuma } from "../../../services/adapters/sharp/decode-jpeg.ts";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import { readJpegHeader } from "../../../services/adapters/sharp/jpeg-header.ts";
import { toHex } from "../../../services/core/hashes/hash-hex.ts";
import { hashLuma, hashRaster } from "../../../services/core/hashes/pdq/hash-raster.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { bitsApart } from "../../support/bits-apart.ts";

const maxPixels = 4_000_000;
const limits = { maxBytes: 8_000_000, maxPixels, timeoutMs: 30_000, maxFrames: 1 };
const examiner = createImageExaminer({ workers: 1, modelSize: null, limits, logger: silentLogger });
afterAll(() => examiner[Symbol.asyncDispose]());
const examine = (bytes: Uint8Array) => examiner.examine(bytes, new AbortController().signal);

function sizeOf(bytes: Uint8Array) {
	const size = readJpegHeader(bytes);
	if (size === null) throw new Error("not a JPEG");
	return size;
}
function fromLuma(bytes: Uint8Array) {
	const luma = decodeLuma(bytes, sizeOf(bytes));
	if (luma === null) throw new Error("the luma alone was not decoded");
	return hashLuma(luma);
}
async function fromColors(bytes: Uint8Array) {
	const frame = await decodeFrame(bytes, 0, sizeOf(bytes), { maxPixels, deadline: performance.now() + 20_000 });
	if (frame.kind !== "decoded") throw new Error(`the picture is ${frame.kind}`);
	return hashRaster(frame.raster);
}
async function differ(bytes: Uint8Array): Promise<number> {
	return bitsApart(fromLuma(bytes).hash, (await fromColors(bytes)).hash);
}
const sample = async (seed: number, width: number, height: number, options: JpegOptions = {}) =>
	sharp(await drawSample(seed))
		.resize(width, height, { fit: "fill" })
		.jpeg({ quality: 85, ...options })
		.toBuffer();

const folder = "test/fixtures/hashing/published";
const published: Readonly<Record<string, string>> = JSON.parse(
	readFileSync(fromPackageRoot(folder, "hashes.json"), "utf8"),
);

describe("the luma alone makes", () => {
	const withoutProfile = Object.entries(published).filter(
		([name]) => !sizeOf(readFileSync(fromPackageRoot(folder, name))).hasProfile,
	);
	test.each(withoutProfile)("of %s its published hash, and that of all colors", async (name, listed) => {
		const bytes = readFileSync(fromPackageRoot(folder, name));
		expect(bitsApart(fromLuma(bytes).hash, Buffer.from(listed, "hex"))).toBeLessThanOrEqual(10);
		expect(await differ(bytes)).toBeLessThanOrEqual(4);
	});

	const kinds: readonly [string, number, number, JpegOptions][] = [
		["hashed as it is", 480, 320, {}],
		["shrunk", 1_600, 1_004, {}],
		["shrunk a little", 600, 520, {}],
		["shrunk along one side", 1_300, 300, {}],
		["with full chroma", 1_200, 900, { chromaSubsampling: "4:4:4" }],
		["progressive", 1_200, 900, { progressive: true }],
	];
	test.each(kinds)("nearly the hash of all colors of a picture %s", async (_what, width, height, options) => {
		const apart = await Promise.all(
			Array.from({ length: 8 }, async (_, seed) => differ(await sample(seed, width, height, options))),
		);
		expect(Math.max(...apart)).toBeLessThanOrEqual(8);
	});

	test("nearly the hash of all colors of a grey picture", async () => {
		const grey = sharp(await drawSample(9)).greyscale();
		expect(await differ(await grey.jpeg().toBuffer())).toBeLessThanOrEqual(8);
	});
});

describe("the luma alone is not decoded, and all of the decoder is asked,", () => {
	test.each(["baseline", "progressive"])("where a %s file is cut short, by however little", async (kind) => {
		const bytes = await sample(10, 640, 480, { progressive: kind === "progressive" });
		const size = sizeOf(bytes);
		for (const cut of [1, 2, 10, 100, 1_000, 10_000]) {
			expect(decodeLuma(bytes.subarray(0, bytes.length - cut), size)).toBeNull();
		}
		expect(await examine(bytes.subarray(0, bytes.length - 10_000))).toMatchObject({
			kind: "unavailable",
			reason: "truncated",
		});
	});

	test("where the file is CMYK; it is hashed all the same", async () => {
		const bytes = await sharp(await drawSample(11))
			.toColourspace("cmyk")
			.jpeg()
			.toBuffer();
		expect(decodeLuma(bytes, sizeOf(bytes))).toBeNull();
		expect((await examine(bytes)).kind).toBe("examined");
	});

	test("where a profile is embedded: the file has one hash, whoever asks for it", async () => {
		const wide = await sharp(await drawSample(9))
			.withIccProfile("p3")
			.jpeg()
			.toBuffer();
		expect(decodeLuma(wide, sizeOf(wide))).toBeNull();
		const result = await examine(wide);
		if (result.kind !== "examined") throw new Error(`unavailable: ${result.reason}`);
		expect(toHex(result.hashes.pdq.hash)).toBe(toHex((await fromColors(wide)).hash));
	});

	test("where the picture is larger or smaller than its header was taken to say", async () => {
		const bytes = await sample(12, 640, 480);
		const header = sizeOf(bytes);
		expect(decodeLuma(bytes, { ...header, width: 639 })).toBeNull();
		expect(decodeLuma(bytes, { ...header, width: 641 })).toBeNull();
		expect(decodeLuma(bytes, { ...header, width: 480, height: 640 })).toBeNull();
	});

	test("where the data are not a picture's", () => {
		expect(decodeLuma(Buffer.alloc(1_000, 7), { width: 64, height: 64, hasProfile: false })).toBeNull();
	});
});

test("a JPEG of more pixels than allowed is refused before it is decoded", async () => {
	const bytes = await sharp({ create: { width: 2_100, height: 2_000, channels: 3, background: "#369" } })
		.jpeg()
		.toBuffer();
	expect(await examine(bytes)).toMatchObject({ kind: "unavailable", reason: "too-many-pixels" });
});

test("a picture of which only hashes are wanted is hashed from its luma, as the file is, with its exact hashes", async () => {
	const bytes = await sample(13, 1_600, 1_004);
	const result = await examine(bytes);
	if (result.kind !== "examined") throw new Error(`unavailable: ${result.reason}`);
	expect(result).toMatchObject({ mediaType: "image/jpeg", width: 1_600, height: 1_004, frameCount: 1, rasters: [] });
	expect(toHex(result.hashes.pdq.hash)).toBe(toHex(fromLuma(bytes).hash));
	expect(result.hashes.md5).toHaveLength(16);
});
