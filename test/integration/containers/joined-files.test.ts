// What stands in the file of a picture or a video besides it, in real workers: the film of a moving photograph, archives and documents. Each is examined as a
// file that came by itself, and the picture stays what it is. Which bytes are found is core's (items/picture/files-behind.ts).
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import type { Examination } from "../../../services/core/ports/image-examiner.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { pdfOf, zipOf } from "../../support/containers.ts";
import { openExaminers } from "../../support/open-examiners.ts";

const { pictures, videos, examiner } = openExaminers();
const folder = await mkdtemp(join(tmpdir(), "breakwater-joined-"));
afterAll(async () => {
	await examiner[Symbol.asyncDispose]();
	await rm(folder, { recursive: true });
});

const signal = new AbortController().signal;
const film = await readFile(fromPackageRoot("test", "fixtures", "video", "zoom.mp4"));
const alone = await sharp(await drawSample(3))
	.jpeg()
	.toBuffer();
const other = await sharp(await drawSample(4))
	.png()
	.toBuffer();
const pathsAndFaults = ({ members = [] }: Pick<Examination, "members">) =>
	members.map(({ path, fault }) => [path, fault]);

describe("a picture with other files in its own", () => {
	const joinedWith = async (...behind: readonly Uint8Array[]) => {
		const one = await examiner.examine(Buffer.concat([alone, ...behind]), signal);
		if (one.kind !== "examined") throw new Error(`it is ${one.kind}`);
		return one;
	};
	const samsung = Buffer.from("\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data", "latin1");
	const samsungEnd = Buffer.from("SEFHk\0\0\0\x01\0\0\0\0\0\x30\x0aSEFT", "latin1");

	test.each([
		["behind its pixels", []],
		["where a telephone says whose it is", [samsung, samsungEnd]],
	])("has the film of a moving photograph examined, %s", async (_where, [before, after]) => {
		const one = await joinedWith(before ?? Buffer.alloc(0), film, after ?? Buffer.alloc(0));
		const { hashes } = await videos.examine(film, signal);
		expect(one).toMatchObject({ mediaType: "image/jpeg", missing: null });
		expect(one.members).toMatchObject([{ path: "file 1 behind", mediaType: "video/mp4", fault: null, hashes }]);
		expect((await pictures.examine(alone, signal)).hashes.pdq).toEqual(one.hashes.pdq);
	});

	test("has an archive behind it unpacked, and says what of it nobody could read", async () => {
		const one = await joinedWith(
			zipOf([
				{ name: "a.png", bytes: other },
				{ name: "b", bytes: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0]) },
			]),
		);
		expect(one.missing).toBeNull();
		expect(pathsAndFaults(one)).toEqual([
			["file 1 behind/a.png", null],
			["file 1 behind/b", "not-an-image"],
			["file 1 behind", null],
		]);
	});

	test("has a document that begins within it read as well: it is still the picture that people see", async () => {
		const jpeg = await sharp(other).jpeg().toBuffer();
		const { width, height } = await sharp(jpeg).metadata();
		const note = Buffer.from("\xff\xfe\x00\x0c%PDF-1.7\n ", "latin1");
		const pdf = pdfOf([{ jpeg, width, height }]);
		const one = await examiner.examine(Buffer.concat([alone.subarray(0, 2), note, alone.subarray(2), pdf]), signal);
		expect(one).toMatchObject({ kind: "examined", mediaType: "image/jpeg" });
		expect(pathsAndFaults(one)).toContainEqual(["file 2 behind/page 1/picture 1", null]);
	});

	test("is found in an archive, too, and not past the depth", async () => {
		const moving = Buffer.concat([alone, film]);
		const file = await examiner.examine(zipOf([{ name: "a.jpg", bytes: moving }]), signal);
		expect(pathsAndFaults(file)).toEqual([
			["a.jpg/file 1 behind", null],
			["a.jpg", null],
		]);
		let deep = zipOf([{ name: "a.jpg", bytes: moving }]);
		for (let depth = 0; depth < 2; depth += 1) deep = zipOf([{ name: "in.zip", bytes: deep }]);
		expect(pathsAndFaults(await examiner.examine(deep, signal))).toContainEqual([
			"in.zip/in.zip/a.jpg",
			"members-not-read",
		]);
	});

	test("shows people the picture, and the film by a still", async () => {
		const file = Buffer.concat([alone, film]);
		const [own, still] = (await examiner.takeMembers?.(file, ["the picture", "file 1 behind"], signal)) ?? [];
		expect(own).toEqual(new Uint8Array(file));
		expect(await sharp(still ?? new Uint8Array()).metadata()).toMatchObject({ format: "jpeg" });
	});

	test("has members only where there are some", async () => {
		expect(await examiner.examine(Buffer.concat([alone, Buffer.alloc(4_096)]), signal)).not.toHaveProperty("members");
	});
});

describe("a video with other files in its own", () => {
	const archive = zipOf([{ name: "a.png", bytes: other }]);
	const paths = [
		["file 1 behind/a.png", null],
		["file 1 behind", null],
	];

	test("has them examined, and stays what it is", async () => {
		const one = await examiner.examine(Buffer.concat([film, archive]), signal);
		expect(one).toMatchObject({ kind: "examined", mediaType: "video/mp4", missing: null });
		expect(pathsAndFaults(one)).toEqual(paths);
		expect(one.frames).toEqual((await videos.examine(film, signal)).frames);
	});

	test("has them examined where it is too large for memory, too", async () => {
		const head = Buffer.from("\0\0\0\0free", "latin1");
		head.writeUInt32BE(head.length + archive.length);
		for (const [name, bytes] of [
			["behind.mp4", Buffer.concat([film, archive])],
			["beside.mp4", Buffer.concat([film, head, archive])],
		] as const) {
			const path = join(folder, name);
			await writeFile(path, bytes);
			const video = { path, head: bytes.subarray(0, 64), exact: exactHashes(bytes) };
			const one = await examiner.examineFile?.(video, signal);
			expect(one).toMatchObject({ kind: "examined", durationMs: expect.any(Number) });
			expect(pathsAndFaults(one ?? { members: [] })).toEqual(paths);
		}
		const alone = join(folder, "alone.mp4");
		await writeFile(alone, film);
		const video = { path: alone, head: film.subarray(0, 64), exact: exactHashes(film) };
		expect(await examiner.examineFile?.(video, signal)).not.toHaveProperty("members");
	});
});
