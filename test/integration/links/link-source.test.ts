// A keeper of a list of hash prefixes, over real HTTP: what it may answer, and what is made of answers that are none.
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createLinkSource } from "../../../services/adapters/links/link-source.ts";
import { closeServer, listenLocally } from "../../support/local-server.ts";

const prefix = "23a9106d";
const listed = prefix.padEnd(64, "0");
const asked: (readonly [url: string, key: string | undefined])[] = [];
const server = createServer((request, response) => {
	asked.push([request.url ?? "", request.headers.authorization]);
	const answer = (body: string, status = 200) => response.writeHead(status).end(body);
	switch (request.url?.split("?")[0]) {
		case "/listed":
			return answer(JSON.stringify({ hashes: [listed, "f".repeat(64)], lifetimeSeconds: 10_000_000 }));
		case "/nothing":
			return answer('{"hashes":[]}');
		case "/moved":
			return response.writeHead(302, { location: "/listed" }).end();
		case "/no-json":
			return answer("<html>");
		case "/other":
			return answer('{"hashes":["23a9"]}');
		case "/endless":
			response.writeHead(200);
			for (let at = 0; at < 10; at += 1) response.write(" ".repeat(50_000));
			return response.end();
		case "/slow":
			return response.writeHead(200).write("{");
		default:
			return answer("", 503);
	}
});
let url: string;
beforeAll(async () => {
	url = await listenLocally(server);
});
afterAll(() => closeServer(server));

async function ask(path: string, { allowPrivateAddresses = true, at = url } = {}) {
	const sources = new Map([["links", { url: `${at}${path}`, key: "a-key" }]]);
	await using source = createLinkSource({ sources, timeoutMs: 500, allowPrivateAddresses });
	// Before the source is closed.
	return await source.ask("links", prefix);
}

test("is told the prefix and nothing more, with our key, and its hashes are those that begin so", async () => {
	expect(await ask("/listed?list=a")).toEqual({ kind: "known", hashes: new Set([listed]), lifetimeMs: 86_400_000 });
	expect(asked.at(-1)).toEqual([`/listed?list=a&prefix=${prefix}`, "Bearer a-key"]);
	expect(await ask("/nothing")).toEqual({ kind: "known", hashes: new Set(), lifetimeMs: 60_000 });
});

describe("what is no answer is never taken for a no", () => {
	test.each([
		["one that is down", "/down", "host-failed"],
		["one that sends us elsewhere", "/moved", "host-failed"],
		["no JSON", "/no-json", "host-failed"],
		["other things than hashes", "/other", "host-failed"],
		["more than any list", "/endless", "host-failed"],
		["none in time", "/slow", "fetch-timeout"],
	])("%s", async (_, path, reason) => expect(await ask(path)).toEqual({ kind: "unavailable", reason }));

	test("nobody is asked at a private address, by number or by name, unless the operator says so", async () => {
		const before = asked.length;
		const forbidden = { kind: "unavailable", reason: "address-forbidden" };
		expect(await ask("/listed", { allowPrivateAddresses: false })).toEqual(forbidden);
		const at = url.replace("127.0.0.1", "localhost");
		expect(await ask("/listed", { allowPrivateAddresses: false, at })).toEqual(forbidden);
		expect(asked).toHaveLength(before);
	});
});
