import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { BreakwaterError } from "../../../../services/core/errors.ts";
import { refuseUnstorable } from "../../../../services/runtime/http/refuse-unstorable.ts";
import { createHttpServer, type HttpServer, problemResponses } from "../../../../services/runtime/http/server.ts";
import { silentLogger } from "../../../../services/runtime/logger.ts";
import { createMetrics } from "../../../../services/runtime/metrics.ts";

const secret = "words that came with the request";
let server: HttpServer;

beforeAll(async () => {
	server = await createHttpServer({
		api: { title: "Sample", version: "1.0.0", description: "First.\n\nSecond <b>.", securitySchemes: {} },
		logger: silentLogger,
		metrics: createMetrics("test"),
		health: async () => ({ isReady: false, parts: { record: "cannot be reached" } }),
		bodyLimitBytes: 100,
		requestTimeoutMs: 1_000,
		trustedProxies: ["10.0.0.0/8"],
	});
	refuseUnstorable(server);
	const schema = {
		tags: ["things"],
		summary: "Count a thing",
		params: z.object({ id: z.uuid() }),
		body: z.object({ count: z.int().min(1), note: z.string().optional() }),
		response: { 200: z.object({ count: z.int() }), ...problemResponses },
	};
	server.put("/things/:id", { schema }, async ({ body }) => body);
	server.get("/broken", async () => {
		throw new Error(secret);
	});
	server.get("/held", async () => {
		throw new BreakwaterError("already-claimed");
	});
	server.get("/who", async ({ ip }) => ({ ip }));
	await server.ready();
});
afterAll(() => server.close());

const thing = "/things/019ab000-0000-7000-8000-000000000000";

describe("a body that is compressed", () => {
	const put = (payload: Buffer, coding: string) =>
		server.inject({
			method: "PUT",
			url: thing,
			payload,
			headers: { "content-type": "application/json", "content-encoding": coding },
		});
	const whole = gzipSync('{"count":7}');

	it.each(["gzip", "X-GZIP"])("is read as what it is: %s", async (coding) => {
		expect((await put(whole, coding)).json()).toEqual({ count: 7 });
	});

	it("is as long as what comes out of it", async () => {
		const bomb = gzipSync(`{"count":7}${" ".repeat(1_000)}`);
		expect(bomb.length).toBeLessThan(100);
		const answer = await put(bomb, "gzip");
		expect([answer.statusCode, answer.json().code]).toEqual([413, "content-too-large"]);
	});

	it.each([
		["is cut off", whole.subarray(0, 15)],
		["is not compressed at all", Buffer.from('{"count":7}')],
	])("is refused where it %s", async (_what, payload) => {
		const answer = await put(payload, "gzip");
		expect([answer.statusCode, answer.json().code]).toEqual([400, "malformed-request"]);
		expect(answer.json().detail).toBe("content-encoding: the body is not whole gzip");
	});

	it.each(["br", "deflate", "gzip, gzip"])(
		"is refused in another coding, and told which is taken: %s",
		async (coding) => {
			const answer = await put(whole, coding);
			expect([answer.statusCode, answer.json().code, answer.headers["accept-encoding"]]).toEqual([
				415,
				"unsupported-media-type",
				"gzip",
			]);
			expect(answer.json().detail).toContain("gzip");
		},
	);
});

describe("who is asking", () => {
	it.each([
		["a trusted proxy is believed", "10.1.2.3", "203.0.113.9", "203.0.113.9"],
		["what a client put before the proxy's own word is not", "10.1.2.3", "192.0.2.1, 203.0.113.9", "203.0.113.9"],
		["nobody else is", "198.51.100.4", "203.0.113.9", "198.51.100.4"],
	])("%s", async (_name, remoteAddress, forwarded, ip) => {
		const headers = { "x-forwarded-for": forwarded };
		expect((await server.inject({ method: "GET", url: "/who", remoteAddress, headers })).json()).toEqual({ ip });
	});
});

describe("an answer that is not the one asked for", () => {
	it.each([
		["an address that does not exist", { method: "GET", url: "/nowhere" }, 404, "not-found"],
		["a method that the address does not take", { method: "DELETE", url: thing }, 405, "method-not-allowed"],
		["a body that is not JSON", { method: "PUT", url: thing, payload: "{no" }, 400, "malformed-json"],
		["no body at all", { method: "PUT", url: thing, payload: "" }, 400, "malformed-json"],
		["a NUL in its text", { method: "PUT", url: thing, payload: '{"count":1,"note":"\\u0000"}' }, 422, "rule-broken"],
		["a NUL in its query", { method: "GET", url: "/who?name=a%00" }, 422, "rule-broken"],
		["half of a character", { method: "PUT", url: thing, payload: '{"\\ud800":1}' }, 400, "malformed-request"],
		["a field that breaks its rule", { method: "PUT", url: thing, payload: '{"count":0}' }, 400, "malformed-request"],
		["a path that is not an id", { method: "PUT", url: "/things/7", payload: "{}" }, 400, "malformed-request"],
		[
			"a longer path than any id",
			{ method: "PUT", url: `/things/${"7".repeat(101)}`, payload: "{}" },
			400,
			"malformed-request",
		],
		["a path longer than requests are", { method: "PUT", url: `/things/${"7".repeat(20_000)}` }, 404, "not-found"],
		["a path that cannot be decoded", { method: "GET", url: "/%zz" }, 400, "malformed-request"],
		["a body over the limit", { method: "PUT", url: thing, payload: `"${"x".repeat(100)}"` }, 413, "content-too-large"],
		["an error of the catalogue", { method: "GET", url: "/held" }, 409, "already-claimed"],
		["an error that nobody foresaw", { method: "GET", url: "/broken" }, 500, "internal"],
	] as const)("for %s is a problem document", async (_name, request, status, code) => {
		const answer = await server.inject({ ...request, headers: { "content-type": "application/json" } });
		expect(answer.statusCode).toBe(status);
		expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
		expect(answer.json()).toMatchObject({ type: `urn:breakwater:problem:${code}`, code, status });
	});

	it("for a content type that is not taken is a problem document", async () => {
		const headers = { "content-type": "text/plain" };
		const answer = await server.inject({ method: "PUT", url: thing, payload: "5", headers });
		expect(answer.json()).toMatchObject({ status: 415, code: "unsupported-media-type" });
	});

	it("names fields and rules, never what was sent or what a library said", async () => {
		const refused = await server.inject({ method: "PUT", url: thing, payload: { count: secret } });
		expect(refused.json()).toMatchObject({ detail: "body.count: missing, or of another type" });
		const failed = await server.inject({ method: "GET", url: "/broken" });
		expect(refused.body + failed.body).not.toContain(secret);
	});

	it("says which methods an address takes", async () => {
		expect((await server.inject({ method: "POST", url: "/held" })).headers.allow).toBe("GET, HEAD");
	});
});

describe("every answer", () => {
	it("carries the request's id, the caller's own where it is harmless", async () => {
		const own = await server.inject({ url: "/held", headers: { "x-request-id": "abc-1" } });
		expect(own.headers["x-request-id"]).toBe("abc-1");
		expect(own.json()).toMatchObject({ requestId: "abc-1" });
		const made = await server.inject({ url: "/held", headers: { "x-request-id": "a b\t<c>" } });
		expect(made.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
	});

	it("may not be stored, framed or sniffed", async () => {
		const { headers } = await server.inject("/held");
		expect(headers).toMatchObject({
			"cache-control": "no-store",
			"content-security-policy": "default-src 'none'; frame-ancestors 'none'",
			"x-content-type-options": "nosniff",
		});
	});
});

describe("the description of the API", () => {
	it("is OpenAPI 3.1 with every tagged route and its problems", async () => {
		const document = (await server.inject("/openapi.json")).json();
		expect(document.openapi).toBe("3.1.0");
		expect(Object.keys(document.paths)).toEqual(["/things/{id}"]);
		expect(document.paths["/things/{id}"].put.responses["4XX"].content).toHaveProperty("application/problem+json");
	});

	it("can be read as a page that loads nothing from elsewhere and runs no script", async () => {
		const page = await server.inject("/docs");
		expect(page.headers["content-security-policy"]).toBe(
			"default-src 'none'; style-src 'self'; frame-ancestors 'none'",
		);
		expect(page.body).toContain("<code>/things/{id}</code>");
		expect(page.body).toContain("Second &lt;b&gt;.");
		expect(page.body).toContain("count: integer (≥1)");
		expect(page.body).not.toMatch(/https?:|<script|style=/);
	});
});

describe("a process that is not ready", () => {
	it("is alive all the same, and says what it waits for", async () => {
		expect((await server.inject("/live")).statusCode).toBe(200);
		const ready = await server.inject("/ready");
		expect([ready.statusCode, ready.json().parts]).toEqual([503, { record: "cannot be reached" }]);
	});

	it("says since when", async () => {
		const first = (await server.inject("/ready")).json().since.record;
		expect(Date.now() - Date.parse(first)).toBeGreaterThanOrEqual(0);
		expect((await server.inject("/ready")).json().since).toEqual({ record: first });
	});
});

describe("a request that is no HTTP", () => {
	it("is answered with a problem document, and the connection ends", async () => {
		const { port } = new URL(await server.listen({ host: "127.0.0.1", port: 0 }));
		const answer = await new Promise<string>((resolve, reject) => {
			let text = "";
			const socket = connect(Number(port), "127.0.0.1", () => socket.write("NOT HTTP\r\n\r\n"));
			socket.setEncoding("utf8").on("data", (chunk) => {
				text += chunk;
			});
			socket.on("end", () => resolve(text)).on("error", reject);
		});
		expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request/);
		expect(answer).toContain('"code":"malformed-request"');
	});
});
