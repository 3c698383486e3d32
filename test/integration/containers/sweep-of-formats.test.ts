// Every form of picture, video, document and archive that is named as read, as people send it who do not want it to be looked at: whole, cut short,
// with something behind it, within every container, under a password, and as two files at once. Whatever it is, the picture in it is found where
// it is, or somebody is told why not. How each form is read in detail is tested beside its reader.
import { readFile } from "node:fs/promises";
import { deflateRawSync, gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import type { Examination } from "../../../services/core/ports/image-examiner.ts";
import { cabOf, type Packed, rarOf, sevenZipOf, tarOf, xzOf, zstandardOf } from "../../support/archives.ts";
import { bitsApart } from "../../support/bits-apart.ts";
import { officeFileOf, pdfOf, zipOf } from "../../support/containers.ts";
import { openExaminers } from "../../support/open-examiners.ts";
import { openClips } from "../../support/video/clips.ts";

const { pictures, examiner } = openExaminers();
const clips = await openClips([3]);
afterAll(() => Promise.all([examiner[Symbol.asyncDispose](), clips[Symbol.asyncDispose]()]));

const signal = new AbortController().signal;
const size = { width: 320, height: 240 };
const shown = sharp(await drawSample(3)).resize({ ...size, fit: "fill" });
const jpeg = await shown.clone().jpeg().toBuffer();
const otherJpeg = await sharp(await drawSample(4))
	.resize({ ...size, fit: "fill" })
	.jpeg()
	.toBuffer();

const pictureForms: Readonly<Record<string, Buffer>> = {
	"a.jpg": jpeg,
	"progressive.jpg": await shown.clone().jpeg({ progressive: true }).toBuffer(),
	"a.png": await shown.clone().png().toBuffer(),
	"interlaced.png": await shown.clone().png({ progressive: true }).toBuffer(),
	"a.gif": await shown.clone().gif().toBuffer(),
	"a.webp": await shown.clone().webp().toBuffer(),
	"lossless.webp": await shown.clone().webp({ lossless: true }).toBuffer(),
	"a.avif": await shown.clone().avif({ effort: 0 }).toBuffer(),
	"a.tif": await shown.clone().tiff({ compression: "lzw" }).toBuffer(),
	"tiled.tif": await shown.clone().tiff({ compression: "deflate", tile: true }).toBuffer(),
};
const h264 = ["-t", "1", "-c:v", "libx264", "-preset", "ultrafast", "-g", "5"];
const vp8 = [
	"-t",
	"1",
	"-r",
	"10",
	"-pix_fmt",
	"yuv420p",
	"-c:v",
	"libvpx",
	"-deadline",
	"realtime",
	"-cpu-used",
	"8",
	"-g",
	"5",
];
const webm = await clips.make("a.mp4,a.webm", [...h264, "a.mp4", ...vp8]);
const repackedNames = ["a.mov", "a.3gp", "a.mkv", "a.ts", "a.avi"];
const repacked = await clips.repackAll(repackedNames, "a.mp4");
const mp4 = await readFile(`${clips.folder}/a.mp4`);
const videoForms: Readonly<Record<string, Buffer>> = {
	...{ "a.mp4": mp4, "a.webm": webm },
	...Object.fromEntries(repackedNames.map((name, at) => [name, repacked[at] ?? Buffer.alloc(0)])),
};
const pdfOfJpeg = (bytes: Uint8Array) => pdfOf([{ jpeg: bytes, ...size }]);
const archives: Readonly<Record<string, (files: readonly Packed[]) => Buffer>> = {
	...{ "a.zip": zipOf, "a.7z": sevenZipOf, "a.rar": (files) => rarOf(files), "a.tar": tarOf, "a.cab": cabOf },
	"zstandard.zip": (files) =>
		zipOf(files.map((file) => ({ ...file, method: 93, pack: (bytes) => zstandardOf(bytes) }))),
	"a.tar.zst": (files) => zstandardOf(tarOf(files)),
	...{ "a.tar.gz": (files) => gzipSync(tarOf(files)), "a.tar.xz": (files) => xzOf(tarOf(files)) },
};
const one = [{ name: "one.jpg", bytes: jpeg }];
const behind = [{ name: "behind.jpg", bytes: jpeg }];
const containerForms: Readonly<Record<string, Buffer>> = {
	...Object.fromEntries(Object.entries(archives).map(([name, pack]) => [name, pack(one)])),
	"a.docx": officeFileOf(one),
	"a.pdf": pdfOfJpeg(jpeg),
};

const known = (await pictures.examine(jpeg, signal)).hashes.pdq?.hash ?? new Uint8Array(32);
/** As near as what a bank's loosest radius finds. */
const nearBits = 31;

/** What comes of a file: where the known picture is in it, and why which of it was not looked at. */
async function comesOf(bytes: Uint8Array) {
	const file: Examination = await examiner.examine(bytes, signal);
	const own = "reason" in file ? file.reason : (file.missing ?? null);
	const all = [{ path: "", ...file, fault: own }, ...(file.members ?? [])];
	const found = all.filter(({ hashes, frames }) =>
		[hashes?.pdq ?? null, ...frames].some((pdq) => pdq !== null && bitsApart(pdq.hash, known) <= nearBits),
	);
	return {
		found: found.map(({ path }) => path),
		faults: all.flatMap(({ path, fault }) => (fault ? [`${path}: ${fault}`] : [])),
	};
}

const rowsOf = (forms: Readonly<Record<string, Buffer>>) => Object.entries(forms);
const cutShort = /: (?:truncated|undecodable|frames-not-read)$/;
const saysWhy = (reason: RegExp) => expect.arrayContaining([expect.stringMatching(reason)]);

describe("a picture", () => {
	test.each(rowsOf(pictureForms))("%s is found, whatever follows it", async (_name, bytes) => {
		expect(await comesOf(bytes)).toEqual({ found: [""], faults: [] });
		expect(await comesOf(Buffer.concat([bytes, Buffer.alloc(3_000, "A")]))).toEqual({ found: [""], faults: [] });
	});

	test.each(rowsOf(pictureForms))("%s that is cut short says so", async (_name, bytes) => {
		for (const share of [0.02, 0.1, 0.4, 0.9])
			expect((await comesOf(bytes.subarray(0, bytes.length * share))).faults).toEqual(saysWhy(cutShort));
	});

	test.each(rowsOf(pictureForms))(
		"%s has an archive and a document behind it read, whole or broken",
		async (_name, bytes) => {
			const { found, faults } = await comesOf(Buffer.concat([bytes, zipOf(behind)]));
			expect({ found, faults }).toEqual({ found: ["", "file 1 behind/behind.jpg"], faults: [] });
			expect((await comesOf(Buffer.concat([bytes, pdfOfJpeg(jpeg)]))).found).toContain("file 1 behind/page 1");
			const broken = Buffer.concat([bytes.subarray(0, bytes.length / 2), zipOf(behind)]);
			expect((await comesOf(broken)).found).toContain("file 1 behind/behind.jpg");
		},
	);
});

describe("a video", () => {
	test.each(rowsOf(videoForms))("%s is found, whatever follows it", async (_name, bytes) => {
		expect(await comesOf(Buffer.concat([bytes, Buffer.alloc(3_000, "A")]))).toEqual({ found: [""], faults: [] });
		const joined = await comesOf(Buffer.concat([bytes, zipOf(behind)]));
		expect(joined).toEqual({ found: ["", "file 1 behind/behind.jpg"], faults: [] });
	});

	test.each(rowsOf(videoForms))("%s that is cut short is found in what there is, or says so", async (_name, bytes) => {
		for (const share of [0.05, 0.6]) {
			const { found, faults } = await comesOf(bytes.subarray(0, bytes.length * share));
			if (found.length === 0) expect(faults).toEqual(saysWhy(cutShort));
		}
	});

	test("that is encrypted within its container goes to people", async () => {
		const locked = Buffer.from(mp4);
		locked.write("encv", locked.indexOf("avc1", locked.indexOf("stsd")), "latin1");
		expect((await comesOf(locked)).faults).toEqual(saysWhy(cutShort));
	});
});

describe("a container", () => {
	test.each(rowsOf(containerForms))("%s is read, whatever follows it", async (name, bytes) => {
		const whole = await comesOf(bytes);
		expect(whole.faults).toEqual([]);
		expect(whole.found).toContain(name === "a.pdf" ? "page 1" : name === "a.docx" ? "word/media/one.jpg" : "one.jpg");
		const { found, faults } = await comesOf(Buffer.concat([bytes, Buffer.alloc(3_000, "A")]));
		if (found.length === 0) expect(faults).toEqual(saysWhy(cutShort));
		else expect({ found, faults }).toEqual(whole);
	});

	test.each(rowsOf(containerForms))("%s that is cut short says so", async (_name, bytes) => {
		expect((await comesOf(bytes.subarray(0, bytes.length * 0.02))).faults).not.toEqual([]);
		for (const share of [0.3, 0.8])
			expect((await comesOf(bytes.subarray(0, bytes.length * share))).faults).toEqual(saysWhy(cutShort));
	});

	test.each(rowsOf(containerForms))("%s with an archive behind it has that read as well", async (_name, bytes) => {
		const { found } = await comesOf(Buffer.concat([bytes, zipOf(behind)]));
		expect(found).toContain("file 1 behind/behind.jpg");
		expect(found.length).toBeGreaterThan(bytes === containerForms["a.tar.xz"] ? 0 : 1);
	});

	const packed = (files: readonly (readonly [string, Buffer])[]) => files.map(([name, bytes]) => ({ name, bytes }));

	test.each(Object.entries(archives))("%s holds pictures of every form", async (_name, pack) => {
		const { found, faults } = await comesOf(pack(packed(rowsOf(pictureForms))));
		expect({ found, faults }).toEqual({ found: Object.keys(pictureForms), faults: [] });
	});

	test("holds documents and archives of every form", async () => {
		const { found, faults } = await comesOf(tarOf(packed(rowsOf(containerForms))));
		expect(faults).toEqual([]);
		for (const name of Object.keys(archives)) expect(found).toContain(`${name}/one.jpg`);
		expect(found).toEqual(expect.arrayContaining(["a.docx/word/media/one.jpg", "a.pdf/page 1"]));
	});

	test("holds videos of every form", async () => {
		const { found, faults } = await comesOf(zipOf(packed(rowsOf(videoForms))));
		expect({ found, faults }).toEqual({ found: Object.keys(videoForms), faults: [] });
	});

	test("that holds broken files beside a whole one costs that one nothing", async () => {
		const broken = [...rowsOf(pictureForms), ...rowsOf(containerForms)].map(([name, bytes]) => ({
			...{ name: `half-${name}`, bytes: bytes.subarray(0, bytes.length * 0.3) },
		}));
		const { found, faults } = await comesOf(tarOf([...broken, ...one]));
		expect(found).toContain("one.jpg");
		for (const { name } of broken) expect(faults.join("\n")).toContain(name);
	});
});

describe("a container of which not all can be read", () => {
	const words = Buffer.from("Một đoạn văn.");
	const rest = (rar: Buffer) => rar.subarray(16);
	const openAndLocked = Buffer.concat([
		rarOf([{ name: "a.txt", bytes: words }]).subarray(0, -8),
		rest(rarOf(one, { isEncrypted: true })),
	]);

	test.each([
		["RAR", openAndLocked],
		["RAR from its first file on", rarOf(one, { isEncrypted: true })],
		[
			"ZIP",
			zipOf([
				{ name: "a.txt", bytes: words },
				{ name: "one.jpg", bytes: jpeg, isEncrypted: true },
			]),
		],
		["PDF", pdfOf([{ jpeg, ...size }], true)],
	])("under a password says so: %s", async (_name, bytes) => {
		expect(await comesOf(bytes)).toEqual({ found: [], faults: saysWhy(/: encrypted$/) });
	});

	test("whose files say of no kind that they are has them read", async () => {
		expect(await comesOf(rarOf([{ name: "a.txt", bytes: words }, ...one], { mode: 0o644 }))).toEqual({
			found: ["one.jpg"],
			faults: [],
		});
	});

	test("that ends as the archive it holds is still itself", async () => {
		const inner = { name: "in.zip", bytes: zipOf([{ name: "other.jpg", bytes: otherJpeg }]) };
		for (const pack of Object.values(archives))
			expect(await comesOf(pack([...one, inner]))).toEqual({ found: ["one.jpg"], faults: [] });
	});

	test("a picture under the name of a link or of a folder is read, or people are told", async () => {
		for (const kind of [0o120_777, 0o040_755]) {
			const disguised = zipOf([
				{ name: "a.txt", bytes: words },
				{ name: "one.jpg", bytes: jpeg },
			]);
			const row = disguised.lastIndexOf("PK\x01\x02", disguised.length, "latin1");
			disguised[row + 5] = 3;
			disguised.writeUInt32LE((kind << 16) >>> 0, row + 38);
			const { found, faults } = await comesOf(disguised);
			expect([...found, ...faults]).not.toEqual([]);
		}
	});
});

describe("what is two files at once", () => {
	test("a ZIP behind a ZIP: both are read", async () => {
		const first = zipOf([{ name: "first.jpg", bytes: jpeg }]);
		expect(await comesOf(Buffer.concat([first, zipOf(behind)]))).toEqual({
			found: ["first.jpg", "file 1 behind/behind.jpg"],
			faults: [],
		});
	});

	test("a document within the first bytes of an archive: both are read", async () => {
		const name = `x${"\n".repeat(20)}`;
		const led = zipOf([{ name, bytes: Buffer.from("a") }, ...one]);
		const note = Buffer.concat([Buffer.from("%PDF-1.7\n"), pdfOfJpeg(jpeg)]);
		const archive = Buffer.concat([led.subarray(0, 30 + name.length), deflateRawSync(Buffer.from("a"))]);
		const { found } = await comesOf(Buffer.concat([archive, note, led]));
		expect(found).toEqual(expect.arrayContaining(["file 1 behind/page 1"]));
	});
});
