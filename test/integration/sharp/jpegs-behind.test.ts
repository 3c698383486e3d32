// Pictures that stand in a JPEG behind the first one (multi-picture files, gain maps, what somebody put there): no viewer shows them at
// once, and everybody who has the file has them.
import { afterAll, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import { jpegsBehind } from "../../../services/adapters/sharp/jpegs-behind.ts";
import { bitsApart } from "../../../services/core/hashes/bits-apart.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";

const limits = { maxBytes: 8_000_000, maxPixels: 100_000_000, timeoutMs: 30_000, maxFrames: 8 };
const examiner = createImageExaminer({ workers: 1, modelSize: 224, limits, logger: silentLogger });
afterAll(() => examiner[Symbol.asyncDispose]());

const examine = (bytes: Uint8Array) => examiner.examine(bytes, new AbortController().signal);
const hashOf = async (bytes: Uint8Array) => {
	const one = await examine(bytes);
	if (one.kind !== "examined") throw new Error("a sample is examined");
	return one.hashes.pdq.hash;
};

const progressive = async (picture: Uint8Array) => await sharp(picture).jpeg({ progressive: true }).toBuffer();
const withProfile = async (picture: Uint8Array) => await sharp(picture).withIccProfile("p3").jpeg().toBuffer();
const withThumbnail = async (picture: Uint8Array) => {
	const exif = Buffer.concat([Buffer.from("Exif\0\0"), await sharp(picture).resize(160).jpeg().toBuffer()]);
	const length = Buffer.alloc(2);
	length.writeUInt16BE(exif.length + 2);
	return Buffer.concat([picture.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, exif, picture.subarray(2)]);
};
const asIs = async (picture: Uint8Array) => picture;

test.each([
	["as they are", asIs],
	["stored in passes", progressive],
	["with a profile", withProfile],
	["with a thumbnail in its own segments", withThumbnail],
])("are looked up and seen by the model, each as if it stood alone: behind one %s", async (_how, write) => {
	const [first, second, third] = [await drawSample(81), await drawSample(82), await drawSample(83)];
	const bytes = Buffer.concat([await write(first), await write(second), Buffer.from("between"), third]);
	const result = await examine(bytes);
	if (result.kind !== "examined") throw new Error(`it is ${JSON.stringify(result.kind)}`);
	expect(result.rasters).toHaveLength(3);
	const found = [result.hashes.pdq, ...result.frames].map(({ hash }) => hash);
	for (const picture of [first, second, third]) {
		const alone = await hashOf(picture);
		expect(Math.min(...found.map((hash) => bitsApart(hash, alone)))).toBeLessThanOrEqual(16);
	}
});

test("one of the same picture, as many cameras write it for their screens, is one with it", async () => {
	const picture = await drawSample(84);
	const result = await examine(Buffer.concat([picture, await sharp(picture).resize(480).jpeg().toBuffer()]));
	expect(result.kind === "examined" && [result.frames.length, result.rasters.length]).toEqual([0, 1]);
});

test("one that breaks off says so, and what begins like one by chance says nothing", async () => {
	const [first, second] = [await drawSample(85), await drawSample(86)];
	const cut = await examine(Buffer.concat([first, second.subarray(0, second.length / 2)]));
	expect(cut).toMatchObject({ kind: "unavailable", reason: "truncated" });
	const chance = Buffer.concat([first, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x12, 0x34, 0x00]), Buffer.alloc(100, 7)]);
	expect(await examine(chance)).toMatchObject({ kind: "examined", frames: [] });
});

test("more than are looked at are said not to have been read", async () => {
	const [first, small] = [
		await drawSample(87),
		await sharp(await drawSample(88))
			.resize(64)
			.jpeg()
			.toBuffer(),
	];
	const many = await examine(Buffer.concat([first, ...Array.from({ length: 70 }, () => small)]));
	expect(many).toMatchObject({ kind: "unavailable", reason: "frames-not-read" });
	const beginnings = Buffer.alloc(9_000, Buffer.from([0xff, 0xd8, 0xff]));
	expect(jpegsBehind(Buffer.concat([first, beginnings]), 64).isMore).toBe(true);
});

test("what is no JPEG, or breaks off itself, has none behind it", async () => {
	const picture = await drawSample(89);
	expect(jpegsBehind(new Uint8Array(0), 64)).toEqual({ jpegs: [], isMore: false });
	expect(jpegsBehind(picture.subarray(0, picture.length / 2), 64)).toEqual({ jpegs: [], isMore: false });
	expect(jpegsBehind(picture, 64)).toEqual({ jpegs: [], isMore: false });
});
