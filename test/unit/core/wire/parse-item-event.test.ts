import { describe, expect, test } from "@jest/globals";
import { CloudEvent, Kafka } from "cloudevents";
import { eventTypes } from "../../../../services/core/wire/item-event.ts";
import { parseItemEvent } from "../../../../services/core/wire/parse-item-event.ts";

const post = {
	specversion: "1.0",
	type: eventTypes.postPublished,
	source: "//forum.example",
	id: "e1",
	subject: "post/1",
	time: "2026-11-24T01:02:03.004Z",
	data: { text: "hello", authorId: "a", surface: "public" },
};
const structured = (event: unknown) => parseItemEvent({ headers: {}, value: Buffer.from(JSON.stringify(event)) });

describe("a post", () => {
	test("is read in structured mode", () => {
		expect(structured(post)).toEqual({
			ok: true,
			event: {
				type: post.type,
				source: post.source,
				id: "e1",
				subject: "post/1",
				time: new Date(post.time),
				country: null,
				accountCreated: null,
				post: post.data,
			},
		});
	});

	test("is read the same in binary mode, as the CloudEvents SDK writes it for Kafka", () => {
		const message = Kafka.binary(new CloudEvent({ ...post, datacontenttype: "application/json" }));
		const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
		expect(parseItemEvent({ headers, value: Buffer.from(JSON.stringify(message.value)) })).toEqual(structured(post));
	});

	test("without a subject goes by its event's id", () => {
		const { subject: _none, ...rest } = post;
		expect(structured(rest)).toMatchObject({ ok: true, event: { subject: "e1" } });
	});

	test("that is edited must say what it edits", () => {
		const { subject: _none, ...rest } = post;
		expect(structured({ ...rest, type: eventTypes.postEdited })).toMatchObject({
			ok: false,
			problem: "malformed-event",
		});
	});
});

describe("a post in a conversation", () => {
	const said = (data: object) => structured({ ...post, data: { ...post.data, ...data } });
	const made = "2026-11-20T00:00:00Z";

	test("names it, itself, what it answers, and whom it is to", () => {
		const recipients = [{ accountId: "b", accountCreated: made, age: 14 }, { accountId: "c" }];
		const data = { conversationId: "thread", postId: "p2", inReplyTo: "p1", authorAge: 30 };
		expect(said({ ...data, recipients })).toMatchObject({
			ok: true,
			event: {
				post: { ...data, recipients: [{ ...recipients[0], accountCreated: new Date(made) }, { accountId: "c" }] },
			},
		});
	});

	test.each([
		["an id that is empty", { conversationId: "" }],
		["an id that is too long", { conversationId: "x".repeat(513) }],
		[
			"more recipients than it may name",
			{ recipients: Array.from({ length: 9 }, (_, at) => ({ accountId: `a${at}` })) },
		],
		["a recipient without an id", { recipients: [{ age: 14 }] }],
		["an age that is no number of years", { authorAge: 14.5 }],
		["an age that nobody has", { recipients: [{ accountId: "b", age: 131 }] }],
		["an account made at no time", { recipients: [{ accountId: "b", accountCreated: "yesterday" }] }],
	])("is refused with %s", (_what, data) => {
		expect(said(data)).toMatchObject({ ok: false, problem: "malformed-event" });
	});
});

describe("media", () => {
	const media = { ...post, type: eventTypes.mediaUploaded };
	const data = { authorId: "a", surface: "group" };

	test("may be named by URL, or by object key", () => {
		expect(structured({ ...media, data: { ...data, url: "https://cdn.example/1.jpg" } })).toMatchObject({
			ok: true,
			event: { location: { kind: "url", url: "https://cdn.example/1.jpg" } },
		});
		expect(structured({ ...media, data: { ...data, objectKey: "uploads/1" } })).toMatchObject({
			ok: true,
			event: { location: { kind: "object", objectKey: "uploads/1" } },
		});
	});

	test("may travel as bytes, in either mode", () => {
		const bytes = Buffer.from([0xff, 0xd8, 0xff]);
		const inline = { ok: true, event: { media: { authorId: "a", surface: "group" }, location: { kind: "inline" } } };
		const { data: _none, ...rest } = media;
		const inJson = structured({
			...rest,
			datacontenttype: "image/jpeg",
			authorid: "a",
			surface: "group",
			data_base64: bytes.toString("base64"),
		});
		const headers = {
			"content-type": "image/jpeg",
			ce_specversion: "1.0",
			ce_type: media.type,
			ce_source: media.source,
			ce_id: media.id,
			ce_authorid: "a",
			ce_surface: "group",
		};
		for (const parsed of [inJson, parseItemEvent({ headers, value: bytes })]) {
			expect(parsed).toMatchObject(inline);
			if (parsed.ok && "location" in parsed.event && parsed.event.location.kind === "inline") {
				expect([...parsed.event.location.bytes]).toEqual([...bytes]);
			}
		}
	});

	test("may be a segment of a live stream, in data or among the attributes of bytes; of one without a number nobody knows which", () => {
		const bytes = Buffer.from([0xff, 0xd8, 0xff]);
		const liveOf = (parsed: ReturnType<typeof parseItemEvent>) =>
			parsed.ok && "media" in parsed.event ? parsed.event.media.live : parsed;
		const named = { ...data, objectKey: "uploads/1" };
		const { data: _none, ...rest } = media;
		const inline = { ...rest, authorid: "a", surface: "group", data_base64: bytes.toString("base64") };
		const headers = {
			"content-type": "video/mp4",
			ce_specversion: "1.0",
			ce_type: media.type,
			ce_source: media.source,
		};
		const inHeaders = { ...headers, ce_id: media.id, ce_authorid: "a", ce_surface: "group", ce_livestream: "s" };
		for (const parsed of [
			structured({ ...media, data: { ...named, live: { streamId: "s", sequence: 12 } } }),
			structured({ ...inline, livestream: "s", livesequence: 12 }),
			parseItemEvent({ headers: { ...inHeaders, ce_livesequence: "12" }, value: bytes }),
		])
			expect(liveOf(parsed)).toEqual({ streamId: "s", sequence: 12 });
		expect(liveOf(parseItemEvent({ headers: inHeaders, value: bytes }))).toEqual({ streamId: "s", sequence: null });
		expect(liveOf(structured({ ...media, data: named }))).toBeNull();
		for (const live of [
			{ sequence: 1 },
			{ streamId: "" },
			{ streamId: "s", sequence: -1 },
			{ streamId: "s", sequence: 1.5 },
		])
			expect(structured({ ...media, data: { ...named, live } })).toMatchObject({ ok: false });
		expect(parseItemEvent({ headers: { ...inHeaders, ce_livesequence: "x" }, value: bytes })).toMatchObject({
			ok: false,
		});
	});

	test.each([
		["both a URL and an object key", { ...data, url: "https://cdn.example/1.jpg", objectKey: "uploads/1" }],
		["neither", data],
		["a URL that is no web address", { ...data, url: "file:///etc/passwd" }],
		["a key that leads out of the store", { ...data, objectKey: "../secrets" }],
	])("with %s is malformed", (_what, wrong) => {
		expect(structured({ ...media, data: wrong })).toMatchObject({ ok: false, problem: "malformed-event" });
	});
});

describe("what cannot be read is told apart", () => {
	test.each([
		["no JSON", Buffer.from("{"), "malformed-json"],
		["invalid UTF-8", Buffer.from([0x22, 0xff, 0x22]), "malformed-json"],
		["an unknown type", Buffer.from(JSON.stringify({ ...post, type: "other.v1" })), "unknown-event-type"],
		["a missing id", Buffer.from(JSON.stringify({ ...post, id: undefined })), "malformed-event"],
		["an id with a NUL", Buffer.from(JSON.stringify({ ...post, id: "a\0b" })), "malformed-event"],
		["another version of CloudEvents", Buffer.from(JSON.stringify({ ...post, specversion: "0.3" })), "malformed-event"],
		["an array", Buffer.from("[]"), "malformed-event"],
	])("%s", (_what, value, problem) => {
		expect(parseItemEvent({ headers: {}, value })).toMatchObject({ ok: false, problem });
	});

	test("the reason names fields and rules, never values", () => {
		const parsed = structured({ ...post, data: { ...post.data, surface: "a very private word" } });
		expect(parsed).toMatchObject({ ok: false });
		expect(JSON.stringify(parsed)).not.toContain("private");
		expect(parsed).toMatchObject({
			faults: [{ field: "data.surface", rule: "invalid_value", allowed: ["public", "group", "direct"] }],
		});
	});
});
