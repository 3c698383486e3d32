// The matcher's API over real HTTP: a real record, real banks in memory, pictures decoded in worker threads, and a host on this
// machine that pictures are fetched from. Without keys, unless a test says who asks.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createMediaFetcher } from "../../../services/adapters/media/media-fetcher.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { copySample, drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import type { BankLookUps } from "../../../services/core/banks/bank-matcher.ts";
import { initialPolicies } from "../../../services/core/policy/policy.ts";
import type { Caller, MatcherIndex } from "../../../services/matcher/api.ts";
import { createContentDirectory } from "../../../services/matcher/content-directory.ts";
import { createHashMedia } from "../../../services/matcher/hash-media.ts";
import { createLookUp } from "../../../services/matcher/look-up.ts";
import { matcherApi } from "../../../services/matcher/openapi.ts";
import { registerMatcherRoutes } from "../../../services/matcher/routes.ts";
import { openBanks } from "../../../services/parts/banks.ts";
import { openHasher } from "../../../services/parts/examination.ts";
import { createClosing } from "../../../services/runtime/closing.ts";
import { readConfig } from "../../../services/runtime/config.ts";
import { createHttpServer } from "../../../services/runtime/http/server.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { createMetrics } from "../../../services/runtime/metrics.ts";
import { openTestRecord } from "../../support/test-database.ts";

export const maxMediaBytes = 500_000;

export interface MatcherFixture extends AsyncDisposable {
	readonly url: string;
	readonly stores: Stores;
	/** As a detector of the same process holds it. */
	readonly matcher: BankLookUps;
	/** Where the pictures are: /picture.jpg, /flat.png, /note.txt, /clip.mp4. */
	readonly host: string;
	readonly picture: Uint8Array;
	readonly copy: Uint8Array;
	readonly other: Uint8Array;
	readonly flat: Uint8Array;
	caller: Caller;
	state: ReturnType<MatcherIndex["state"]>;
	pass(ms: number): void;
	get(path: string): Promise<Answer>;
	send(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Answer>;
	/** A form with files by field. */
	upload(
		path: string,
		files: Readonly<Record<string, Uint8Array>>,
		fields?: Readonly<Record<string, string>>,
	): Promise<Answer>;
	request(path: string, init: RequestInit): Promise<Answer>;
	/** Answers the name it goes by in the API. */
	createBank(ratio?: number): Promise<string>;
}

export interface Answer {
	readonly status: number;
	// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
	readonly json: any;
	readonly headers: Headers;
}

export async function openMatcherFixture(): Promise<MatcherFixture> {
	const closing = createClosing();
	const record = closing.keep(await openTestRecord());
	const stores = createStores(record.database);
	const logger = silentLogger;
	let skippedMs = 0;
	const clock = { now: () => Date.now() + skippedMs };
	const banks = closing.keep(await openBanks({ banks: stores.banks, clock, logger }));
	const directory = createContentDirectory(stores.bankContents);
	banks.onApplied((change) => directory.forget(change));
	const examiner = closing.keep(openHasher({ config: readConfig({ BREAKWATER_EXAMINER_WORKERS: "1" }), logger }));
	const limits = { maxBytes: maxMediaBytes, timeoutMs: 5_000, idleTimeoutMs: 2_000, maxRedirects: 3 };
	const fetcher = closing.keep(createMediaFetcher({ limits, isAddressAllowed: () => true }));
	const server = await createHttpServer({
		api: matcherApi,
		...{ logger, metrics: createMetrics("test"), bodyLimitBytes: 100_000, requestTimeoutMs: 10_000 },
		health: async () => ({ isReady: true, parts: {} }),
	});
	closing.keep({ [Symbol.asyncDispose]: () => server.close() });
	const pictures = await drawPictures();
	const media = closing.keep(await serveMedia(pictures));
	const fixture = {
		...pictures,
		...{ stores, matcher: banks.matcher, host: media.host },
		caller: {
			source: "api:test",
			by: "test",
			platform: null,
			country: null,
			allowedHosts: [media.host],
			mayCurate: true,
		} as Caller,
		state: "ready" as MatcherFixture["state"],
		pass: (ms: number) => {
			skippedMs += ms;
		},
	};
	await registerMatcherRoutes(server, {
		identify: async () => fixture.caller,
		hashMedia: createHashMedia({ examiner, fetcher, timeoutMs: 10_000 }),
		lookUp: createLookUp({
			matcher: () => (fixture.state === "loading" ? null : banks.matcher),
			directory,
			clock,
			policies: initialPolicies,
		}),
		banks: stores.banks,
		contents: stores.bankContents,
		index: { state: () => fixture.state, catchUp: () => banks.follower.catchUp() },
		...{ clock, logger, maxMediaBytes, maxRequestsPerSecond: null },
	});
	const url = await server.listen({ host: "127.0.0.1", port: 0 });
	return Object.assign(fixture, { url, ...clientOf(url), [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose]() });
}

let banksMade = 0;

export function clientOf(url: string, headers: Readonly<Record<string, string>> = {}) {
	const request = async (path: string, init: RequestInit): Promise<Answer> => {
		const answer = await fetch(url + path, { redirect: "manual", ...init, headers: { ...headers, ...init.headers } });
		const text = await answer.text();
		const isJson = answer.headers.get("content-type")?.includes("json") === true;
		return { status: answer.status, json: isJson ? JSON.parse(text) : text, headers: answer.headers };
	};
	const send: MatcherFixture["send"] = (method, path, body) =>
		request(
			path,
			body === undefined
				? { method }
				: { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
		);
	return {
		request,
		send,
		get: (path: string) => request(path, { method: "GET" }),
		upload: ((path, files, fields = {}) => {
			const form = new FormData();
			for (const [name, text] of Object.entries(fields)) form.append(name, text);
			for (const [name, bytes] of Object.entries(files))
				form.append(name, new Blob([Buffer.from(bytes)]), `${name}.bin`);
			return request(path, { method: "POST", body: form });
		}) satisfies MatcherFixture["upload"],
		async createBank(ratio = 1) {
			banksMade += 1;
			const name = `BANK_${banksMade}`;
			const answer = await send("POST", "/c/banks", { name, enabled_ratio: ratio });
			if (answer.status !== 201) throw new Error(`bank not created: ${answer.status}`);
			return name;
		},
	};
}

async function drawPictures() {
	const [picture, other] = await Promise.all([drawSample(11), drawSample(12)]);
	const flatSvg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300" fill="#888"/></svg>`;
	const { default: sharp } = await import("sharp");
	const flat = await sharp(Buffer.from(flatSvg)).png().toBuffer();
	return { picture, other, flat: new Uint8Array(flat), copy: await copySample(picture, "recompressed") };
}

/** The first bytes of an MP4, and nothing to see. */
export const clip = Buffer.from(`0000001c6674797069736f6d0000020069736f6d69736f326d703431${"00".repeat(64)}`, "hex");

async function serveMedia({ picture, flat }: { readonly picture: Uint8Array; readonly flat: Uint8Array }) {
	const files: Readonly<Record<string, Uint8Array>> = {
		"/picture.jpg": picture,
		"/flat.png": flat,
		"/note.txt": Buffer.from("no picture"),
		"/clip.mp4": clip,
		"/large.bin": Buffer.alloc(maxMediaBytes + 1),
	};
	const server = createServer((request, response) => {
		const found = files[request.url ?? ""];
		response.writeHead(found === undefined ? 404 : 200).end(found);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		[Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
	};
}
