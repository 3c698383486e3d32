// A file of which a part has not come is never a whole picture, whoever wrote it: the decoder has no word to say about a TIFF that broke off.
import { afterAll, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";

const limits = { maxBytes: 8_000_000, maxPixels: 100_000_000, timeoutMs: 30_000, maxFrames: 8 };
const examiner = createImageExaminer({ workers: 1, modelSize: 224, limits, logger: silentLogger });
afterAll(() => examiner[Symbol.asyncDispose]());
const examine = (bytes: Uint8Array) => examiner.examine(bytes, new AbortController().signal);

const shortType = 3;
const longType = 4;

/** One strip of plain colors, behind the directory that tells of it (TIFF 6.0, section 2). */
async function directoryFirst(picture: Uint8Array): Promise<Buffer> {
	const { data, info } = await sharp(picture).resize(320, 240).raw().toBuffer({ resolveWithObject: true });
	const length = 8 + 2 + 9 * 12 + 4;
	const fields = [
		[256, longType, info.width],
		[257, longType, info.height],
		[258, shortType, 8],
		[259, shortType, 1],
		[262, shortType, 2],
		[273, longType, length],
		[277, shortType, 3],
		[278, longType, info.height],
		[279, longType, data.length],
	] as const;
	const head = Buffer.alloc(length);
	head.write("II*\0", "latin1");
	head.writeUInt32LE(8, 4);
	head.writeUInt16LE(fields.length, 8);
	for (const [index, [tag, type, value]] of fields.entries()) {
		const at = 10 + 12 * index;
		head.writeUInt16LE(tag, at);
		head.writeUInt16LE(type, at + 2);
		head.writeUInt32LE(1, at + 4);
		if (type === shortType) head.writeUInt16LE(value, at + 8);
		else head.writeUInt32LE(value, at + 8);
	}
	return Buffer.concat([head, data]);
}

const asTiff = (compression: "none" | "lzw" | "deflate" | "jpeg") => async (picture: Uint8Array) =>
	await sharp(picture).tiff({ compression, quality: 90 }).toBuffer();

test.each([
	["TIFF", asTiff("none")],
	["TIFF, LZW", asTiff("lzw")],
	["TIFF, deflate", asTiff("deflate")],
	["TIFF, JPEG", asTiff("jpeg")],
	["TIFF whose directory comes first", directoryFirst],
	["PNG", async (picture: Uint8Array) => await sharp(picture).png().toBuffer()],
	["WebP", async (picture: Uint8Array) => await sharp(picture).webp().toBuffer()],
	["GIF", async (picture: Uint8Array) => await sharp(picture).gif().toBuffer()],
	["AVIF", async (picture: Uint8Array) => await sharp(picture).resize(200).avif().toBuffer()],
])("%s", async (_kind, write) => {
	const whole = await write(await drawSample(6));
	expect(await examine(whole)).toMatchObject({ kind: "examined" });
	for (const share of [0.1, 0.3, 0.6, 0.97])
		expect((await examine(whole.subarray(0, Math.floor(whole.length * share)))).kind).toBe("unavailable");
});

test("what has come of a TIFF is matched all the same", async () => {
	const whole = await directoryFirst(await drawSample(6));
	const result = await examine(whole.subarray(0, Math.floor(whole.length * 0.8)));
	expect(result).toMatchObject({ kind: "unavailable", reason: "truncated", mediaType: "image/tiff" });
	expect(result.hashes.pdq).not.toBeNull();
});
