// What comes of archives, Office files and PDFs, in real workers: every picture in them is examined as one that came by itself, under its
// path, and whoever packs more than may be unpacked has it looked at by people. What the examiners of pictures and videos do is theirs.
import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import type { Examination, UnpackedFile } from "../../../services/core/ports/image-examiner.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { bitsApart } from "../../support/bits-apart.ts";
import { officeFileOf, pdfOf, zipOf } from "../../support/containers.ts";
import { containerLimits, openExaminers } from "../../support/open-examiners.ts";
import { docxOf, pdfOfWords } from "../../support/written-documents.ts";

const { pictures, examiner } = openExaminers();
afterAll(() => examiner[Symbol.asyncDispose]());

const signal = new AbortController().signal;
const fixture = (...path: string[]) => readFile(fromPackageRoot("test", "fixtures", ...path));
const alone = await sharp(await drawSample(3))
	.jpeg()
	.toBuffer();
const other = await sharp(await drawSample(4))
	.png()
	.toBuffer();

function unpacked(examination: Examination): UnpackedFile {
	if (examination.kind !== "unpacked") throw new Error(`it is ${examination.kind}`);
	return examination;
}
const unpack = async (bytes: Uint8Array) => unpacked(await examiner.examine(bytes, signal));
const faultsOf = ({ members, missing }: UnpackedFile) => ({
	missing,
	faults: Object.fromEntries(members.flatMap(({ path, fault }) => (fault === null ? [] : [[path, fault]]))),
});
const pathsOf = ({ members }: UnpackedFile) => members.map(({ path }) => path);
const nothingMissing = { missing: null, faults: {} };

async function bitsFrom(picture: Uint8Array, path: string, file: UnpackedFile): Promise<number> {
	const known = await pictures.examine(picture, signal);
	const member = file.members.find((one) => one.path === path);
	return bitsApart(
		known.hashes.pdq?.hash ?? new Uint8Array(32),
		member?.hashes?.pdq?.hash ?? new Uint8Array(32).fill(255),
	);
}

describe("an archive", () => {
	test("has each of its pictures examined as one that came by itself", async () => {
		const file = await unpack(
			zipOf([
				{ name: "ảnh/một.jpg", bytes: alone },
				{ name: "hai.png", bytes: other },
				{ name: "ghi chú.txt", bytes: Buffer.from("Một đoạn văn.") },
			]),
		);
		expect(faultsOf(file)).toEqual(nothingMissing);
		expect(pathsOf(file)).toEqual(["ảnh/một.jpg", "hai.png", "ghi chú.txt"]);
		expect(file.members[0]?.hashes).toMatchObject(exactHashes(alone));
		expect(await bitsFrom(alone, "ảnh/một.jpg", file)).toBe(0);
		expect(await bitsFrom(other, "hai.png", file)).toBe(0);
		expect(file.members.map(({ rasters }) => rasters.length)).toEqual([1, 1, 0]);
	});

	test("of another kind is read as well", async () => {
		const file = await unpack(await fixture("containers", "pictures.7z"));
		expect(faultsOf(file)).toEqual(nothingMissing);
		const square = await fixture("hashing", "published", "square-256x256.jpg");
		expect(await bitsFrom(square, "inner/square.jpg", file)).toBe(0);
	});

	test("has the videos in it examined", async () => {
		const file = await unpack(zipOf([{ name: "clip.mp4", bytes: await fixture("video", "zoom.mp4") }]));
		expect(faultsOf(file)).toEqual(nothingMissing);
		expect(file.members[0]).toMatchObject({ mediaType: "video/mp4" });
		expect(file.members[0]?.frames.length).toBeGreaterThan(0);
	});

	test("within an archive is unpacked, and named with what it is in", async () => {
		const inner = zipOf([{ name: "one.jpg", bytes: alone }]);
		const file = await unpack(zipOf([{ name: "inner.zip", bytes: inner }]));
		expect(faultsOf(file)).toEqual(nothingMissing);
		expect(pathsOf(file)).toEqual(["inner.zip/one.jpg", "inner.zip"]);
		expect(file.members[1]?.hashes).toMatchObject(exactHashes(inner));
	});

	test("goes to people where a password is wanted", async () => {
		const half = await unpack(
			zipOf([
				{ name: "open.jpg", bytes: alone },
				{ name: "locked.jpg", bytes: other, isEncrypted: true },
			]),
		);
		expect(faultsOf(half)).toEqual({ missing: null, faults: { "locked.jpg": "encrypted" } });
		expect(await bitsFrom(alone, "open.jpg", half)).toBe(0);
		expect(faultsOf(await unpack(await fixture("containers", "locked.7z"))).faults).toEqual({
			"inner/square.jpg": "encrypted",
		});
		expect(faultsOf(await unpack(await fixture("containers", "locked-names.7z"))).missing).toBe("encrypted");
	});

	test("that holds what nobody can read goes to people, with the name of it", async () => {
		const file = await unpack(
			zipOf([
				{ name: "program", bytes: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]) },
				{ name: "drawing.svg", bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
				{ name: "mail.eml", bytes: Buffer.from("Subject: a\nContent-Transfer-Encoding: base64\n\nAAAA") },
				{ name: "page.html", bytes: Buffer.from(`<img src="data:image/png;base64,${"A".repeat(64)}">`) },
			]),
		);
		expect(faultsOf(file).faults).toEqual({
			program: "not-an-image",
			"drawing.svg": "undecodable",
			"mail.eml": "embedded-media",
			"page.html": "embedded-media",
		});
	});

	test("that is cut short gives what it holds, and says so", async () => {
		const whole = zipOf([
			{ name: "one.jpg", bytes: alone },
			{ name: "two.png", bytes: other },
		]);
		const file = await unpack(whole.subarray(0, alone.length + 200));
		expect(await bitsFrom(alone, "one.jpg", file)).toBe(0);
		const { missing, faults } = faultsOf(file);
		expect(
			[missing, ...Object.values(faults)].some((reason) => reason === "truncated" || reason === "undecodable"),
		).toBe(true);
	});

	test("shows people the pictures that are asked for", async () => {
		const file = zipOf([
			{ name: "one.jpg", bytes: alone },
			{ name: "clip.mp4", bytes: await fixture("video", "zoom.mp4") },
		]);
		const [picture, still, none] =
			(await examiner.takeMembers?.(file, ["one.jpg", "clip.mp4", "no.jpg"], signal)) ?? [];
		expect(picture).toEqual(new Uint8Array(alone));
		expect(await sharp(still ?? new Uint8Array()).metadata()).toMatchObject({ format: "jpeg" });
		expect(none).toBeNull();
	});
});

describe("an Office file", () => {
	test("is looked at by its pictures; what describes it shows nothing", async () => {
		const file = await unpack(officeFileOf([{ name: "image1.jpeg", bytes: alone }]));
		expect(faultsOf(file)).toEqual(nothingMissing);
		expect(await bitsFrom(alone, "word/media/image1.jpeg", file)).toBe(0);
	});

	test("of the old form goes to people, and under a password says so", async () => {
		const ole = Buffer.alloc(1_024);
		ole.write("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1");
		expect(await examiner.examine(ole, signal)).toMatchObject({ kind: "unavailable", reason: "not-an-image" });
		ole.write("EncryptedPackage", 600, "utf16le");
		expect(await examiner.examine(ole, signal)).toMatchObject({ kind: "unavailable", reason: "encrypted" });
	});
});

describe("words", () => {
	const wordsOf = ({ members }: UnpackedFile) =>
		Object.fromEntries(members.flatMap(({ path, typed }) => (typed === undefined ? [] : [[path, typed]])));
	const sentence = "Sáng nay cả nhà ra vườn hái quả bưởi tím đầu mùa.";

	test("of texts in an archive, and of Office files in it, are there with their tones", async () => {
		const file = await unpack(
			zipOf([
				{ name: "một.txt", bytes: Buffer.from(sentence) },
				{ name: "hai.md", bytes: Buffer.from(`\ufeff# ${sentence}`, "utf16le") },
				{ name: "ba.html", bytes: Buffer.from(`<p>${sentence}</p>`) },
				{ name: "bốn.docx", bytes: docxOf([["Sáng nay cả nhà ra vườn hái qu", "ả bưởi tím đầu mùa."]]) },
				{ name: "năm.jpg", bytes: alone },
			]),
		);
		expect(faultsOf(file)).toEqual(nothingMissing);
		expect(wordsOf(file)).toEqual({
			"một.txt": sentence,
			"hai.md": `# ${sentence}`,
			"ba.html": `<p>${sentence}</p>`,
			"bốn.docx/word/document.xml": sentence,
		});
	});

	test("of a page of a PDF are there beside what it looks like, and where its links lead to", async () => {
		const file = await unpack(pdfOfWords([sentence, "Dòng sau"], { link: "https://links.example/a" }));
		expect(faultsOf(file)).toEqual(nothingMissing);
		expect(wordsOf(file)).toEqual({ "page 1": `${sentence}\nDòng sau\nhttps://links.example/a` });
		expect(file.members[0]?.hashes?.pdq).not.toBeNull();
	});

	test("that cannot be told are said to be unread: a font without letters, a text of another form", async () => {
		const unread = { missing: null, faults: { "page 1": "words-not-read" } };
		expect(faultsOf(await unpack(pdfOfWords([sentence], { isUnmapped: true })))).toEqual(unread);
		const rtf = Buffer.from(String.raw`{\rtf1 b\u432?\u7903?i}`);
		expect(faultsOf(await unpack(zipOf([{ name: "a.rtf", bytes: rtf }]))).faults).toEqual({
			"a.rtf": "words-not-read",
		});
	});

	test("are read up to a limit for the whole file, however many texts there are and however they swell", async () => {
		const texts = Array.from({ length: 5 }, (_, at) => ({
			name: `${at}.txt`,
			bytes: Buffer.from("bưởi ".repeat(1_200)),
		}));
		const many = await unpack(zipOf(texts));
		expect(Object.values(wordsOf(many)).join("")).toHaveLength(containerLimits.letters);
		expect(faultsOf(many).faults).toEqual({ "3.txt": "words-not-read", "4.txt": "words-not-read" });
		const swollen = await unpack(docxOf(Array.from({ length: 300_000 }, () => ["bưởi"])));
		expect(faultsOf(swollen).faults).toEqual({ "word/document.xml": "words-not-read" });
		expect(wordsOf(swollen)["word/document.xml"]).toHaveLength(containerLimits.letters);
	});

	test("written by a million operators on one page are not read, and the page says so", async () => {
		const file = await unpack(pdfOfWords(["a"], { times: 1_000_000 }));
		expect(faultsOf(file)).toEqual({ missing: null, faults: { "page 1": "words-not-read" } });
	}, 60_000);
});

describe("a PDF", () => {
	const size = async (jpeg: Buffer) => {
		const { width, height } = await sharp(jpeg).metadata();
		return { jpeg, width, height };
	};

	test("has its pages examined as they are shown, and the pictures in them byte for byte", async () => {
		const second = await sharp(other).jpeg().toBuffer();
		const file = await unpack(pdfOf([await size(alone), { ...(await size(second)), depth: 2 }]));
		expect(faultsOf(file)).toEqual(nothingMissing);
		expect(pathsOf(file)).toEqual(["page 1", "page 1/picture 1", "page 2", "page 2/picture 1"]);
		expect(file.members[1]?.hashes).toMatchObject(exactHashes(alone));
		expect(file.members[3]?.hashes).toMatchObject(exactHashes(second));
		expect(await bitsFrom(alone, "page 1", file)).toBeLessThanOrEqual(10);
	});

	test("goes to people where a password is wanted, and where it is broken", async () => {
		expect(faultsOf(await unpack(pdfOf([await size(alone)], true))).missing).toBe("encrypted");
		expect(faultsOf(await unpack(Buffer.from("%PDF-1.7\nnothing"))).missing).toBe("undecodable");
	});

	test("of more pages than are looked at says so", async () => {
		const page = await size(await sharp(alone).resize(32, 32).jpeg().toBuffer());
		const file = await unpack(pdfOf(Array.from({ length: 4 }, () => page)));
		expect(file.missing).toBe("members-not-read");
		expect(pathsOf(file)).toContain("page 3/picture 1");
	});
});

describe("a bomb", () => {
	const zeros = (bytes: number) => Buffer.alloc(bytes);

	test.each([
		["of one file that swells", async () => zipOf([{ name: "a", bytes: zeros(60_000_000) }]), "a"],
		["that lies about its size", async () => zipOf([{ name: "a", bytes: zeros(60_000_000), saysBytes: 10 }]), "a"],
		["of another kind", () => fixture("containers", "zeros.7z"), "zeros.bin"],
	])("%s is not unpacked", async (_what, make, name) => {
		const { missing, faults } = faultsOf(await unpack(await make()));
		expect([missing, faults[name]]).toContainEqual(
			expect.stringMatching(/^(too-many-bytes|members-not-read|undecodable)$/),
		);
	});

	test("of many files that swell is unpacked up to a limit", async () => {
		const entries = Array.from({ length: 12 }, (_, at) => ({ name: `${at}`, bytes: zeros(10_000_000) }));
		const { missing } = faultsOf(await unpack(zipOf(entries)));
		expect(missing).toBe("members-not-read");
	});

	test("of archives within archives is unpacked to a depth", async () => {
		let file = zipOf([{ name: "end.jpg", bytes: alone }]);
		for (let depth = 0; depth < 5; depth += 1) file = zipOf([{ name: "in.zip", bytes: file }]);
		expect(faultsOf(await unpack(file)).faults).toEqual({ "in.zip/in.zip/in.zip": "members-not-read" });
	});

	test("of very many members is read up to a limit", async () => {
		const entries = Array.from({ length: 600 }, (_, at) => ({ name: `${at}.txt`, bytes: Buffer.from(`${at}`) }));
		const file = await unpack(zipOf(entries));
		expect(file.missing).toBe("members-not-read");
		expect(file.members).toHaveLength(500);
	});

	test("of very many pictures is looked at up to a limit", async () => {
		const small = await sharp(alone).resize(64, 64).jpeg().toBuffer();
		const entries = Array.from({ length: 300 }, (_, at) => ({ name: `${at}.jpg`, bytes: small }));
		const file = await unpack(zipOf(entries));
		expect(faultsOf(file).faults).toEqual({ "256.jpg": "members-not-read" });
	});
});
