// POST /v1/events over real HTTP: what is taken, what is refused, and that nothing is taken by half. Keys are in a real PostgreSQL.
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { CloudEvent, HTTP } from "cloudevents";
import { machine } from "../../../services/core/acts/doer.ts";
import { isSignedBy } from "../../../services/core/wire/event-signature.ts";
import { parseItemEvent } from "../../../services/core/wire/parse-item-event.ts";
import {
	eventSecret,
	type IntakeFixture,
	itemsPerSecond,
	maxEventBytes,
	openIntake,
	type PostAnswer,
} from "./intake-fixture.ts";

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

const event = (change: object = {}) => ({
	specversion: "1.0",
	type: "breakwater.post.published.v1",
	source: "//forum.example",
	id: "post-1-created",
	subject: "post-1",
	time: "2026-11-24T09:00:00.000Z",
	data: { text: "xin chào", authorId: "author-1", surface: "public" },
	...change,
});
const refusal = ({ status, json, headers }: PostAnswer) => {
	expect(headers.get("content-type")).toMatch(/^application\/problem\+json/);
	expect(json.type).toBe(`urn:breakwater:problem:${json.code}`);
	return [status, json.code];
};

describe("an event", () => {
	it("is answered with 202 once it is in the stream, unchanged, under the platform's id of the content", async () => {
		const sent = event({ traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" });
		const answer = await intake.post("/v1/events", { body: sent });
		expect([answer.status, answer.json]).toEqual([202, { accepted: 1, ids: ["post-1-created"] }]);
		expect(intake.published).toHaveLength(1);
		const [record] = intake.published;
		expect(record).toMatchObject({ topic: "breakwater.posts", key: "post-1" });
		expect(JSON.parse(Buffer.from(record?.value ?? []).toString())).toEqual(sent);
	});

	it("may be sent as application/json too", async () => {
		const headers = { "content-type": "application/json; charset=utf-8" };
		expect((await intake.post("/v1/events", { body: event(), headers })).status).toBe(202);
	});

	it("may be sent in binary mode, its attributes percent-encoded in headers", async () => {
		const headers = {
			"content-type": "application/json",
			"ce-specversion": "1.0",
			"ce-type": "breakwater.post.published.v1",
			"ce-source": "//forum.example",
			"ce-id": "b%C3%A0i-1",
		};
		const body = JSON.stringify(event().data);
		const answer = await intake.post("/v1/events", { body, headers });
		expect([answer.status, answer.json.ids]).toEqual([202, ["bài-1"]]);
		const [record] = intake.published;
		const parsed = parseItemEvent({ headers: record?.headers ?? {}, value: record?.value ?? new Uint8Array() });
		expect(parsed).toMatchObject({ ok: true, event: { id: "bài-1", post: { text: "xin chào" } } });
	});

	it("of a picture may carry its bytes in binary mode", async () => {
		const bytes = randomBytes(500);
		const headers = {
			"content-type": "image/jpeg",
			"ce-specversion": "1.0",
			"ce-type": "breakwater.media.uploaded.v1",
			"ce-source": "//forum.example",
			"ce-id": "picture-1",
			"ce-authorid": "author-1",
			"ce-surface": "group",
		};
		expect((await intake.post("/v1/events", { body: bytes, headers })).status).toBe(202);
		const [record] = intake.published;
		expect(record?.topic).toBe("breakwater.media");
		expect(Buffer.from(record?.value ?? []).equals(bytes)).toBe(true);
	});

	it("is signed for its platform, whatever the sender says of a signature", async () => {
		const headers = {
			"content-type": "application/json",
			"ce-specversion": "1.0",
			"ce-id": "b",
			"ce-source": "//forum.example",
		};
		const binary = { ...headers, "ce-type": "breakwater.post.published.v1", "breakwater-signature": "theirs" };
		await intake.post("/v1/events", { body: event() });
		await intake.post("/v1/events", { body: JSON.stringify(event().data), headers: binary });
		expect(intake.published).toHaveLength(2);
		for (const record of intake.published) {
			expect(isSignedBy([eventSecret], "//forum.example", record)).toBe(true);
			expect(isSignedBy([eventSecret], "//other.example", record)).toBe(false);
		}
	});

	it("may come compressed, and is the same event", async () => {
		const headers = { "content-type": "application/cloudevents+json", "content-encoding": "gzip" };
		const answer = await intake.post("/v1/events", { body: gzipSync(JSON.stringify(event())), headers });
		expect([answer.status, answer.json.ids]).toEqual([202, ["post-1-created"]]);
		expect(JSON.parse(Buffer.from(intake.published[0]?.value ?? []).toString())).toEqual(event());
	});

	it("may quote its headers, which are then percent-decoded once", async () => {
		const headers = {
			"content-type": "application/json",
			"ce-specversion": '"1.0"',
			"ce-type": "breakwater.post.published.v1",
			"ce-source": '"//forum.example"',
			"ce-id": '"a \\"b\\\\ %25c%22"',
		};
		const answer = await intake.post("/v1/events", { body: JSON.stringify(event().data), headers });
		expect([answer.status, answer.json.ids]).toEqual([202, ['a "b\\ %c"']]);
	});

	it("may have letters in its headers as they are, in UTF-8, and is not taken where they are in something else", async () => {
		const headers = (id: Buffer) => ({
			"content-type": "application/json",
			"ce-specversion": "1.0",
			"ce-type": "breakwater.post.published.v1",
			"ce-source": "//forum.example",
			"ce-id": id.toString("latin1"),
		});
		const send = (id: Buffer) =>
			intake.post("/v1/events", { body: JSON.stringify(event().data), headers: headers(id) });
		const taken = await send(Buffer.from("bài-đăng-7"));
		expect([taken.status, taken.json.ids]).toEqual([202, ["bài-đăng-7"]]);
		const refused = await send(Buffer.from([0x62, 0xe0, 0x69]));
		expect([refused.status, refused.json.detail]).toEqual([400, "ce- headers: not percent-encoded UTF-8"]);
	});

	it.each([
		["a year from now", new Date(Date.now() + 365 * 86_400_000).toISOString(), "time-ahead"],
		["of a clock that was never set", "1970-01-01T00:00:00Z", "time-behind"],
		["of the year 1", "0001-01-01T00:00:00Z", "time-behind"],
	])("with a time %s is taken, and the platform told", async (_what, time, code) => {
		const answer = await intake.post("/v1/events", { body: event({ time }) });
		expect([answer.status, answer.json.notices]).toMatchObject([202, [{ index: 0, code }]]);
	});

	it("in lower-case RFC 3339, or of a leap second, is taken without a word", async () => {
		for (const time of ["2026-11-24t09:00:00z", "2016-12-31T23:59:60Z"]) {
			const answer = await intake.post("/v1/events", { body: event({ time }) });
			expect([answer.status, answer.json.notices]).toEqual([202, undefined]);
		}
	});

	it.each(["structured", "binary"] as const)("made by the CloudEvents SDK is taken in %s mode", async (mode) => {
		const { specversion: _version, ...attributes } = event();
		const message = HTTP[mode](new CloudEvent(attributes));
		const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
		const answer = await intake.post("/v1/events", { body: String(message.body), headers });
		expect([answer.status, answer.json?.ids]).toEqual([202, ["post-1-created"]]);
	});

	it("sent twice is taken twice: what comes after tells the copies by source and id", async () => {
		const answers = [
			await intake.post("/v1/events", { body: event() }),
			await intake.post("/v1/events", { body: event() }),
		];
		expect(answers.map(({ status }) => status)).toEqual([202, 202]);
	});

	it("that stands in a batch more than once counts once, and the answer says so", async () => {
		const batch = [event(), event({ id: "other" }), event(), event()];
		const headers = { "content-type": "application/cloudevents-batch+json" };
		const { status, json } = await intake.post("/v1/events", { body: batch, headers });
		expect([status, json]).toEqual([
			202,
			{ accepted: 2, ids: ["post-1-created", "other"], repeated: ["post-1-created"] },
		]);
	});

	it("is not taken while the stream cannot take it, and the sender is told to try again", async () => {
		intake.stream = "fails";
		const answer = await intake.post("/v1/events", { body: event() });
		expect(refusal(answer)).toEqual([503, "stream-unavailable"]);
		expect(answer.json.retriable).toBe(true);
		expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
	});
});

describe("an event that is refused", () => {
	it.each([
		["that is not JSON", "{no", {}, [400, "malformed-json"]],
		["that is not UTF-8", Buffer.from([0x22, 0xff, 0x22]), {}, [400, "malformed-json"]],
		["that is empty", "", {}, [400, "malformed-json"]],
		["that is JSON and no event", "5", {}, [400, "malformed-event"]],
		["without an id", event({ id: undefined }), {}, [400, "malformed-event"]],
		["of another version of CloudEvents", event({ specversion: "0.3" }), {}, [400, "malformed-event"]],
		["whose time is no time", event({ time: "yesterday" }), {}, [400, "malformed-event"]],
		["of a year that cannot be kept", event({ time: "0000-06-01T00:00:00Z" }), {}, [400, "malformed-event"]],
		["whose offset leaves the last year", event({ time: "9999-12-31T23:59:59-23:59" }), {}, [400, "malformed-event"]],
		[
			"on a surface that there is not",
			event({ data: { text: "", authorId: "a", surface: "wall" } }),
			{},
			[400, "malformed-event"],
		],
		["whose id holds a NUL", event({ id: "a\0b" }), {}, [400, "malformed-event"]],
		["of a type that is not known", event({ type: "breakwater.post.liked.v1" }), {}, [400, "unknown-event-type"]],
		["of another platform's source", event({ source: "//other.example" }), {}, [403, "foreign-source"]],
		["in a content type that is not taken", "text", { "content-type": "text/plain" }, [415, "unsupported-media-type"]],
		[
			"in an unknown encoding of its headers",
			"{}",
			{ "content-type": "application/json", "ce-specversion": "1.0", "ce-id": "%ff" },
			[400, "malformed-event"],
		],
		[
			"over the limit",
			event({ data: { text: "x".repeat(maxEventBytes), authorId: "a", surface: "public" } }),
			{},
			[413, "content-too-large"],
		],
		["of nothing but brackets", "[".repeat(50_000), {}, [400, "malformed-json"]],
	])("is one %s", async (_name, body, headers, expected) => {
		const given =
			typeof body === "string" || Buffer.isBuffer(body) ? { "content-type": "application/cloudevents+json" } : {};
		const answer = await intake.post("/v1/events", { body, headers: { ...given, ...headers } });
		expect(refusal(answer)).toEqual(expected);
		expect(intake.published).toEqual([]);
	});

	it("is told by field and rule, never by what it said", async () => {
		const answer = await intake.post("/v1/events", {
			body: event({ data: { text: 5, authorId: "a", surface: "s3cret-wall" } }),
		});
		expect(answer.json.detail).toContain("data.text: missing, or of another type");
		expect(JSON.stringify(answer.json)).not.toContain("s3cret");
	});

	it("says what would be right: the time's zone, the platform's own source, the form of the key", async () => {
		const said = async (options: Parameters<typeof intake.post>[1]) =>
			(await intake.post("/v1/events", options)).json.detail;
		expect(await said({ body: event({ time: "2026-11-24T09:00:00" }) })).toBe(
			"time: needs a zone: Z, or an offset such as +07:00",
		);
		expect(await said({ body: event({ source: "//other.example" }) })).toContain("//forum.example");
		expect(await said({ body: event(), key: "wrong" })).toContain("Authorization: Bearer bw_<platform>_");
	});

	it("is one that names another platform's upload", async () => {
		const uploaded = (objectKey: string) =>
			event({ type: "breakwater.media.uploaded.v1", data: { authorId: "a", surface: "public", objectKey } });
		const foreign = await intake.post("/v1/events", { body: uploaded("uploads/other/2026-11-24/one") });
		expect(refusal(foreign)).toEqual([400, "malformed-event"]);
		expect((await intake.post("/v1/events", { body: uploaded("uploads/forum/2026-11-24/one") })).status).toBe(202);
	});
});

describe("a batch", () => {
	const batch = (events: readonly unknown[], type = "application/cloudevents-batch+json") =>
		intake.post("/v1/events", { body: events, headers: { "content-type": type } });

	it("is taken whole, in order, posts and media to their topics", async () => {
		const media = { authorId: "a", surface: "public", url: "https://media.forum.example/1.jpg" };
		const answer = await batch([
			event({ id: "1" }),
			event({ id: "2", type: "breakwater.media.uploaded.v1", data: media }),
			event({ id: "3", type: "breakwater.item.deleted.v1", data: undefined }),
		]);
		expect([answer.status, answer.json]).toEqual([202, { accepted: 3, ids: ["1", "2", "3"] }]);
		expect(intake.published.map(({ topic }) => topic)).toEqual([
			"breakwater.posts",
			"breakwater.posts",
			"breakwater.media",
		]);
	});

	it("of one bad event among good ones is refused whole, and says which and why", async () => {
		const answer = await batch([
			event({ id: "1" }),
			event({ source: "//other.example" }),
			7,
			event({ id: "4", data: {} }),
		]);
		expect(refusal(answer)).toEqual([400, "malformed-event"]);
		expect(answer.json.problems.map((one: { index: number; code: string }) => [one.index, one.code])).toEqual([
			[1, "foreign-source"],
			[2, "malformed-event"],
			[3, "malformed-event"],
		]);
		expect(intake.published).toEqual([]);
	});

	it("whose events are refused for one and the same reason is refused for that reason", async () => {
		const foreign = event({ source: "//other.example" });
		expect(refusal(await batch([foreign, foreign]))).toEqual([403, "foreign-source"]);
	});

	it("may be an array in application/json", async () => {
		expect((await batch([event({ id: "1" }), event({ id: "2" })], "application/json")).json.accepted).toBe(2);
	});

	it("holds at most a thousand events", async () => {
		const events = (count: number) => Array.from({ length: count }, (_, index) => event({ id: String(index) }));
		expect((await batch(events(1_000))).json.accepted).toBe(1_000);
		expect(refusal(await batch(events(1_001)))).toEqual([413, "content-too-large"]);
	});

	it("that is no array, or nested deeper than can be written again, is refused", async () => {
		const headers = { "content-type": "application/cloudevents-batch+json" };
		expect(refusal(await intake.post("/v1/events", { body: event(), headers }))).toEqual([400, "malformed-event"]);
		const depth = 100_000;
		const more = "[".repeat(depth) + "]".repeat(depth);
		const deep = JSON.stringify([event({ more: 0 })]).replace('"more":0', `"more":${more}`);
		const answer = await intake.post("/v1/events", { body: deep, headers });
		expect(answer.json.problems).toEqual([{ index: 0, code: "malformed-event", detail: "body: nested too deeply" }]);
	});
});

describe("a key", () => {
	const send = (key: string | null, headers: Readonly<Record<string, string>> = {}) =>
		intake.post("/v1/events", { body: event(), key, headers });

	it("may stand behind more than one space", async () => {
		expect((await send(null, { authorization: `Bearer  ${intake.apiKey}` })).status).toBe(202);
	});

	it("is needed, and says so in the way of HTTP", async () => {
		const answer = await send(null);
		expect(refusal(answer)).toEqual([401, "unauthenticated"]);
		expect(answer.headers.get("www-authenticate")).toBe("Bearer");
	});

	it.each([
		["forged", `bw_forum_${randomBytes(32).toString("base64url")}`],
		["of no known form", "letmein"],
		["cut short", "bw_forum_abc"],
		["of an unknown platform", `bw_nobody_${randomBytes(32).toString("base64url")}`],
	])("that is %s opens nothing", async (_name, key) => {
		expect(refusal(await send(key))).toEqual([401, "unauthenticated"]);
		expect(intake.published).toEqual([]);
	});

	it("does not work in another form of authorization", async () => {
		const headers = { authorization: `Basic ${Buffer.from(`forum:${intake.apiKey}`).toString("base64")}` };
		expect(refusal(await send(null, headers))).toEqual([401, "unauthenticated"]);
	});

	it("that was revoked stops working within a second", async () => {
		const { platform, apiKey } = await intake.addPlatform("leaving");
		const own = event({ source: platform.source });
		expect((await intake.post("/v1/events", { body: own, key: apiKey })).status).toBe(202);
		const another = { formerUntil: null, by: machine } as const;
		await intake.stores.platforms.rotateKeys(platform.id, randomBytes(32), another);
		intake.pass(1_000);
		expect(refusal(await intake.post("/v1/events", { body: own, key: apiKey }))).toEqual([401, "unauthenticated"]);
	});

	it("is checked before the body: a stranger learns nothing from what they send", async () => {
		const headers = { "content-type": "application/cloudevents+json" };
		expect(refusal(await intake.post("/v1/events", { body: "{no", key: null, headers }))).toEqual([
			401,
			"unauthenticated",
		]);
	});

	it("stands for one platform's share: a flood of one does not keep another out", async () => {
		// So few that they come within a second on any machine.
		await using narrow = await openIntake({ maxRequestsPerSecond: 3 });
		const flood = await narrow.addPlatform("flood");
		const body = event({ source: flood.platform.source });
		const answers = await Promise.all(
			Array.from({ length: 12 }, () => narrow.post("/v1/events", { body, key: flood.apiKey })),
		);
		const limited = answers.find(({ status }) => status === 429);
		expect(limited?.json).toMatchObject({ code: "rate-limited", retriable: true });
		expect(Number(limited?.headers.get("retry-after"))).toBeGreaterThan(0);
		expect((await narrow.post("/v1/events", { body: event() })).status).toBe(202);
	});
});

describe("many items in few requests", () => {
	it("count as items: beyond its allowance a platform hears when to come back, and another one is still taken", async () => {
		const flood = await intake.addPlatform("flood-of-batches");
		const batch = Array.from({ length: itemsPerSecond }, (_, at) =>
			event({ source: flood.platform.source, id: `e-${at}` }),
		);
		const headers = { "content-type": "application/cloudevents-batch+json" };
		const answers: PostAnswer[] = [];
		for (let sent = 0; sent < 5; sent += 1)
			answers.push(await intake.post("/v1/events", { body: batch, key: flood.apiKey, headers }));
		const limited = answers.find(({ status }) => status === 429);
		expect(limited?.json).toMatchObject({ code: "rate-limited", retriable: true });
		expect(Number(limited?.headers.get("retry-after"))).toBeGreaterThan(0);
		expect((await intake.post("/v1/events", { body: event() })).status).toBe(202);
	});
});

describe("what intake counts", () => {
	it("is every event that was taken, by type, and every refusal, by code", async () => {
		const [type, code] = ["breakwater.item.engagement.v1", "unknown-event-type"];
		await intake.post("/v1/events", { body: event({ type, data: { views: 5 } }) });
		await intake.post("/v1/events", { body: event({ type: "breakwater.post.liked.v1" }) });
		expect(await intake.metric("breakwater_events_accepted_total", { type })).toBe(1);
		expect(await intake.metric("breakwater_events_refused_total", { code })).toBeGreaterThanOrEqual(1);
	});
});
