// POST /v1/media over real HTTP: bytes go to a real folder, and the event that names them to the stream; or neither does.
import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { parseItemEvent } from "../../../services/core/wire/parse-item-event.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { type Body, type IntakeFixture, maxMediaBytes, openIntake, type PostAnswer } from "./intake-fixture.ts";

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

const bytes = randomBytes(50_000);
const query = "id=picture-1&authorId=author-1&surface=public";
const jpeg = { "content-type": "image/jpeg" };
const upload = (body: Body, path = `/v1/media?${query}`, headers: Readonly<Record<string, string>> = jpeg) =>
	intake.post(path, { body, headers });
const refusal = ({ status, json }: PostAnswer) => [status, json.code];
const filesKept = async () =>
	(await readdir(intake.mediaFolder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).length;
const publishedEvent = () => {
	const [record] = intake.published;
	const parsed = parseItemEvent({ headers: record?.headers ?? {}, value: record?.value ?? new Uint8Array() });
	if (!parsed.ok || !("location" in parsed.event)) throw new Error("a media event");
	return parsed.event;
};

describe("an upload", () => {
	it("is answered with 202 once bytes and event are durable, with the size and hash of what arrived", async () => {
		const answer = await upload(bytes, `/v1/media?${query}&subject=media-1&time=2026-11-24T09:00:00Z&postId=post-1`);
		expect([answer.status, answer.json]).toEqual([
			202,
			{ accepted: 1, ids: ["picture-1"], sizeBytes: 50_000, sha256: createHash("sha256").update(bytes).digest("hex") },
		]);
		const event = publishedEvent();
		expect(event).toMatchObject({
			source: "//forum.example",
			subject: "media-1",
			time: new Date("2026-11-24T09:00:00Z"),
			media: { authorId: "author-1", surface: "public", postId: "post-1" },
		});
		const { location } = event;
		if (location.kind !== "object") throw new Error("by key");
		const kept = await intake.mediaStore.get(location.objectKey, maxMediaBytes);
		expect(Buffer.from(kept ?? []).equals(bytes)).toBe(true);
	});

	it("may be a segment of a live stream", async () => {
		const answer = await upload(bytes, `/v1/media?${query}&liveStream=stream-1&liveSequence=12`);
		expect(answer.status).toBe(202);
		expect(publishedEvent().media.live).toEqual({ streamId: "stream-1", sequence: 12 });
		expect((await upload(bytes, `/v1/media?${query}&liveStream=stream-1&liveSequence=next`)).status).toBe(400);
		expect((await upload(bytes, `/v1/media?${query}&liveStream=`)).status).toBe(400);
	});

	it("may name its attributes in headers", async () => {
		const headers = { ...jpeg, "ce-id": "%E1%BA%A3nh-1", "ce-authorid": "author-1", "ce-surface": "direct" };
		const answer = await upload(bytes, "/v1/media", headers);
		expect([answer.status, answer.json.ids]).toEqual([202, ["ảnh-1"]]);
	});

	it("may come compressed: what is kept and hashed is the file", async () => {
		const answer = await upload(gzipSync(bytes), undefined, { ...jpeg, "content-encoding": "gzip" });
		const sha256 = createHash("sha256").update(bytes).digest("hex");
		expect([answer.status, answer.json.sizeBytes, answer.json.sha256]).toEqual([202, 50_000, sha256]);
		const { location } = publishedEvent();
		if (location.kind !== "object") throw new Error("by key");
		expect(Buffer.from((await intake.mediaStore.get(location.objectKey, maxMediaBytes)) ?? []).equals(bytes)).toBe(
			true,
		);
	});

	it("sent again under the same id does not replace the bytes that were examined", async () => {
		await upload(bytes);
		const first = publishedEvent().location;
		intake.published.length = 0;
		await upload(randomBytes(10));
		expect(publishedEvent().location).not.toEqual(first);
	});

	it("of unknown length is taken as it streams in", async () => {
		const stream = new ReadableStream({
			start(controller) {
				for (let chunk = 0; chunk < 5; chunk += 1)
					controller.enqueue(bytes.subarray(chunk * 10_000, (chunk + 1) * 10_000));
				controller.close();
			},
		});
		expect((await upload(stream)).json.sizeBytes).toBe(50_000);
	});
});

describe("an upload that is refused", () => {
	let before: number;
	beforeEach(async () => {
		before = await filesKept();
	});
	const expectNothingKept = async () => {
		expect(intake.published).toEqual([]);
		expect(await filesKept()).toBe(before);
	};

	it.each([
		["without an id", "authorId=a&surface=public", 400, "malformed-event"],
		["without an author", "id=1&surface=public", 400, "malformed-event"],
		["on a surface that there is not", "id=1&authorId=a&surface=wall", 400, "malformed-event"],
		["of another platform's source", `${query}&source=//other.example`, 403, "foreign-source"],
		["given twice the same attribute", `${query}&id=2`, 400, "malformed-request"],
	])("is one %s", async (_name, search, status, code) => {
		expect(refusal(await upload(bytes, `/v1/media?${search}`))).toEqual([status, code]);
		await expectNothingKept();
	});

	it("on a surface that there is not is told which there are", async () => {
		const answer = await upload(bytes, "/v1/media?id=1&authorId=a&surface=wall");
		expect(answer.json.detail).toContain("(one of: public, group, direct)");
		await expectNothingKept();
	});

	it.each(["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])("is a form (%s)", async (type) => {
		const answer = await upload(bytes, `/v1/media?${query}`, { "content-type": type });
		expect(refusal(answer)).toEqual([415, "unsupported-media-type"]);
		expect(answer.json.detail).toContain("not a form");
		await expectNothingKept();
	});

	it("is one in a coding that is not decoded here", async () => {
		const answer = await upload(bytes, undefined, { ...jpeg, "content-encoding": "br" });
		expect(refusal(answer)).toEqual([415, "unsupported-media-type"]);
		expect(answer.json.detail).toContain("gzip");
		await expectNothingKept();
	});

	it.each([
		["unfolds over the limit", gzipSync(Buffer.alloc(maxMediaBytes + 1)), [413, "content-too-large"]],
		["is cut off", gzipSync(bytes).subarray(0, 20_000), [400, "malformed-request"]],
		["is no gzip", bytes, [400, "malformed-request"]],
	])("is a compressed one that %s", async (_what, body, expected) => {
		expect(refusal(await upload(body, undefined, { ...jpeg, "content-encoding": "gzip" }))).toEqual(expected);
		await expectNothingKept();
	});

	it("is an empty one", async () => {
		expect(refusal(await upload(""))).toEqual([400, "malformed-request"]);
		const nothing = new ReadableStream({ start: (controller) => controller.close() });
		expect(refusal(await upload(nothing))).toEqual([400, "malformed-request"]);
		await expectNothingKept();
	});

	it("is one that says that it is over the limit", async () => {
		expect(refusal(await upload(randomBytes(maxMediaBytes + 1)))).toEqual([413, "content-too-large"]);
		await expectNothingKept();
	});

	it("is one that turns out to be over the limit while it streams", async () => {
		const answer = await streamUpload(maxMediaBytes * 2);
		expect(answer).toContain("413");
		await eventually(async () => (await filesKept()) === before, soon);
		expect(intake.published).toEqual([]);
	});

	it("is one whose sender goes away in the middle", async () => {
		const url = new URL(`/v1/media?${query}`, intake.url);
		const headers = { ...jpeg, authorization: `Bearer ${intake.apiKey}`, "content-length": "100000" };
		const sending = request(url, { method: "POST", headers });
		sending.on("error", () => undefined);
		sending.write(bytes);
		await eventually(async () => (await filesKept()) > before, soon);
		sending.destroy();
		await eventually(async () => (await filesKept()) === before, soon);
		expect(intake.published).toEqual([]);
	});

	it("is one that the stream did not acknowledge: its bytes stay, for its event may have got there", async () => {
		const before = await filesKept();
		intake.stream = "fails";
		expect(refusal(await upload(bytes))).toEqual([503, "stream-unavailable"]);
		expect(await filesKept()).toBe(before + 1);
	});

	it("is one with a forged key, before a byte of it is read", async () => {
		const answer = await intake.post(`/v1/media?${query}`, {
			body: bytes,
			headers: jpeg,
			key: `bw_forum_${"A".repeat(43)}`,
		});
		expect(refusal(answer)).toEqual([401, "unauthenticated"]);
		await expectNothingKept();
	});
});

/** Chunked, and read while it is sent: the answer comes before the end. */
function streamUpload(totalBytes: number): Promise<string> {
	return new Promise((resolve, reject) => {
		const headers = { ...jpeg, authorization: `Bearer ${intake.apiKey}` };
		const sending = request(new URL(`/v1/media?${query}`, intake.url), { method: "POST", headers }, (answer) => {
			answer.resume();
			resolve(`${answer.statusCode} ${answer.headers["content-type"]}`);
		});
		sending.on("error", reject);
		for (let sent = 0; sent < totalBytes; sent += bytes.length) sending.write(bytes);
		sending.end();
	});
}

describe("intake's description of itself", () => {
	it("says what a body is, with an example that is taken as it stands", async () => {
		// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
		const document: any = await (await fetch(`${intake.url}/openapi.json`)).json();
		expect(Object.keys(document.paths).toSorted()).toEqual([
			...[
				"/v1/appeals",
				"/v1/appeals/{id}",
				"/v1/events",
				"/v1/media",
				"/v1/reports",
				"/v1/reports/{id}",
				"/v1/reports/{id}/appeal",
			],
		]);
		const { content } = document.paths["/v1/events"].post.requestBody;
		const { example } = content["application/cloudevents+json"];
		const { apiKey } = await intake.addPlatform("sample");
		const body = { ...example, source: "//sample.example" };
		expect((await intake.post("/v1/events", { body, key: apiKey })).status).toBe(202);
		expect(document.components.schemas.Event.oneOf).toHaveLength(5);
	});

	it("can be read by people, without anything from elsewhere", async () => {
		const page = await (await fetch(`${intake.url}/docs`)).text();
		expect(page).toContain("POST</b> /v1/media");
		expect(page).not.toMatch(/src=|<script|https?:\/\/(?!social\.example)/);
	});
});
