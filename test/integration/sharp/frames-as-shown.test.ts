// A known picture that stands in a frame or on a page of a file is found as one that stands alone: in a border, or seen on a dark ground only.
// And a TIFF that the decoder has no pixels of is not taken for a black picture.
import { afterAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import { bitsApart } from "../../../services/core/hashes/bits-apart.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";

const limits = { maxBytes: 20_000_000, maxPixels: 100_000_000, timeoutMs: 60_000, maxFrames: 8 };
const examiner = createImageExaminer({ workers: 1, modelSize: 224, limits, logger: silentLogger });
afterAll(() => examiner[Symbol.asyncDispose]());
const examine = (bytes: Uint8Array) => examiner.examine(bytes, new AbortController().signal);

async function bitsToNearest(bytes: Uint8Array, known: Uint8Array): Promise<number> {
	const alone = await examine(known);
	const found = await examine(bytes);
	if (alone.kind !== "examined" || found.kind !== "examined") throw new Error(`it is ${JSON.stringify(found)}`);
	const hashes = [found.hashes.pdq, ...found.frames].flatMap((one) => [
		...one.dihedral,
		...(one.reframed ?? []).map(({ hash }) => hash),
	]);
	return Math.min(...hashes.map((hash) => bitsApart(hash, alone.hashes.pdq.hash)));
}

const size = { width: 320, height: 240 };
const frame = (seed: number) => drawSample(seed).then((picture) => sharp(picture).resize(size).png().toBuffer());
const bordered = async (picture: Uint8Array) =>
	await sharp(await sharp(picture).resize(220, 140, { fit: "fill" }).toBuffer())
		.extend({ top: 50, bottom: 50, left: 50, right: 50, background: "#303030" })
		.png()
		.toBuffer();
/** White, and the more opaque the brighter: nothing on white, the picture on black. */
async function whiteByAlpha(picture: Uint8Array): Promise<Buffer> {
	const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true });
	const rgba = Buffer.alloc(info.width * info.height * 4, 255);
	for (let at = 0; at < info.width * info.height; at += 1) rgba[at * 4 + 3] = data[at * info.channels] ?? 0;
	return await sharp(rgba, { raw: { width: info.width, height: info.height, channels: 4 } })
		.png()
		.toBuffer();
}

describe.each([
	["an animated WebP", (all: Buffer[]) => sharp(all, { join: { animated: true } }).webp({ lossless: true, loop: 0 })],
	["a GIF", (all: Buffer[]) => sharp(all, { join: { animated: true } }).gif()],
	["a TIFF", (all: Buffer[]) => sharp(all, { join: { animated: true } }).tiff({ compression: "deflate" })],
])("of %s, a known picture is found", (_format, write) => {
	test("in the border that a later frame has", async () => {
		const known = await frame(31);
		const bytes = await write([await frame(32), await frame(33), await bordered(known)]).toBuffer();
		expect(await bitsToNearest(bytes, known)).toBeLessThanOrEqual(31);
	});
});

test("a frame of an animation that shows a picture on dark grounds only is looked up as it is there", async () => {
	const known = await frame(34);
	const clear = await whiteByAlpha(await frame(35));
	const bytes = await sharp([clear, await whiteByAlpha(known)], { join: { animated: true } })
		.webp({ lossless: true })
		.toBuffer();
	expect(await bitsToNearest(bytes, known)).toBeLessThanOrEqual(31);
});

const [shortType, longType] = [3, 4];

/** One strip of pixels, behind the directory that tells of it (TIFF 6.0, section 2). */
function tiffOf(pixels: Buffer, fields: readonly (readonly [tag: number, type: number, value: number])[]): Buffer {
	const all = [
		...fields,
		[273, longType, 8 + 2 + (fields.length + 2) * 12 + 4],
		[279, longType, pixels.length],
	] as const;
	const head = Buffer.alloc(8 + 2 + all.length * 12 + 4);
	head.write("II*\0", "latin1");
	head.writeUInt32LE(8, 4);
	head.writeUInt16LE(all.length, 8);
	for (const [index, [tag, type, value]] of [...all].sort((a, b) => a[0] - b[0]).entries()) {
		const at = 10 + 12 * index;
		head.writeUInt16LE(tag, at);
		head.writeUInt16LE(type, at + 2);
		head.writeUInt32LE(1, at + 4);
		head.writeUInt32LE(value, at + 8);
	}
	return Buffer.concat([head, pixels]);
}

const grey = (width: number, height: number, bits: number) =>
	[
		[256, longType, width],
		[257, longType, height],
		[258, shortType, bits],
		[262, shortType, 1],
		[277, shortType, 1],
		[278, longType, height],
	] as const;

test.each([
	["Zstandard", 50_000],
	["LZMA", 34_925],
	["a compression that nobody has heard of", 61_234],
])("a TIFF in %s could not be decoded, and is no black picture", async (_name, compression) => {
	const bytes = tiffOf(Buffer.alloc(64 * 64, 9), [...grey(64, 64, 8), [259, shortType, compression]]);
	expect(await examine(bytes)).toMatchObject({ kind: "unavailable", reason: "undecodable" });
});

test("a TIFF whose samples are fractions is seen as viewers show it", async () => {
	const known = await sharp(await frame(36))
		.greyscale()
		.png()
		.toBuffer();
	const { data, info } = await sharp(known).raw().toBuffer({ resolveWithObject: true });
	const samples = Float32Array.from(
		{ length: info.width * info.height },
		(_, at) => (data[at * info.channels] ?? 0) / 255,
	);
	const fields = [...grey(info.width, info.height, 32), [259, shortType, 1], [339, shortType, 3]] as const;
	expect(await bitsToNearest(tiffOf(Buffer.from(samples.buffer), fields), known)).toBeLessThanOrEqual(16);
});

test("and a TIFF that is black is black", async () => {
	const bytes = tiffOf(Buffer.alloc(64 * 64), [...grey(64, 64, 8), [259, shortType, 1]]);
	expect(await examine(bytes)).toMatchObject({ kind: "examined", hashes: { pdq: { quality: 0 } } });
});
