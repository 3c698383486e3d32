// Who may ask: intake's callers by their platform's key, and `breakwater matcher --open` by being on this machine. Both are
// composed as in production, over real HTTP.
import { createHash, randomBytes } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { composeMatcher } from "../../../services/matcher/serve-alone.ts";
import { createClosing } from "../../../services/runtime/closing.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";
import { clientOf } from "./matcher-fixture.ts";

const closing = createClosing();
let system: TestSystem;
let alone: string;
let curatorKey: string;
beforeAll(async () => {
	system = closing.keep(await startTestSystem({ roles: ["intake"] }));
	const matcher = closing.keep(composeMatcher(system.parts, { port: 0, open: { mediaHosts: ["*"] } }));
	await matcher.start(new AbortController().signal);
	alone = matcher.url();
	curatorKey = `bw_${system.platform.name}_${randomBytes(32).toString("base64url")}`;
	const keyHash = createHash("sha256").update(curatorKey).digest();
	await system.parts.stores.platforms.addKey(system.platform.id, keyHash, "curator", { mayCurate: true });
	await eventually(async () => (await fetch(`${system.urlOf("intake")}/status`)).ok, { withinMs: 10_000 });
});
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
});

const withKey = (key: string) => clientOf(system.urlOf("intake"), { authorization: `Bearer ${key}` });
const pdq = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";

describe("intake", () => {
	it("answers nobody without a key, but for whether it is alive and what there is", async () => {
		const anybody = clientOf(system.urlOf("intake"));
		for (const path of ["/m/index/status", "/c/banks", `/m/lookup?signal_type=pdq&signal=${pdq}`, "/c/signal_type"]) {
			const { status, json, headers } = await anybody.get(path);
			expect([path, status, typeof json.message]).toEqual([path, 401, "string"]);
			expect(headers.get("www-authenticate")).toBe("Bearer");
		}
		expect((await anybody.get("/status")).json).toBe("I-AM-ALIVE");
		expect((await anybody.get("/status/live")).json).toBe("I-AM-ALIVE");
		const { json: addresses } = await anybody.get("/site-map");
		expect(addresses).toContain("/c/bank/<bank_name>/content/<int:content_id>");
		expect(addresses).toContain("/c/exchange/<string:exchange_name>/status");
		const home = await anybody.get("/");
		expect([home.status, home.headers.get("location")]).toEqual([302, "/status"]);
	});

	it("lets any key of a platform hash and look up, and only one made for it change banks", async () => {
		const plain = withKey(system.apiKey);
		expect((await plain.upload("/h/hash", { photo: await drawSample(5) })).status).toBe(200);
		expect((await plain.get("/c/banks")).status).toBe(200);
		const refused = [
			await plain.send("POST", "/c/banks", { name: "REFUSED" }),
			await plain.send("PUT", "/c/bank/REFUSED", { enabled: false }),
			await plain.send("DELETE", "/c/bank/REFUSED"),
			await plain.send("POST", "/c/bank/REFUSED/signal", { pdq }),
			await plain.upload("/c/bank/REFUSED/content", { photo: new Uint8Array(9) }),
			await plain.send("PUT", "/c/bank/REFUSED/content/1", { note: "x" }),
			await plain.send("DELETE", "/c/bank/REFUSED/content/1"),
			await plain.send("POST", "/c/exchanges", { bank: "X", api: "sample" }),
		];
		expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
		expect((await withKey(curatorKey).send("POST", "/c/banks", { name: "CURATED" })).status).toBe(201);
	});

	it("has what a curator adds speak under the platform's name, and found elsewhere", async () => {
		const curator = withKey(curatorKey);
		await curator.send("POST", "/c/banks", { name: "SHARED" });
		const { json } = await curator.send("POST", "/c/bank/SHARED/signal", { pdq });
		const elsewhere = clientOf(alone);
		await eventually(
			async () => (await elsewhere.get(`/m/raw_lookup?signal_type=pdq&signal=${pdq}`)).json.matches.includes(json.id),
			soon,
		);
		const bank = await system.parts.stores.banks.findByName("shared");
		if (bank === null) throw new Error("the bank is ours, too");
		const [entry] = await system.parts.stores.banks.findEntries(bank.id, { after: null, limit: 1 });
		expect(entry?.opinions).toMatchObject([{ source: `api:${system.platform.name}`, kind: "positive" }]);
	});

	it("fetches only from the platform's hosts", async () => {
		const { status, json } = await withKey(system.apiKey).get("/h/hash?url=https://media.example/a.jpg");
		expect([status, json]).toEqual([400, { message: "Invalid or unsafe URL provided" }]);
	});

	it("describes the matcher's routes beside its own, forms and all", async () => {
		const { json } = await clientOf(system.urlOf("intake")).get("/openapi.json");
		const described = Object.keys(json.paths);
		for (const path of [
			"/h/hash",
			"/m/lookup",
			"/m/raw_lookup",
			"/m/compare",
			"/m/link_hashes",
			"/c/bank/{bank_name}/signal",
			"/v1/events",
		])
			expect(described).toContain(path);
		const { requestBody } = json.paths["/h/hash"].post;
		const { oneOf } = requestBody.content["multipart/form-data"].schema;
		expect(oneOf.map(({ required }: { required: string[] }) => required)).toEqual([["photo"], ["video"]]);
		expect((await clientOf(system.urlOf("intake")).get("/docs")).json).toContain("/m/raw_lookup");
	});
});

describe("an open matcher", () => {
	it("answers this machine without a key, whole: add, match, remove", async () => {
		const api = clientOf(alone);
		const picture = await drawSample(6);
		expect((await api.send("POST", "/c/banks", { name: "OPEN" })).status).toBe(201);
		const { json: added } = await api.upload("/c/bank/OPEN/content", { photo: picture });
		const { json: found } = await api.upload("/m/lookup?banks=OPEN", { photo: picture });
		expect(found).toEqual({ pdq: { OPEN: [{ bank_content_id: added.id, distance: "0" }] } });
		expect((await api.send("DELETE", `/c/bank/OPEN/content/${added.id}`)).json).toEqual({ deleted: 1 });
		expect((await api.upload("/m/lookup?banks=OPEN", { photo: picture })).json).toEqual({ pdq: {} });
	});

	it.each([
		["a web page of another site", { "sec-fetch-site": "cross-site" }],
		["a name that leads here by a trick of DNS", { host: "rebound.example" }],
	])("does not answer %s", async (_who, headers) => {
		const status = await new Promise<number | undefined>((resolve, reject) => {
			request(`${alone}/c/banks`, { headers }, (answer) => resolve(answer.resume().statusCode))
				.on("error", reject)
				.end();
		});
		expect(status).toBe(403);
	});

	it("never fetches from a private address", async () => {
		for (const host of ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]"])
			expect((await clientOf(alone).get(`/h/hash?url=http://${host}/a.jpg`)).status).toBe(400);
	});
});
