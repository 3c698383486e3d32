// /c/banks, /c/bank and what lies under it: banks, their content, and the same banks as our own commands see them.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { toHex } from "../../../services/core/hashes/hash-hex.ts";
import { digest, hashesOf } from "../../support/bank-fixtures.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { clip, type MatcherFixture, openMatcherFixture } from "./matcher-fixture.ts";

let api: MatcherFixture;
beforeAll(async () => {
	api = await openMatcherFixture();
});
afterAll(async () => {
	await api[Symbol.asyncDispose]();
});

const pdqOf = (name: string) => toHex(digest(name));
const ownBank = async (name: string) => {
	const found = await api.stores.banks.findByName(name.toLowerCase().replaceAll("_", "-"));
	if (found === null) throw new Error("the bank is ours, too");
	return found;
};

/** Neither a share nor yes or no, though JavaScript would make numbers of some. */
const neitherRatioNorFlag: readonly [object][] = [
	...["", " ", [], [1], {}, "0x1", "Infinity", "1,0", 1.5, -0.5].map((enabled_ratio): [object] => [{ enabled_ratio }]),
	...[2, -1, 0.5, "", []].map((enabled): [object] => [{ enabled }]),
];

describe("a bank", () => {
	it("made here is one of ours: under its name in small letters, untrusted, so that its matches go to people", async () => {
		const { status, json } = await api.send("POST", "/c/banks", { name: "KNOWN_PICTURES_1" });
		expect([status, json]).toEqual([201, { name: "KNOWN_PICTURES_1", matching_enabled_ratio: 1 }]);
		expect(await ownBank("KNOWN_PICTURES_1")).toMatchObject({
			name: "known-pictures-1",
			kind: "known",
			trusted: false,
		});
		expect((await api.get("/c/banks")).json).toContainEqual(json);
		expect((await api.get("/c/bank/KNOWN_PICTURES_1")).json).toEqual(json);
	});

	it("is listed by its name", async () => {
		for (const name of ["ZULU", "ALPHA"]) await api.send("POST", "/c/banks", { name });
		const names = (await api.get("/c/banks")).json.map(({ name }: { name: string }) => name);
		expect(names.indexOf("ALPHA")).toBeLessThan(names.indexOf("ZULU"));
	});

	it("made by an operator is seen here, unless it holds what is harmless", async () => {
		const settings = {
			...{ category: "test-category", trusted: true, enabled: true, shadow: false, enabledRatio: 0.25 },
			...{ tightRadiusBits: 20, wideRadiusBits: 31 },
		};
		await api.stores.banks.create({ ...settings, name: "2024-list", kind: "known" }, "operator");
		const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
		await api.stores.banks.create(
			{ ...settings, name: "harmless", kind: "exempt", owner: "an", expiresAt },
			"operator",
		);
		const names = (await api.get("/c/banks")).json.map(({ name }: { name: string }) => name);
		expect(names).toContain("2024_LIST");
		expect(names).not.toContain("HARMLESS");
		expect((await api.get("/c/bank/2024_LIST")).json.matching_enabled_ratio).toBe(0.25);
		expect((await api.get("/c/bank/HARMLESS")).status).toBe(404);
		expect((await api.send("DELETE", "/c/bank/HARMLESS")).status).toBe(200);
		expect(await api.stores.banks.findByName("harmless")).not.toBeNull();
		expect((await api.send("POST", "/c/banks", { name: "HARMLESS" })).status).toBe(403);
	});

	it.each([
		[{ enabled_ratio: 0.5 }, 0.5],
		[{ enabled_ratio: "0.25" }, 0.25],
		[{ enabled: false }, 0],
		[{ enabled_ratio: " 1e-1 " }, 0.1],
		[{ enabled_ratio: "1." }, 1],
		[{ enabled_ratio: true }, 1],
		[{ enabled: "false" }, 0],
		[{ enabled: 0 }, 0],
		[{ enabled: 1 }, 1],
		[{ enabled: true, enabled_ratio: null }, 1],
		[{ enabled_ratio: null, color: "ignored" }, 1],
	])("is on for as much as asked (%j: %d)", async (body, ratio) => {
		const name = `RATIO_${createHash("md5").update(JSON.stringify(body)).digest("hex").slice(0, 8).toUpperCase()}`;
		const { status, json } = await api.send("POST", "/c/banks", { name, ...body });
		expect([status, json.matching_enabled_ratio]).toEqual([201, ratio]);
	});

	it.each([1e-308, 5e-324, 1e-7])("is not on for a share too small to be kept (%d)", async (ratio) => {
		const { status } = await api.send("POST", "/c/banks", { name: "TOO_SMALL", enabled_ratio: ratio });
		expect(status).toBe(400);
	});

	it.each(["01_BANK", "my_bank", "A-B", "", "_BANK", `B${"A".repeat(63)}`])("is not named %j", async (name) => {
		const { status, json } = await api.send("POST", "/c/banks", { name });
		expect([status, json.message]).toEqual([400, expect.stringContaining("Bank names")]);
	});

	it("is not made twice", async () => {
		await api.send("POST", "/c/banks", { name: "TWICE" });
		const { status, json } = await api.send("POST", "/c/banks", { name: "TWICE" });
		expect([status, json]).toEqual([403, { message: "Bank already exists" }]);
	});

	it.each([
		[{}],
		[{ name: null }],
		[{ name: 5 }],
		[["x"]],
		[{ name: "R", enabled_ratio: "often" }],
		[{ name: "R", enabled_ratio: 2 }],
		[{ name: "R", enabled: "maybe" }],
		...neitherRatioNorFlag.map(([fields]): [object] => [{ name: "R", ...fields }]),
	])("is not made of %j: 422", async (body) => {
		expect((await api.send("POST", "/c/banks", body)).status).toBe(422);
	});

	it.each([
		["no body", {}],
		["broken JSON", { headers: { "content-type": "application/json" }, body: "{" }],
		["a form", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "name=A" }],
	])("is not made of %s: 422", async (_what, init) => {
		expect((await api.request("/c/banks", { method: "POST", ...init })).status).toBe(422);
	});

	it("is switched and renamed; the ratio wins over enabled, and nothing changes nothing", async () => {
		const name = await api.createBank();
		const put = async (body: unknown) => (await api.send("PUT", `/c/bank/${name}`, body)).json.matching_enabled_ratio;
		expect(await put({ enabled: false })).toBe(0);
		expect(await put({ enabled_ratio: 0.25 })).toBe(0.25);
		expect(await put({ enabled: true, enabled_ratio: 0.75 })).toBe(0.75);
		expect(await put({})).toBe(0.75);
		const renamed = await api.send("PUT", `/c/bank/${name}`, { name: `${name}_NEW`, enabled: true });
		expect([renamed.status, renamed.json]).toEqual([200, { name: `${name}_NEW`, matching_enabled_ratio: 1 }]);
		expect((await api.get(`/c/bank/${name}`)).status).toBe(404);
		expect((await ownBank(`${name}_NEW`)).name).toBe(`${name}_NEW`.toLowerCase().replaceAll("_", "-"));
	});

	it("is switched on, or on for more, when a second person has agreed: until then the answer is what it still is", async () => {
		await api.stores.users.create({ login: "lead", displayName: "An", roles: ["lead"], passwordHash: "x" });
		try {
			const name = await api.createBank(0.5);
			const put = async (body: unknown) => {
				const { status, json } = await api.send("PUT", `/c/bank/${name}`, body);
				return [status, json.matching_enabled_ratio];
			};
			const { status, json } = await api.send("PUT", `/c/bank/${name}`, { enabled_ratio: 0.75 });
			expect([status, json]).toEqual([
				202,
				{ name, matching_enabled_ratio: 0.5, message: expect.stringContaining("second person") },
			]);
			expect(await put({ enabled: false })).toEqual([200, 0]);
			expect(await put({ enabled: true })).toEqual([202, 0]);
			// However often a client repeats itself, one question waits.
			expect(await put({ enabled: true })).toEqual([202, 0]);
			const waiting = await api.stores.bankDrafts.list({ states: ["open"], limit: 10 });
			expect(waiting).toMatchObject([{ createdBy: api.caller.by, faults: [{ code: "switched-on" }, {}] }]);
			for (const { id } of waiting) {
				await expect(api.stores.bankDrafts.accept(id, api.caller.by)).rejects.toMatchObject({ code: "same-person" });
				await api.stores.bankDrafts.accept(id, "lead");
			}
			expect((await api.get(`/c/bank/${name}`)).json.matching_enabled_ratio).toBe(1);
			expect((await api.send("POST", "/c/banks", { name: "NEW_AS_ANY" })).status).toBe(201);
		} finally {
			for (const { id } of await api.stores.users.list()) await api.stores.users.setDisabled(id, true);
		}
	});

	it.each([
		["0", "0", false],
		["0.0", "0.0", false],
		["1", "1", true],
		["1.0", "1.0", true],
	])("is switched by the number %s", async (_what, number, isOn) => {
		const name = await api.createBank(isOn ? 0 : 1);
		const headers = { "content-type": "application/json" };
		const { status, json } = await api.request(`/c/bank/${name}`, {
			...{ method: "PUT", headers, body: `{"enabled":${number}}` },
		});
		expect([status, json.matching_enabled_ratio]).toEqual([200, Number(isOn)]);
		expect((await ownBank(name)).enabled).toBe(isOn);
	});

	it.each(neitherRatioNorFlag)("stays as it was where %j is asked for: 422", async (body) => {
		const name = await api.createBank(0.75);
		const before = await ownBank(name);
		expect((await api.send("PUT", `/c/bank/${name}`, body)).status).toBe(422);
		expect(await ownBank(name)).toEqual(before);
	});

	it("keeps its content under a new name", async () => {
		const name = await api.createBank();
		await api.send("POST", `/c/bank/${name}/signal`, { pdq: pdqOf("renamed") });
		await api.send("PUT", `/c/bank/${name}`, { name: `${name}_NEW` });
		const { json } = await api.get(`/m/lookup?signal_type=pdq&signal=${pdqOf("renamed")}`);
		expect(Object.keys(json)).toEqual([`${name}_NEW`]);
	});

	it("is not renamed to what another has, or to no name", async () => {
		const [name, other] = [await api.createBank(), await api.createBank()];
		expect((await api.send("PUT", `/c/bank/${name}`, { name: other })).json).toEqual({
			message: "Bank name already exists",
		});
		expect((await api.send("PUT", `/c/bank/${name}`, { name: other })).status).toBe(403);
		expect((await api.send("PUT", `/c/bank/${name}`, { name: "1_bad" })).status).toBe(400);
		expect((await api.send("PUT", `/c/bank/${name}`, { enabled: "maybe" })).status).toBe(422);
		expect((await api.send("PUT", `/c/bank/${name}`)).status).toBe(422);
	});

	it("that is nowhere is not found, in any way of writing it", async () => {
		expect((await api.get("/c/bank/NOWHERE")).json).toEqual({ message: "bank 'NOWHERE' not found" });
		expect((await api.get("/c/bank/nowhere")).status).toBe(404);
		expect((await api.send("PUT", "/c/bank/NOWHERE", { enabled: true })).json).toEqual({ message: "Bank not found" });
		expect((await api.send("POST", "/c/bank/NOWHERE/signal", { pdq: pdqOf("x") })).status).toBe(404);
		expect((await api.upload("/c/bank/NOWHERE/content", { photo: api.picture })).status).toBe(404);
	});

	it.each([
		["of 101 characters", "A".repeat(101)],
		["of 2,000 characters", "A".repeat(2_000)],
		["of 10,000 characters", "A".repeat(10_000)],
		["with a NUL", "%00"],
		["with a NUL after a name", "BANK%00"],
	])("under a name %s is nowhere", async (_what, name) => {
		const path = `/c/bank/${name}`;
		const [shown, put, deleted] = await Promise.all([
			api.get(path),
			api.send("PUT", path, { enabled: true }),
			api.send("DELETE", path),
		]);
		expect([shown.status, shown.json]).toEqual([
			404,
			{ message: expect.stringMatching(/^bank '(BANK)?…' not found$/) },
		]);
		expect([put.status, put.json]).toEqual([404, { message: "Bank not found" }]);
		expect([deleted.status, deleted.json]).toEqual([200, { message: "Done" }]);
		expect((await api.get(`${path}/content/1`)).status).toBe(404);
		expect((await api.send("DELETE", `${path}/content/1`)).status).toBe(404);
		expect((await api.send("POST", `${path}/signal`, { pdq: pdqOf("x") })).status).toBe(404);
	});

	it("is deleted with what it holds, which stops matching; once more changes nothing", async () => {
		const name = await api.createBank();
		await api.send("POST", `/c/bank/${name}/signal`, { pdq: pdqOf("deleted") });
		expect((await api.send("DELETE", `/c/bank/${name}`)).json).toEqual({ message: "Done" });
		expect((await api.get(`/m/raw_lookup?signal_type=pdq&signal=${pdqOf("deleted")}`)).json).toEqual({ matches: [] });
		expect((await api.send("DELETE", `/c/bank/${name}`)).json).toEqual({ message: "Done" });
	});
});

describe("content", () => {
	let bank: string;
	beforeAll(async () => {
		bank = await api.createBank();
	});
	const addSignal = async (body: unknown, to = bank) =>
		(await api.send("POST", `/c/bank/${to}/signal`, body)).json.id as number;
	const show = (id: number, more = "") => api.get(`/c/bank/${bank}/content/${id}${more}`);

	it("added as a file, or from an address, is hashed, and found at once by everyone in this process", async () => {
		const { status, json } = await api.upload(`/c/bank/${bank}/content`, { photo: api.picture });
		expect([status, json]).toEqual([
			200,
			{ id: expect.any(Number), signals: { pdq: expect.stringMatching(/^[0-9a-f]{64}$/) } },
		]);
		const hash = Buffer.from(json.signals.pdq, "hex");
		expect(await api.matcher.match(hashesOf("any", hash))).toMatchObject([{ distanceBits: 0, standing: "probable" }]);
		const video = await api.upload(`/c/bank/${bank}/content`, { video: clip });
		expect(video.json.signals).toEqual({ video_md5: createHash("md5").update(clip).digest("hex") });
		const fetched = await api.send("POST", `/c/bank/${bank}/content?url=http://${api.host}/picture.jpg`);
		expect([fetched.status, fetched.json.signals]).toEqual([200, json.signals]);
		expect(fetched.json.id).not.toBe(json.id);
	});

	it("keeps the quality of the picture that it was hashed from", async () => {
		const to = await api.createBank();
		await api.upload(`/c/bank/${to}/content`, { photo: api.other });
		const [entry] = await api.stores.banks.findEntries((await ownBank(to)).id, { after: null, limit: 1 });
		expect(entry?.quality).toBeGreaterThanOrEqual(50);
	});

	it("is shown with its note and metadata, and its hashes where asked for", async () => {
		const metadata = { content_id: "x1", content_uri: "https://media.example/1", json: { a: { b: 1 } } };
		const fields = { metadata: JSON.stringify(metadata), note: "from a report" };
		const { json: added } = await api.upload(`/c/bank/${bank}/content`, { photo: api.picture }, fields);
		const shown = {
			...{ id: added.id, disable_until_ts: 1, original_media_uri: null, note: "from a report" },
			bank: { name: bank, matching_enabled_ratio: 1 },
			metadata: { ...metadata, collab: null },
		};
		expect((await show(added.id)).json).toEqual(shown);
		expect((await show(added.id, "?include_signals=TRUE")).json).toEqual({ ...shown, signals: added.signals });
		const { metadata: _left, ...without } = shown;
		expect((await show(added.id, "?include_metadata=false")).json).toEqual(without);
	});

	it("takes metadata's json as json_data, too, with a file or with an address, and shows it as json", async () => {
		const metadata = { json_data: { a: "🐚" } };
		const byFile = { metadata: JSON.stringify(metadata) };
		const uploaded = await api.upload(`/c/bank/${bank}/content`, { photo: api.picture }, byFile);
		const fetched = await api.send("POST", `/c/bank/${bank}/content?url=http://${api.host}/picture.jpg`, { metadata });
		for (const { json } of [uploaded, fetched])
			expect((await show(json.id)).json.metadata).toEqual({
				...{ content_id: null, content_uri: null, json: { a: "🐚" }, collab: null },
			});
	});

	it("has a note of 255 characters of any script", async () => {
		const note = "🐚".repeat(255);
		const id = await addSignal({ pdq: pdqOf("shells"), note });
		expect((await show(id)).json.note).toBe(note);
		expect((await api.send("PUT", `/c/bank/${bank}/content/${id}`, { note })).json.note).toBe(note);
	});

	it("without a note or metadata shows neither", async () => {
		const id = await addSignal({ pdq: pdqOf("plain") });
		const bare = { id, disable_until_ts: 1, original_media_uri: null, bank: { name: bank, matching_enabled_ratio: 1 } };
		expect((await show(id)).json).toEqual(bare);
	});

	it("can have hashes of several types, and a note", async () => {
		const signals = { pdq: pdqOf("both"), video_md5: toHex(digest("both", "md5")) };
		const id = await addSignal({ ...signals, note: "both" });
		expect((await show(id, "?include_signals=true")).json).toMatchObject({ signals, note: "both" });
		for (const [type, signal] of Object.entries(signals))
			expect((await api.get(`/m/raw_lookup?signal_type=${type}&signal=${signal}`)).json).toEqual({ matches: [id] });
	});

	it.each([
		["nothing", {}, "No signals given"],
		["a note alone", { note: "x" }, "No signals given"],
		["a list", ["x"], "No signals given"],
		["another type", { tmk: "x" }, "No such signal type tmk"],
		["a word", { pdq: "banana" }, "Invalid pdq signal: invalid PDQ hash"],
		["a number", { pdq: 5 }, "Invalid pdq signal: invalid PDQ hash"],
		["a long note", { pdq: pdqOf("long"), note: "x".repeat(256) }, "note must be at most 255 characters"],
		[
			"a note long in characters outside the basic plane",
			{ pdq: pdqOf("long"), note: "🐚".repeat(256) },
			"note must be at most 255 characters",
		],
		["a note with a NUL", { pdq: pdqOf("long"), note: "a\0b" }, "note must be well-formed Unicode without NUL"],
		[
			"a note with half a character",
			{ pdq: pdqOf("long"), note: "\ud83d" },
			"note must be well-formed Unicode without NUL",
		],
		["a note that is none", { pdq: pdqOf("long"), note: 5 }, "note should be a string"],
		["what a blank picture has", { pdq: "0".repeat(64) }, "Invalid pdq signal: all-zero hash"],
		["what a flat picture has", { pdq: "f".repeat(64) }, "Invalid pdq signal: low entropy: 256 of 256 bits are set"],
		[
			"what an empty file has",
			{ video_md5: "d41d8cd98f00b204e9800998ecf8427e" },
			"Invalid video_md5 signal: hash of an empty file",
		],
	])("is not made of %s", async (_what, body, message) => {
		const { status, json } = await api.send("POST", `/c/bank/${bank}/signal`, body);
		expect([status, json]).toEqual([400, { message }]);
	});

	it("is not made without JSON, or without a file", async () => {
		expect((await api.send("POST", `/c/bank/${bank}/signal`)).status).toBe(415);
		const broken = { method: "POST", headers: { "content-type": "application/json" }, body: "{" };
		expect((await api.request(`/c/bank/${bank}/signal`, broken)).status).toBe(400);
		const neither = { message: "Neither `url` nor multipart file upload was received" };
		expect((await api.send("POST", `/c/bank/${bank}/content`)).json).toEqual(neither);
		expect((await api.send("POST", `/c/bank/${bank}/content`, { note: "x" })).json).toEqual(neither);
	});

	it.each([
		["a picture without structure", { files: ["flat"] }, "Invalid pdq signal: invalid PDQ hash"],
		["metadata that is no JSON", { fields: { metadata: "{" } }, "metadata form field must be valid JSON"],
		["metadata that is a list", { fields: { metadata: "[]" } }, "metadata should be a json object"],
		["metadata of another kind", { fields: { metadata: '{"colour":5}' } }, "Invalid metadata"],
		["metadata of another type", { fields: { metadata: '{"content_id":5}' } }, "Invalid metadata: content_id"],
		[
			"metadata with a NUL",
			{ fields: { metadata: String.raw`{"json":{"a":["\u0000"]}}` } },
			"Invalid metadata: must be well-formed",
		],
		[
			"metadata under a key with a NUL",
			{ fields: { metadata: String.raw`{"json":{"\u0000":1}}` } },
			"Invalid metadata: must be",
		],
		[
			"metadata's text with a NUL",
			{ fields: { metadata: String.raw`{"content_id":"\u0000"}` } },
			"Invalid metadata: must be",
		],
		[
			"metadata with half a character",
			{ fields: { metadata: String.raw`{"json":{"a":"\ud83d"}}` } },
			"Invalid metadata: must be",
		],
		["metadata twice", { fields: { metadata: '{"json":{"a":1},"json_data":{"a":1}}' } }, "Invalid metadata"],
		["a note with a NUL", { fields: { note: "a\0b" } }, "note must be well-formed Unicode without NUL"],
		["a long note", { fields: { note: "x".repeat(256) } }, "note must be at most 255 characters"],
	] as const)("is not made with %s", async (_what, given, message) => {
		const fields = "fields" in given ? given.fields : {};
		const photo = "files" in given ? api.flat : api.picture;
		const { status, json } = await api.upload(`/c/bank/${bank}/content`, { photo }, fields as Record<string, string>);
		expect([status, json.message]).toEqual([400, expect.stringContaining(message)]);
	});

	it("is changed: its note, and until when it is off", async () => {
		const id = await addSignal({ pdq: pdqOf("changed"), note: "first" });
		const put = (body: unknown) => api.send("PUT", `/c/bank/${bank}/content/${id}`, body);
		const until = Math.trunc(Date.now() / 1_000) + 60;
		expect((await put({ disable_until_ts: String(until), note: "second" })).json).toEqual({
			...{ id, disable_until_ts: until, collab_metadata: {}, original_media_uri: null, user_metadata: null },
			...{ note: "second", bank: { name: bank, matching_enabled_ratio: 1 } },
		});
		expect((await put({ disable_until_ts: 1.7 })).json.disable_until_ts).toBe(1);
		expect((await put({ note: "" })).json.note).toBeNull();
		expect((await put({})).status).toBe(200);
		expect((await put([])).status).toBe(200);
		expect((await show(id)).json).not.toHaveProperty("note");
	});

	it.each([
		[{ disable_until_ts: -1 }, "disable_until_ts must be a non-negative integer"],
		[{ disable_until_ts: 9_999_999_999 }, "disable_until_ts must be less than 5 years in the future"],
		[{ disable_until_ts: "x" }, "Invalid int"],
		[{ disable_until_ts: null }, "Invalid int"],
		[{ note: "x".repeat(256) }, "note must be at most 255 characters"],
		[{ note: "🐚".repeat(256) }, "note must be at most 255 characters"],
		[{ note: "a\0b" }, "note must be well-formed Unicode without NUL"],
		[{ note: 7 }, "note should be a string"],
	])("is not changed to %j", async (body, message) => {
		const id = await addSignal({ pdq: pdqOf(`unchanged ${message}`) });
		const { status, json } = await api.send("PUT", `/c/bank/${bank}/content/${id}`, body);
		expect([status, json.message]).toEqual([400, expect.stringContaining(message)]);
	});

	it("that is nowhere, or in another bank, is not found", async () => {
		const id = await addSignal({ pdq: pdqOf("elsewhere") });
		const other = await api.createBank();
		for (const path of [
			`${bank}/content/99999999`,
			`${bank}/content/abc`,
			`${bank}/content/-1`,
			`${bank}/content/%00`,
			`${bank}/content/${"1".repeat(101)}`,
			`${other}/content/${id}`,
		]) {
			expect((await api.get(`/c/bank/${path}`)).status).toBe(404);
			expect((await api.send("PUT", `/c/bank/${path}`, { note: "x" })).status).toBe(404);
		}
		expect((await api.send("PUT", `/c/bank/${bank}/content/${id}`)).status).toBe(415);
		expect((await api.send("DELETE", `/c/bank/${other}/content/${id}`)).json).toEqual({ deleted: 0 });
		expect((await api.send("DELETE", `/c/bank/NOWHERE/content/${id}`)).status).toBe(404);
	});

	it("removed no longer matches; another with the same hash still does", async () => {
		const pdq = pdqOf("removed");
		const [first, second] = [await addSignal({ pdq }), await addSignal({ pdq })];
		const matches = async () => (await api.get(`/m/raw_lookup?signal_type=pdq&signal=${pdq}`)).json.matches;
		expect((await api.send("DELETE", `/c/bank/${bank}/content/${first}`)).json).toEqual({ deleted: 1 });
		expect(await matches()).toEqual([second]);
		expect((await api.send("DELETE", `/c/bank/${bank}/content/${first}`)).json).toEqual({ deleted: 0 });
		expect((await show(first)).status).toBe(404);
		await api.send("DELETE", `/c/bank/${bank}/content/${second}`);
		expect(await matches()).toEqual([]);
		expect(await api.matcher.match(hashesOf("any", Buffer.from(pdq, "hex")))).toEqual([]);
	});

	it("speaks again by itself when its time is over", async () => {
		const pdq = pdqOf("due");
		const id = await addSignal({ pdq });
		const matchesHere = async () => (await api.matcher.match(hashesOf("any", Buffer.from(pdq, "hex")))).length === 1;
		const until = Math.trunc(Date.now() / 1_000) + 1;
		await api.send("PUT", `/c/bank/${bank}/content/${id}`, { disable_until_ts: until });
		await eventually(async () => (await api.stores.bankContents.enableDue("test")) > 0, soon);
		await eventually(matchesHere, soon);
	});
});

describe("what came into a bank another way", () => {
	const importInto = async (bank: string, name: string, source = "a-list") => {
		await api.stores.banks.update((await ownBank(bank)).id, { sources: ["a-list"] }, "an");
		const opinion = { source, kind: "positive" } as const;
		const entry = { hashType: "pdq", hash: digest(name), quality: 90, opinion, externalId: null, note: null } as const;
		await api.stores.banks.addEntries((await ownBank(bank)).id, [entry], "import");
		await api.send("PUT", `/c/bank/${bank}`, {});
	};
	const matchesOf = async (name: string) =>
		(await api.get(`/m/raw_lookup?signal_type=pdq&signal=${pdqOf(name)}`)).json.matches as number[];
	const standing = async (name: string) => (await api.matcher.match(hashesOf("any", digest(name))))[0]?.standing;

	it("stays cleared where our own people cleared it, though it is switched off and a client's content speaks for it", async () => {
		const bank = await api.createBank();
		await importInto(bank, "cleared");
		const [id] = await matchesOf("cleared");
		await api.send("POST", `/c/bank/${bank}/signal`, { pdq: pdqOf("cleared") });
		expect(await standing("cleared")).toBe("confirmed");
		const [entry] = await api.stores.banks.findEntries((await ownBank(bank)).id, { after: null, limit: 1 });
		if (entry === undefined) throw new Error("there is an entry");
		await api.stores.entryWatch.judge(entry.id, "clear", { by: "an", why: "a logo", at: new Date() });
		await api.send("PUT", `/c/bank/${bank}/content/${id}`, { disable_until_ts: 0 });
		expect(await standing("cleared")).toBeUndefined();
		await api.send("PUT", `/c/bank/${bank}/content/${id}`, { disable_until_ts: 1 });
		expect(await standing("cleared")).toBeUndefined();
	});

	it.each([
		["deleted", (bank: string, id: number) => api.send("DELETE", `/c/bank/${bank}/content/${id}`)],
		[
			"switched off",
			(bank: string, id: number) => api.send("PUT", `/c/bank/${bank}/content/${id}`, { disable_until_ts: 0 }),
		],
	])("stays cleared where our own people cleared it, though a client has it %s and adds it anew", async (what, act) => {
		const bank = await api.createBank();
		await importInto(bank, what);
		const [entry] = await api.stores.banks.findEntries((await ownBank(bank)).id, { after: null, limit: 1 });
		const [id] = await matchesOf(what);
		if (entry === undefined || id === undefined) throw new Error("there is an entry");
		await api.stores.entryWatch.judge(entry.id, "clear", { by: "an", why: "a logo", at: new Date() });
		await act(bank, id);
		await api.send("POST", `/c/bank/${bank}/signal`, { pdq: pdqOf(what) });
		expect(await standing(what)).toBeUndefined();
	});

	it("is switched off and on without forgetting who said what", async () => {
		const bank = await api.createBank();
		await importInto(bank, "listed");
		const [id] = await matchesOf("listed");
		const before = (await api.stores.banks.findEntries((await ownBank(bank)).id, { after: null, limit: 1 }))[0]
			?.opinions;
		await api.send("PUT", `/c/bank/${bank}/content/${id}`, { disable_until_ts: 0, note: "looked at" });
		expect(await standing("listed")).toBeUndefined();
		expect(await matchesOf("listed")).toEqual([id]);
		await api.send("PUT", `/c/bank/${bank}/content/${id}`, { disable_until_ts: 1 });
		expect(await standing("listed")).toBe("probable");
		const after = (await api.stores.banks.findEntries((await ownBank(bank)).id, { after: null, limit: 1 }))[0]
			?.opinions;
		expect(after).toEqual(before);
	});

	it("is removed; what clients added of the same hash stays", async () => {
		const bank = await api.createBank();
		await importInto(bank, "listed twice");
		const own = (await api.send("POST", `/c/bank/${bank}/signal`, { pdq: pdqOf("listed twice") })).json.id as number;
		expect(await standing("listed twice")).toBe("confirmed");
		const listed = (await matchesOf("listed twice")).find((id) => id !== own);
		expect((await api.send("DELETE", `/c/bank/${bank}/content/${listed}`)).json).toEqual({ deleted: 1 });
		expect(await matchesOf("listed twice")).toEqual([own]);
		expect(await standing("listed twice")).toBe("probable");
	});

	it("stays when what a client added of the same hash is removed", async () => {
		const bank = await api.createBank();
		const own = (await api.send("POST", `/c/bank/${bank}/signal`, { pdq: pdqOf("stays") })).json.id as number;
		await importInto(bank, "stays");
		await api.send("DELETE", `/c/bank/${bank}/content/${own}`);
		const left = await matchesOf("stays");
		expect(left).toHaveLength(1);
		expect(left).not.toContain(own);
	});

	it("comes back under a number when a removed bank is put back", async () => {
		const bank = await api.createBank();
		await api.send("POST", `/c/bank/${bank}/signal`, { pdq: pdqOf("put back") });
		const { name } = await ownBank(bank);
		const [newest] = await api.stores.banks.history(name, { before: null, limit: 1 });
		await api.send("DELETE", `/c/bank/${bank}`);
		expect(await matchesOf("put back")).toEqual([]);
		await api.stores.banks.revert(name, newest?.sequence ?? 0, "operator");
		await api.send("PUT", `/c/bank/${bank}`, {});
		expect(await matchesOf("put back")).toHaveLength(1);
		expect((await api.get(`/m/lookup?signal_type=pdq&signal=${pdqOf("put back")}`)).json).toHaveProperty(bank);
	});

	it("and every change through the API is in the bank's history, under the caller's name", async () => {
		const bank = await api.createBank();
		const { json } = await api.send("POST", `/c/bank/${bank}/signal`, { pdq: pdqOf("history") });
		await api.send("DELETE", `/c/bank/${bank}/content/${json.id}`);
		const history = await api.stores.banks.history((await ownBank(bank)).name, { before: null, limit: 10 });
		expect(history.map(({ step, by }) => [step.code, by])).toEqual([
			["entry-removed-step", "test"],
			["entry-step", "test"],
			["settings-step", "test"],
		]);
	});
});
