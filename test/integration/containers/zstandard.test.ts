// Zstandard in real workers: by itself, around a tar and in a ZIP. However a frame is made, it costs no more than what its limits allow, and what was
// not had of it is said.
import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { tarOf, zstandardOf } from "../../support/archives.ts";
import { zipOf } from "../../support/containers.ts";
import { openExaminers } from "../../support/open-examiners.ts";

const { examiner } = openExaminers();
afterAll(() => examiner[Symbol.asyncDispose]());

const signal = new AbortController().signal;
const picture = await sharp(await drawSample(3))
	.resize(320, 240)
	.jpeg()
	.toBuffer();
const compressed = await readFile(fromPackageRoot("test", "fixtures", "containers", "pictures.tar.zst"));
const zstandardZip = (frame: Uint8Array, bytes: Uint8Array = picture) =>
	zipOf([
		{ name: "one.jpg", bytes, method: 93, pack: () => Buffer.from(frame) },
		{ name: "two.jpg", bytes: picture },
	]);

async function comesOf(bytes: Uint8Array) {
	const file = await examiner.examine(bytes, signal);
	if (file.kind !== "unpacked") throw new Error(`it is ${file.kind}`);
	const members = file.members.map(({ path, fault, hashes }) => [path, fault ?? (hashes?.pdq ? "seen" : null)]);
	return { missing: file.missing, members };
}
const nothing = (missing: string) => ({ missing, members: [] });
const seen = { missing: null, members: [["file 1", "seen"]] };

describe("a file of Zstandard", () => {
	test("around a tar is read as that tar, as its own program compresses it", async () => {
		const file = await examiner.examine(compressed, signal);
		expect(file).toMatchObject({ kind: "unpacked", mediaType: "application/zstd", missing: null });
		const square = await readFile(fromPackageRoot("test", "fixtures", "hashing", "published", "square-256x256.jpg"));
		const found = file.kind === "unpacked" ? file.members : [];
		expect(found).toMatchObject([{ path: "inner/square.jpg", hashes: exactHashes(square) }, { path: "words.txt" }]);
	});

	test("around anything else is that one file, in however many frames, and behind some that are skipped", async () => {
		const skipped = Buffer.from("\x50\x2a\x4d\x18\x03\0\0\0abc", "latin1");
		const halves = [picture.subarray(0, 3_000), picture.subarray(3_000)].map((half) => zstandardOf(half));
		expect(await comesOf(zstandardOf(picture))).toEqual(seen);
		expect(await comesOf(zstandardOf(picture, { says: picture.length }))).toEqual(seen);
		expect(await comesOf(Buffer.concat([skipped, ...halves, skipped]))).toEqual(seen);
	});

	test("that is cut short gives the pieces that are there, and says so", async () => {
		const tar = tarOf([
			{ name: "one.jpg", bytes: picture },
			{ name: "zeros", bytes: Buffer.alloc(300_000) },
		]);
		const cut = zstandardOf(tar).subarray(0, 200_000);
		expect(await comesOf(cut)).toMatchObject({
			missing: "truncated",
			members: [
				["one.jpg", "seen"],
				["zeros", "truncated"],
			],
		});
		const half = await comesOf(compressed.subarray(0, compressed.length * 0.95));
		expect(half).toMatchObject({
			missing: "truncated",
			members: [
				["inner/square.jpg", "seen"],
				["words.txt", "truncated"],
			],
		});
	});

	test("goes to people where it needs a dictionary, is broken, or lies about its size", async () => {
		expect(await comesOf(zstandardOf(picture, { dictionary: 7 }))).toEqual(nothing("undecodable"));
		expect(await comesOf(zstandardOf(picture, { says: 100 }))).toEqual(nothing("undecodable"));
		const broken = Buffer.from(compressed);
		broken.fill(0xa5, 2_000, 2_400);
		expect((await comesOf(broken)).missing).toBe("undecodable");
	});

	test("that asks for a window of a gibibyte gets what its pieces fill, and of more than any reader gives goes to people", async () => {
		expect(await comesOf(zstandardOf(picture, { windowLog: 30 }))).toEqual(seen);
		expect(await comesOf(zstandardOf(picture, { windowLog: 40 }))).toEqual(nothing("undecodable"));
	});

	test("of a million pieces with nothing in them costs little", async () => {
		const frame = zstandardOf(Buffer.alloc(0)).subarray(0, 6);
		const empty = Buffer.concat([frame, Buffer.alloc(3_000_000), Buffer.from([1, 0, 0])]);
		expect(await comesOf(empty)).toEqual(nothing("empty"));
	});

	test("that swells is unpacked up to a limit, and so are very many frames that do", async () => {
		const bomb = zstandardOf(Buffer.alloc(0), { runs: 4_000 });
		expect((await comesOf(bomb)).missing).toBe("members-not-read");
		const frames = Buffer.concat(Array.from({ length: 4_000 }, () => zstandardOf(Buffer.alloc(0), { runs: 1 })));
		expect((await comesOf(frames)).missing).toBe("members-not-read");
		const ofTar = zstandardOf(tarOf([{ name: "one.jpg", bytes: picture }]).subarray(0, -1_024), { runs: 0 });
		expect((await comesOf(Buffer.concat([ofTar, bomb]))).members[0]).toEqual(["one.jpg", "seen"]);
	});
});

describe("a ZIP packed by Zstandard", () => {
	const two = ["two.jpg", "seen"];

	test("is read like any other", async () => {
		expect(await comesOf(zstandardZip(zstandardOf(picture)))).toEqual({
			missing: null,
			members: [["one.jpg", "seen"], two],
		});
	});

	test.each([
		["is not what its sum says", zstandardOf(Buffer.alloc(100)), "undecodable"],
		["needs a dictionary", zstandardOf(picture, { dictionary: 7 }), "undecodable"],
		["swells", zstandardOf(Buffer.alloc(0), { runs: 4_000 }), "too-many-bytes"],
		["is no Zstandard", Buffer.from("not at all"), "undecodable"],
	])("says which of its files %s, and reads the others", async (_what, frame, fault) => {
		expect(await comesOf(zstandardZip(frame))).toEqual({ missing: null, members: [["one.jpg", fault], two] });
	});
});
