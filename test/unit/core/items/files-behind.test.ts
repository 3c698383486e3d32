// Which other files are found in a picture's own, by bytes alone: what readers would find there, and nothing in what pictures have behind them anyway.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import sharp from "sharp";
import { filesBehind } from "../../../../services/core/items/picture/files-behind.ts";
import { fromPackageRoot } from "../../../../services/runtime/package-root.ts";
import { zipOf } from "../../../support/containers.ts";
import { pngWith } from "../../../support/pictures-within.ts";
import { randomFrom } from "../../../support/random-from.ts";

const base = sharp({ create: { width: 40, height: 30, channels: 3, background: "#7f9" } });
const jpeg = await base.clone().jpeg().toBuffer();
const pictures = [
	["JPEG", jpeg],
	["PNG", await base.clone().png().toBuffer()],
	["GIF", await base.clone().gif().toBuffer()],
	["WebP", await base.clone().webp().toBuffer()],
	["AVIF", await base.clone().avif({ effort: 0 }).toBuffer()],
] as const;
const film = await readFile(fromPackageRoot("test", "fixtures", "video", "zoom.mp4"));
const zip = zipOf([{ name: "a.txt", bytes: Buffer.from("một") }]);
const latin1 = (text: string) => Buffer.from(text, "latin1");
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const found = (...parts: readonly Uint8Array[]) => {
	const file = Buffer.concat(parts);
	return filesBehind(file).files.map(({ from, to }) => file.toString("latin1", from, to));
};
const none = { files: [], isMore: false };

describe.each(pictures)("in a %s", (_form, picture) => {
	test("nothing is found behind the picture alone, behind padding, or behind what makers write there", () => {
		const noise = randomFrom(7);
		const notes = Buffer.from(Array.from({ length: 200_000 }, () => Math.floor(noise() * 256)));
		for (const behind of [Buffer.alloc(0), Buffer.alloc(5_000), notes, latin1("SEFHe\0\0\0\x01\0\0\0SEFT")])
			expect(filesBehind(Buffer.concat([picture, behind]))).toEqual(none);
	});

	test.each([
		["a film", film],
		["an archive", zip],
		["a PDF", latin1("%PDF-1.7\n%%EOF")],
		["a gzip", gzipSync("một")],
		["a Zstandard frame", latin1("\x28\xb5\x2f\xfd\x24\x04một")],
		["another picture", pictures[1][1]],
	])("%s behind it is found, whatever stands between", (_what, other) => {
		const between = latin1("MotionPhoto_Data\0\0");
		expect(found(picture, other)).toEqual([textOf(other)]);
		expect(found(picture, between, other)).toEqual([textOf(other)]);
	});
});

describe("in a picture", () => {
	test("the film ends where its boxes end, and what comes after it is found by itself", () => {
		expect(found(jpeg, film, Buffer.alloc(16), zip)).toEqual([film, zip].map(textOf));
	});

	test("an archive ends where it says, and one within it is part of it", () => {
		const outer = zipOf([{ name: "in.zip", bytes: zip }]);
		expect(found(jpeg, outer, film)).toEqual([outer, film].map(textOf));
	});

	test("JPEGs behind it are its own pictures, and nothing is looked for in them", () => {
		const holding = Buffer.concat([jpeg.subarray(0, 2), latin1("\xff\xfe\0\x08PK\x03\x04\0\0"), jpeg.subarray(2)]);
		expect(found(jpeg, holding)).toEqual([]);
		expect(found(jpeg, holding, film)).toEqual([textOf(film)]);
	});

	test("a document and an archive that begin within it are found as their readers find them", () => {
		const comment = (text: Buffer) => {
			const head = latin1("\xff\xfe\0\0");
			head.writeUInt16BE(text.length + 2, 2);
			return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
		};
		const pdf = filesBehind(comment(latin1("%PDF-1.7\n%%EOF")));
		expect(pdf.files).toEqual([{ from: 6, to: expect.any(Number) }]);
		const moved = Buffer.from(zip);
		moved.writeUInt32LE(moved.readUInt32LE(zip.length - 6) + 6, zip.length - 6);
		moved.writeUInt32LE(6, zip.indexOf("PK\x01\x02") + 42);
		expect(filesBehind(comment(moved)).files).toEqual([{ from: 6, to: expect.any(Number) }]);
	});

	test("an archive whose offsets are its own is found where a part of the picture holds it", () => {
		const [, [, png]] = pictures;
		expect(found(pngWith(png, "zzZz", zip))).toEqual([expect.stringContaining(textOf(zip))]);
	});

	test("a JPEG behind what is no JPEG is a file", () => {
		const [, [, png]] = pictures;
		expect(found(png, jpeg)).toEqual([textOf(jpeg)]);
	});

	test("one made to be a tar archive as well is said to hold more than is looked at", () => {
		const both = Buffer.alloc(512);
		jpeg.copy(both, 0, 0, 250);
		both.write("ustar", 257);
		expect(filesBehind(both).isMore).toBe(true);
	});

	test("of very many that begin like files there is more than is looked at", () => {
		expect(filesBehind(Buffer.concat([jpeg, ...Array.from({ length: 50 }, () => zip)])).isMore).toBe(true);
		expect(filesBehind(Buffer.concat([jpeg, latin1("ftyp\0\0\0\0".repeat(2_000))])).isMore).toBe(true);
	});
});

const clips = ["zoom.mp4", "zoom.avi", "zoom-bt709.mkv", "spiral.webm", "both.mp4"];
const clip = (name: string) => readFile(fromPackageRoot("test", "fixtures", "video", name));
/** Packets of a transport stream. */
const transport = Buffer.alloc(188 * 12, 0xff);
for (let at = 0; at < transport.length; at += 188) transport[at] = 0x47;

describe("in a video", () => {
	test.each(clips)("%s nothing is found where nothing is", async (name) => {
		expect(filesBehind(await clip(name))).toEqual(none);
	});

	test.each([...clips, "a transport stream"])("what stands behind %s is found", async (name) => {
		const video = name === "a transport stream" ? transport : await clip(name);
		for (const other of [zip, jpeg, pictures[1][1], latin1("%PDF-1.7\n%%EOF")])
			expect(found(video, Buffer.alloc(40), other)).toEqual([textOf(other)]);
		expect(found(video, film)).toEqual([textOf(film)]);
	});

	test("that does not say where it ends, as browsers record them, the end is that of its last element", () => {
		const element = (id: number[], size: number[], data: Uint8Array) => Buffer.from([...id, ...size, ...data]);
		const unknown = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
		const head = element([0x1a, 0x45, 0xdf, 0xa3], [0x84], latin1("webm"));
		const block = element([0xa3], [0x88], Buffer.alloc(8));
		const cluster = element([0x1f, 0x43, 0xb6, 0x75], unknown, Buffer.concat([block, block]));
		const recorded = Buffer.concat([head, element([0x18, 0x53, 0x80, 0x67], unknown, cluster), cluster]);
		expect(found(recorded)).toEqual([]);
		expect(found(recorded, zip)).toEqual([textOf(zip)]);
	});

	test("a cover and whatever else stands beside its tracks is found", async () => {
		const box = (type: string, data: Uint8Array) => {
			const head = latin1(`\0\0\0\0${type}`);
			head.writeUInt32BE(data.length + 8);
			return Buffer.concat([head, data]);
		};
		expect(found(film, box("udta", box("covr", jpeg)), box("free", zip))).toEqual([textOf(jpeg), textOf(zip)]);
	});

	test("of very many parts there are more than are looked at", () => {
		const parts = Array.from({ length: 11_000 }, () => latin1("\0\0\0\x08free\0\0\0\x08mdat"));
		expect(filesBehind(Buffer.concat([film, ...parts])).isMore).toBe(true);
	});

	test("whatever it says, its search comes to an end", async () => {
		const beginnings = await Promise.all(clips.map(clip));
		fc.assert(
			fc.property(fc.constantFrom(...beginnings), fc.array(fc.tuple(fc.nat(3_000), fc.nat(255))), (file, changes) => {
				const broken = Buffer.from(file);
				for (const [at, value] of changes) broken[at] = value;
				for (const { from, to } of filesBehind(broken).files) expect(to).toBeGreaterThanOrEqual(from);
			}),
			{ numRuns: 50 },
		);
	});
});

test("what is neither picture nor video is not searched", () => {
	expect(filesBehind(Buffer.concat([latin1("Một đoạn văn."), zip]))).toEqual(none);
});
