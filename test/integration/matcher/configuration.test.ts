// /status, /m/index/status, /c/signal_type, /c/content_type, /c/exchanges: what is configured, and what there is not.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { toHex } from "../../../services/core/hashes/hash-hex.ts";
import { digest } from "../../support/bank-fixtures.ts";
import { type MatcherFixture, openMatcherFixture } from "./matcher-fixture.ts";

let api: MatcherFixture;
beforeAll(async () => {
	api = await openMatcherFixture();
});
afterAll(async () => {
	await api[Symbol.asyncDispose]();
});

describe("status", () => {
	it.each([
		["ready", 200, "I-AM-ALIVE"],
		["loading", 503, "INDEX-NOT-LOADED"],
		["stale", 503, "INDEX-STALE"],
	] as const)("says when the banks are %s; being alive does not depend on them", async (state, status, text) => {
		api.state = state;
		const answers = [await api.get("/status"), await api.get("/status/live")];
		api.state = "ready";
		expect(answers.map((answer) => [answer.status, answer.json])).toEqual([
			[status, text],
			[200, "I-AM-ALIVE"],
		]);
	});

	it("of the index counts entries by signal type", async () => {
		const empty = { built_to: -1, present: true, size: 0 };
		expect((await api.get("/m/index/status")).json).toEqual({ pdq: empty, video_md5: empty, vpdq: empty });
		const bank = await api.createBank();
		for (const note of ["first", "the same hash again: another content, the same entry"])
			await api.send("POST", `/c/bank/${bank}/signal`, { pdq: toHex(digest("counted")), note });
		api.pass(1_000);
		const { json } = await api.get("/m/index/status?signal_type=pdq");
		expect(json).toEqual({ pdq: { built_to: expect.any(Number), present: true, size: 1 } });
		expect(Math.abs(json.pdq.built_to - Date.now() / 1_000)).toBeLessThan(60);
		expect((await api.get("/c/signal_type/index?signal_type=pdq")).json.pdq).toMatchObject({
			...{ db_size: 1, index_size: 1, index_out_of_date: false },
		});
	});

	it.each(["/m/index/status", "/c/signal_type/index"])("of another signal type is refused (%s)", async (path) => {
		const { status, json } = await api.get(`${path}?signal_type=tmk`);
		expect([status, json]).toEqual([400, { message: "No such signal type 'tmk'" }]);
	});
});

describe("configuration", () => {
	it("lists signal types and content types, all on", async () => {
		expect((await api.get("/c/signal_type")).json).toEqual([
			{ name: "pdq", enabled_ratio: 1 },
			{ name: "video_md5", enabled_ratio: 1 },
			{ name: "vpdq", enabled_ratio: 1 },
		]);
		expect((await api.get("/c/content_type")).json).toEqual([
			{ name: "photo", enabled: true },
			{ name: "video", enabled: true },
		]);
		expect((await api.send("PUT", "/c/signal_type/pdq", { enabled_ratio: 0 })).status).toBe(409);
	});

	it("knows no exchanges, and answers as HMA would with none", async () => {
		expect((await api.get("/c/exchanges")).json).toEqual([]);
		expect((await api.get("/c/exchanges/apis")).json).toEqual([]);
		expect((await api.send("DELETE", "/c/exchange/NONE")).json).toEqual({ message: "Exchange deleted" });
	});

	it.each([
		["GET", "/c/exchange/NONE", 404, "Exchange 'NONE' not found"],
		["GET", "/c/exchange/NONE/status", 404, "Exchange 'NONE' not found"],
		["PUT", "/c/exchange/NONE", 404, "Exchange 'NONE' not found"],
		["GET", "/c/exchanges/api/none", 400, "no such Exchange API 'none'"],
		["POST", "/c/exchanges/api/none", 400, "no such Exchange API 'none'"],
		["GET", "/c/exchanges/api/none/schema", 404, "Exchange API 'none' not found"],
	] as const)("%s %s: %d", async (method, path, status, message) => {
		const answer = method === "GET" ? await api.get(path) : await api.send(method, path, {});
		expect([answer.status, answer.json]).toEqual([status, { message }]);
	});

	it.each([
		[{ api: "sample" }, "bank is required"],
		[{ bank: "lower", api: "sample" }, "Field `bank` must match /^[A-Z0-9_]+$/"],
		[{ bank: "NEW", api: "sample", api_json: [] }, "Field `api_json` must be object"],
		[{ bank: "NEW" }, "Field `api_type` is required"],
		[{ bank: "NEW", api: "sample" }, "No such exchange type 'sample'"],
	])("makes no exchange of %j", async (body, message) => {
		const { status, json } = await api.send("POST", "/c/exchanges", body);
		expect([status, json]).toEqual([400, { message }]);
	});

	it("wants JSON for one", async () => {
		expect((await api.send("POST", "/c/exchanges")).status).toBe(415);
	});
});

describe("an address that is nowhere", () => {
	it.each([
		["GET", "/m/nowhere", 404],
		["POST", "/m/raw_lookup", 405],
		["GET", "/m/compare", 405],
		["DELETE", "/c/banks", 405],
		["PUT", "/h/hash", 405],
	] as const)("or takes another method is told (%s %s: %d)", async (method, path, status) => {
		expect((await api.request(path, { method })).status).toBe(status);
	});
});
