// Uploads in parts over real HTTP, by the client that the protocol's makers keep: what was interrupted goes on where it was, in a new process, too,
// and becomes what an upload in one piece becomes. What detectors make of it is e2e's to show.
import { createHash, randomBytes } from "node:crypto";
import { readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Upload, type UploadOptions } from "tus-js-client";
import { parseItemEvent } from "../../../services/core/wire/parse-item-event.ts";
import { type IntakeFixture, maxMediaBytes, openIntake } from "./intake-fixture.ts";

let intake: IntakeFixture;
beforeAll(async () => {
	intake = await openIntake();
});
afterAll(async () => {
	await intake[Symbol.asyncDispose]();
});
beforeEach(() => {
	intake.published.length = 0;
	intake.stream = "takes";
});

const bytes = randomBytes(300_000);
const metadata = { id: "video-1", authorId: "author-1", surface: "public", filetype: "video/mp4" };
const endpoint = () => `${intake.url}/v1/uploads`;
const authorized = () => ({ authorization: `Bearer ${intake.apiKey}` });
const speaks = { "tus-resumable": "1.0.0" };

function optionsOf(options: Partial<UploadOptions> = {}): UploadOptions {
	return { endpoint: endpoint(), headers: authorized(), metadata, chunkSize: 50_000, retryDelays: [], ...options };
}

/** Resolves once the client says that all is there; rejects with what it was answered. */
function send(file: Buffer, options: Partial<UploadOptions> = {}): Promise<Upload> {
	return new Promise((resolve, reject) => {
		const upload = new Upload(file, {
			...optionsOf(options),
			onSuccess: () => resolve(upload),
			onError: reject,
		});
		upload.start();
	});
}

/** The address of an upload that its sender left after so many bytes. */
function leaveAfter(offset: number, file = bytes): Promise<string> {
	return new Promise((resolve, reject) => {
		const upload = new Upload(file, {
			...optionsOf(),
			onError: reject,
			onChunkComplete(_size, accepted) {
				if (accepted < offset) return;
				upload.abort().then(() => resolve(upload.url ?? ""), reject);
			},
		});
		upload.start();
	});
}

const ask = (url: string, method: string, headers: Readonly<Record<string, string>> = {}, body?: Buffer) =>
	fetch(url, { method, headers: { ...authorized(), ...speaks, ...headers }, ...(body && { body }) });
const create = (headers: Readonly<Record<string, string>>, path = endpoint()) => ask(path, "POST", headers);
const metadataHeader = (of: Readonly<Record<string, string>>) =>
	Object.entries(of)
		.map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
		.join(",");
async function codeOf(response: Response): Promise<readonly unknown[]> {
	const { code } = (await response.json()) as { readonly code: string };
	return [response.status, code];
}

async function publishedBytes() {
	const [record] = intake.published;
	const parsed = parseItemEvent({ headers: record?.headers ?? {}, value: record?.value ?? new Uint8Array() });
	if (!parsed.ok || !("location" in parsed.event) || parsed.event.location.kind !== "object")
		throw new Error("an event of an upload");
	const kept = await intake.mediaStore.get(parsed.event.location.objectKey, maxMediaBytes * 2);
	return { event: parsed.event, kept: Buffer.from(kept ?? []) };
}

describe("an upload in parts", () => {
	test("becomes the event that an upload in one piece becomes", async () => {
		await send(bytes, { metadata: { ...metadata, subject: "media-1", time: "2026-11-24T09:00:00Z" } });
		expect(intake.published).toHaveLength(1);
		const { event, kept } = await publishedBytes();
		expect(event).toMatchObject({
			...{ source: "//forum.example", id: "video-1", subject: "media-1", time: new Date("2026-11-24T09:00:00Z") },
			media: { authorId: "author-1", surface: "public" },
		});
		expect(kept.equals(bytes)).toBe(true);
	});

	test("that its sender left goes on where it was", async () => {
		const uploadUrl = await leaveAfter(100_000);
		const far = await ask(uploadUrl, "HEAD");
		expect([far.status, far.headers.get("upload-offset"), far.headers.get("upload-length")]).toEqual([
			...[200, "100000", "300000"],
		]);
		let parts = 0;
		await send(bytes, {
			uploadUrl,
			onChunkComplete: () => {
				parts += 1;
			},
		});
		expect(parts).toBe(4);
		expect((await publishedBytes()).kept.equals(bytes)).toBe(true);
	});

	test("goes on in a new process, and is nobody else's to read on the way", async () => {
		const uploadUrl = await leaveAfter(100_000);
		await intake.restart();
		const names = await readdir(intake.partsFolder);
		expect(names.length).toBeGreaterThan(0);
		for (const name of names) expect((await stat(join(intake.partsFolder, name))).mode & 0o077).toBe(0);
		expect((await stat(intake.partsFolder)).mode & 0o077).toBe(0);
		await send(bytes, { uploadUrl });
		expect((await publishedBytes()).kept.equals(bytes)).toBe(true);
	});

	test("is complete for its sender only once the stream has its event, and then its bytes lie in the store alone", async () => {
		const uploadUrl = await leaveAfter(250_000);
		intake.stream = "fails";
		const last = await ask(
			uploadUrl,
			"PATCH",
			{ "upload-offset": "250000", "content-type": "application/offset+octet-stream" },
			bytes.subarray(250_000),
		);
		expect([last.status, last.headers.get("retry-after")]).toEqual([503, "5"]);
		expect((await ask(uploadUrl, "HEAD")).status).toBe(503);
		intake.stream = "takes";
		await send(bytes, { uploadUrl });
		expect(intake.published).toHaveLength(1);
		const id = uploadUrl.split("/").at(-1) ?? "";
		expect((await stat(join(intake.partsFolder, id))).size).toBe(0);
		expect((await ask(uploadUrl, "HEAD")).headers.get("upload-offset")).toBe("300000");
	});

	test("that was complete when intake went is taken by the next process", async () => {
		const uploadUrl = await leaveAfter(250_000);
		await intake.restart();
		const id = uploadUrl.split("/").at(-1) ?? "";
		await writeFile(join(intake.partsFolder, id), bytes);
		await intake.tidyParts();
		expect((await publishedBytes()).kept.equals(bytes)).toBe(true);
		await intake.tidyParts();
		expect(intake.published).toHaveLength(1);
	});

	test("may begin with its first part, and be given up", async () => {
		const first = await create(
			{
				"upload-length": "300000",
				"upload-metadata": metadataHeader(metadata),
				"content-type": "application/offset+octet-stream",
			},
			endpoint(),
		);
		expect(first.status).toBe(201);
		const url = new URL(first.headers.get("location") ?? "", intake.url).href;
		expect((await ask(url, "DELETE")).status).toBe(204);
		expect(
			await codeOf(
				await ask(url, "PATCH", { "upload-offset": "0", "content-type": "application/offset+octet-stream" }, bytes),
			),
		).toEqual([404, "not-found"]);
	});

	test("that is not complete after a day is gone", async () => {
		const uploadUrl = await leaveAfter(50_000);
		expect(await intake.tidyParts()).toBe(0);
		intake.pass(25 * 3_600_000);
		expect(await intake.tidyParts()).toBeGreaterThan(0);
		intake.pass(-25 * 3_600_000);
		expect((await ask(uploadUrl, "HEAD")).status).toBe(404);
		expect(await readdir(intake.partsFolder)).toEqual([]);
	});

	test("keeps what arrived where the disk is full, and says when to come again", async () => {
		const created = await create({ "upload-length": "300000", "upload-metadata": metadataHeader(metadata) });
		const uploadUrl = new URL(created.headers.get("location") ?? "", intake.url).href;
		const file = join(intake.partsFolder, uploadUrl.split("/").at(-1) ?? "");
		await rm(file);
		await symlink("/dev/full", file);
		const part = { "upload-offset": "0", "content-type": "application/offset+octet-stream" };
		const full = await ask(uploadUrl, "PATCH", part, bytes);
		expect([...(await codeOf(full)), full.headers.get("retry-after")]).toEqual([503, "store-unavailable", "5"]);
		await rm(file);
		await writeFile(file, bytes.subarray(0, 70_000));
		await send(bytes, { uploadUrl });
		expect((await publishedBytes()).kept.equals(bytes)).toBe(true);
	});
});

describe("an upload in parts is refused", () => {
	test("to whoever has no key, and to another platform as one that is not there", async () => {
		const uploadUrl = await leaveAfter(50_000);
		const { apiKey } = await intake.addPlatform("other");
		const of = (headers: Readonly<Record<string, string>>) =>
			fetch(uploadUrl, { method: "DELETE", headers: { ...speaks, ...headers } });
		expect(await codeOf(await of({}))).toEqual([401, "unauthenticated"]);
		expect(await codeOf(await of({ authorization: `Bearer ${apiKey}` }))).toEqual([404, "not-found"]);
		expect((await ask(uploadUrl, "HEAD")).headers.get("upload-offset")).toBe("50000");
	});

	test.each([
		[
			"that does not say which version of the protocol it speaks",
			{ "tus-resumable": "" },
			metadata,
			412,
			"protocol-version",
		],
		["without its length", { "upload-length": "" }, metadata, 400, "malformed-request"],
		["without an author", {}, { ...metadata, authorId: "" }, 400, "malformed-event"],
		["larger than a video may be", { "upload-length": "400001" }, metadata, 413, "content-too-large"],
		["larger than a picture may be", {}, { ...metadata, filetype: "image/png" }, 413, "content-too-large"],
	])("where it is one %s", async (_name, headers, given, status, code) => {
		const base = { "upload-length": "300000", "upload-metadata": metadataHeader(given) };
		expect(await codeOf(await create({ ...base, ...headers }))).toEqual([status, code]);
		expect(intake.published).toEqual([]);
	});

	test("where it speaks another version, whatever else is wrong with it, and is told which one is spoken here", async () => {
		const answer = await create({ "tus-resumable": "0.2.2", "upload-length": "", "upload-metadata": "id ***" });
		expect(answer.headers.get("tus-version")).toBe("1.0.0");
		expect(await codeOf(answer)).toEqual([412, "protocol-version"]);
	});

	test("where its metadata is not as the protocol has it, or its part begins elsewhere", async () => {
		expect(await codeOf(await create({ "upload-length": "10", "upload-metadata": "id ***" }))).toEqual([
			400,
			"malformed-request",
		]);
		const uploadUrl = await leaveAfter(50_000);
		const part = { "upload-offset": "10", "content-type": "application/offset+octet-stream" };
		expect(await codeOf(await ask(uploadUrl, "PATCH", part, bytes.subarray(0, 10)))).toEqual([409, "offset-conflict"]);
	});

	test("where it names a file that is none of its own", async () => {
		for (const path of ["../../etc/passwd", "forum.%2e%2e%2fsecret", "forum.x"])
			expect([404, 400]).toContain((await ask(`${endpoint()}/${encodeURIComponent(path)}`, "HEAD")).status);
	});
});

test("the hash of what was sent in parts is that of the file", async () => {
	await send(bytes);
	const { kept } = await publishedBytes();
	expect(createHash("sha256").update(kept).digest("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
});
