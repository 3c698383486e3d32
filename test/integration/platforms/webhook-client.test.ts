// Orders to real HTTP servers on this machine.
import { createServer, type RequestListener, type Server } from "node:http";
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import { Webhook } from "standardwebhooks";
import { createWebhookClient } from "../../../services/adapters/platforms/webhook-client.ts";
import { itemId, orderId, platformId, uuidv7 } from "../../../services/core/ids.ts";
import { stateReasons } from "../../../services/core/orders/statement/statement.ts";
import type { OrderMessage } from "../../../services/core/wire/order.ts";
import { readShippedTemplates } from "../../../services/runtime/read-templates.ts";

const secret = `whsec_${Buffer.from("a secret of the test, 32 bytes!!").toString("base64")}`;
const clock = { now: () => Date.now() };
const client = createWebhookClient({ timeoutMs: 700, allowPrivateAddresses: true, clock });
const servers: Server[] = [];
afterEach(() => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});
afterAll(() => client[Symbol.asyncDispose]());

async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/orders`;
}
const platform = (url: string) => ({
	id: platformId.parse(uuidv7(0)),
	name: "forum",
	source: "//forum.example",
	webhook: { url, secret },
	mediaHosts: [],
	addressTemplates: [],
	country: null,
	jurisdictions: [],
	isEnabled: true,
});
const order: OrderMessage = {
	type: "breakwater.order.v1",
	orderId: orderId.parse(uuidv7(0)),
	action: "withhold",
	version: 1,
	itemId: itemId.parse(uuidv7(0)),
	source: "//forum.example",
	eventId: "e1",
	subject: "post/1",
	issuedAt: new Date().toISOString(),
	reason: { tier: "K1", category: null, decidedBy: "machine", occasion: "arrival" },
	statement: stateReasons(
		{
			...{ action: "withhold", tier: "K1", category: null, decidedBy: "machine" },
			...{ isReported: false, isAskedFor: false, isAppealed: false, isSpreading: false, appealCode: null },
		},
		readShippedTemplates(),
	),
};
const deliver = (url: string, by = client) => by.deliver(platform(url), order, new AbortController().signal);

test("a test message is signed like an order, orders nothing, and comes back with what the platform said", async () => {
	const received: unknown[] = [];
	const url = await serve(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
		received.push(new Webhook(secret).verify(Buffer.concat(chunks).toString(), headers));
		response.writeHead(received.length === 1 ? 200 : 500).end();
	});
	const test = () => client.test(platform(url), new AbortController().signal);
	expect([await test(), await test()]).toEqual([
		{ kind: "delivered", status: 200 },
		{ kind: "failed", reason: "status-500", retryAfterMs: null },
	]);
	expect(received[0]).toEqual({ type: "breakwater.test.v1", sentAt: expect.stringMatching(/Z$/) });
});

test("an order carries Standard Webhooks headers that the library verifies, and the order's id as its own", async () => {
	const received: unknown[] = [];
	const url = await serve(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
		received.push(new Webhook(secret).verify(Buffer.concat(chunks).toString(), headers), headers["webhook-id"]);
		response.writeHead(204).end();
	});
	expect(await deliver(url)).toEqual({ kind: "delivered", status: 204 });
	expect(received).toEqual([order, order.orderId]);
});

describe("what the platform answers decides whether there is another attempt", () => {
	const answers: readonly [string, RequestListener, object][] = [
		[
			"500",
			(_q, response) => void response.writeHead(500).end(),
			{ kind: "failed", reason: "status-500", retryAfterMs: null },
		],
		[
			"429 with Retry-After in seconds",
			(_q, response) => void response.writeHead(429, { "retry-after": "7" }).end(),
			{ kind: "failed", reason: "status-429", retryAfterMs: 7_000 },
		],
		[
			"503 with a Retry-After of days, which is cut to an hour",
			(_q, response) => void response.writeHead(503, { "retry-after": "999999" }).end(),
			{ kind: "failed", reason: "status-503", retryAfterMs: 3_600_000 },
		],
		[
			"410: never again",
			(_q, response) => void response.writeHead(410).end(),
			{ kind: "refused", reason: "status-410" },
		],
		[
			"a redirect, which is not followed",
			(_q, response) => void response.writeHead(307, { location: "/elsewhere" }).end(),
			{ kind: "failed", reason: "status-307", retryAfterMs: null },
		],
		["nothing in time", () => undefined, { kind: "failed", reason: "timeout", retryAfterMs: null }],
		[
			"a reset",
			(request) => void request.socket.destroy(),
			{ kind: "failed", reason: "connection-reset", retryAfterMs: null },
		],
	];
	test.each(answers)("%s", async (_what, listener, outcome) => {
		expect(await deliver(await serve(listener))).toEqual(outcome);
	});

	test("nobody listening", async () => {
		const url = await serve(() => undefined);
		const server = servers.pop();
		await new Promise((resolve) => server?.close(resolve));
		expect(await deliver(url)).toMatchObject({ kind: "failed", reason: "connection-refused" });
	});
});

test("unless allowed, an order never goes to a private address", async () => {
	let asked = 0;
	const url = await serve((_request, response) => {
		asked += 1;
		response.end();
	});
	const strict = createWebhookClient({ timeoutMs: 700, allowPrivateAddresses: false, clock });
	expect(await deliver(url, strict)).toMatchObject({ kind: "failed", reason: "address-forbidden" });
	expect(await deliver(url.replace("127.0.0.1", "localhost"), strict)).toMatchObject({
		kind: "failed",
		reason: "address-forbidden",
	});
	expect(asked).toBe(0);
	await strict[Symbol.asyncDispose]();
});
