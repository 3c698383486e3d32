// Fetching media from real HTTP servers on this machine. The rule for addresses is the real one, except that the test's own
// servers count as public.
import { createServer, type RequestListener, type Server } from "node:http";
import type { LookupFunction } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { isHostAllowed } from "../../../services/adapters/media/allowed-hosts.ts";
import { createMediaFetcher } from "../../../services/adapters/media/media-fetcher.ts";
import type { MediaFetcher } from "../../../services/core/ports/media-fetcher.ts";
import { isPublicAddress } from "../../../services/runtime/public-address.ts";

const open: (Server | MediaFetcher)[] = [];
afterEach(async () => {
	for (const one of open.splice(0)) {
		if ("close" in one) {
			one.closeAllConnections();
			one.close();
		} else await one[Symbol.asyncDispose]();
	}
});

async function serve(listener: RequestListener): Promise<number> {
	const server = createServer(listener);
	open.push(server);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	return typeof address === "object" && address !== null ? address.port : 0;
}

/** Names resolve as the test says; the loopback address stands for a public one unless told otherwise. */
function fetcher(names: Readonly<Record<string, string>> = {}, isLoopbackPublic = true): MediaFetcher {
	const lookup: LookupFunction = (hostname, _options, callback) =>
		callback(null, [{ address: names[hostname] ?? "127.0.0.1", family: 4 }], 4);
	const made = createMediaFetcher({
		limits: { maxBytes: 10_000, timeoutMs: 2_000, idleTimeoutMs: 700, maxRedirects: 3 },
		lookup,
		isAddressAllowed: (address) => (isLoopbackPublic && address === "127.0.0.1") || isPublicAddress(address),
	});
	open.push(made);
	return made;
}
const get = (from: MediaFetcher, url: string, hosts: readonly string[]) =>
	from.fetch(url, hosts, new AbortController().signal);
const unavailable = (reason: string) => ({ kind: "unavailable", reason });

describe("media of a listed host", () => {
	test("is fetched", async () => {
		const port = await serve((_request, response) => response.end("bytes"));
		const found = await get(fetcher(), `http://cdn.example:${port}/1.jpg`, [`cdn.example:${port}`]);
		expect(found.kind === "fetched" && Buffer.from(found.bytes).toString()).toBe("bytes");
	});

	test("is fetched through redirects that stay on listed hosts, but not through more than three", async () => {
		const port = await serve((request, response) => {
			const left = Number(request.url?.slice(1));
			if (left === 0) return response.end("bytes");
			return response.writeHead(302, { location: `/${left - 1}` }).end();
		});
		const hosts = [`cdn.example:${port}`];
		expect((await get(fetcher(), `http://cdn.example:${port}/3`, hosts)).kind).toBe("fetched");
		expect(await get(fetcher(), `http://cdn.example:${port}/4`, hosts)).toEqual(unavailable("too-many-redirects"));
	});
});

describe("nothing else is ever reached", () => {
	test.each([
		"http://127.0.0.1/x",
		"http://[::1]/x",
		"http://169.254.169.254/latest",
		"http://10.0.0.1/",
		"http://[::ffff:127.0.0.1]/",
		"http://0x7f000001/",
	])("%s, listed or not", async (url) => {
		expect(await get(fetcher({}, false), url, [new URL(url).hostname])).toEqual(unavailable("address-forbidden"));
	});

	test("a listed name that resolves to this machine", async () => {
		let asked = 0;
		const port = await serve((_request, response) => {
			asked += 1;
			response.end();
		});
		expect(await get(fetcher({}, false), `http://cdn.example:${port}/`, [`cdn.example:${port}`])).toEqual(
			unavailable("address-forbidden"),
		);
		expect(asked).toBe(0);
	});

	test.each([
		["a private address", "http://169.254.169.254/latest/meta-data", "address-forbidden"],
		["another host", "http://elsewhere.example/1.jpg", "host-not-allowed"],
		["another scheme", "file:///etc/passwd", "host-not-allowed"],
		["a listed name that resolves to a private address", "http://inner.example/", "address-forbidden"],
	])("a redirect to %s", async (_what, location, reason) => {
		const port = await serve((_request, response) => response.writeHead(302, { location }).end());
		const hosts = [`cdn.example:${port}`, "inner.example", "169.254.169.254"];
		expect(await get(fetcher({ "inner.example": "192.168.1.1" }), `http://cdn.example:${port}/`, hosts)).toEqual(
			unavailable(reason),
		);
	});

	test("a host that is not listed", async () => {
		expect(await get(fetcher(), "http://other.example/", ["cdn.example"])).toEqual(unavailable("host-not-allowed"));
	});
});

describe("a host that misbehaves", () => {
	const answers: readonly [string, RequestListener, string][] = [
		["never answers", () => undefined, "fetch-timeout"],
		["drips", (_request, response) => void setInterval(() => response.write("."), 100).unref(), "fetch-timeout"],
		[
			"stops halfway",
			(_request, response) => void response.writeHead(200, { "content-length": "100" }).write("half"),
			"fetch-timeout",
		],
		[
			"never ends",
			(_request, response) => void setInterval(() => response.write(Buffer.alloc(4_000)), 5).unref(),
			"too-many-bytes",
		],
		[
			"announces too much",
			(_request, response) => void response.writeHead(200, { "content-length": "10001" }).end(),
			"too-many-bytes",
		],
		["hangs up", (request) => void request.socket.destroy(), "host-failed"],
		[
			"hangs up halfway",
			(request, response) =>
				void response.writeHead(200, { "content-length": "100" }).write("half", () => request.socket.destroy()),
			"host-failed",
		],
		["fails", (_request, response) => void response.writeHead(500).end(), "host-failed"],
		["has lost it", (_request, response) => void response.writeHead(404).end(), "gone-at-source"],
	];
	test.each(answers)("%s", async (_what, listener, reason) => {
		const port = await serve(listener);
		expect(await get(fetcher(), `http://cdn.example:${port}/`, [`cdn.example:${port}`])).toEqual(unavailable(reason));
	});
});

describe("which hosts are allowed", () => {
	test("a star allows subdomains and nothing that only ends alike", () => {
		const allowed = ["*.cdn.example"];
		expect(isHostAllowed(new URL("https://a.cdn.example/"), allowed)).toBe(true);
		expect(isHostAllowed(new URL("https://cdn.example/"), allowed)).toBe(false);
		expect(isHostAllowed(new URL("https://evilcdn.example/"), allowed)).toBe(false);
		expect(isHostAllowed(new URL("https://a.cdn.example:8443/"), allowed)).toBe(false);
	});
});
