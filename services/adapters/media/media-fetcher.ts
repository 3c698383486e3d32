import type { LookupFunction } from "node:net";
import { type Dispatcher, request } from "undici";
import type { FetchedMedia, MediaFetcher } from "../../core/ports/media-fetcher.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { errorCode } from "../../runtime/error-code.ts";
import { isAddressForbidden, openGuardedAgent } from "../../runtime/guarded-agent.ts";
import type { IsAddressAllowed } from "../../runtime/public-address.ts";
import { isHostAllowed } from "./allowed-hosts.ts";

export interface MediaFetcherOptions {
	readonly limits: {
		readonly maxBytes: number;
		/** For the whole of it, redirects included. */
		readonly timeoutMs: number;
		/** Longest silence between two pieces of the body. */
		readonly idleTimeoutMs: number;
		readonly maxRedirects: number;
	};
	/** Tests serve from this machine; nothing else should ever replace these. */
	readonly lookup?: LookupFunction;
	readonly isAddressAllowed?: IsAddressAllowed;
}

export function createMediaFetcher({ limits, ...guard }: MediaFetcherOptions): MediaFetcher {
	const agent = openGuardedAgent({ timeoutMs: limits.idleTimeoutMs, connections: 16, ...guard });
	return {
		async fetch(url, allowedHosts, signal) {
			const deadline = AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)]);
			try {
				return await follow(new URL(url), allowedHosts, deadline);
			} catch (error) {
				return { kind: "unavailable", reason: error instanceof Refused ? error.reason : reasonOf(error, deadline) };
			}
		},
		async [Symbol.asyncDispose]() {
			await agent.destroy();
		},
	};

	async function follow(first: URL, allowedHosts: readonly string[], signal: AbortSignal): Promise<FetchedMedia> {
		let url = first;
		for (let redirects = 0; redirects <= limits.maxRedirects; redirects += 1) {
			check(url, allowedHosts);
			const response = await request(url, {
				dispatcher: agent,
				signal,
				headers: { "user-agent": "breakwater", accept: "*/*" },
			});
			const location = response.headers.location;
			if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === "string") {
				response.body.on("error", () => undefined).destroy();
				url = new URL(location, url);
				continue;
			}
			return readBody(response);
		}
		throw new Refused("too-many-redirects");
	}

	/** Its address is judged when it is connected to. */
	function check(url: URL, allowedHosts: readonly string[]): void {
		if (url.protocol !== "http:" && url.protocol !== "https:") throw new Refused("host-not-allowed");
		if (!isHostAllowed(url, allowedHosts)) throw new Refused("host-not-allowed");
	}

	async function readBody(response: Dispatcher.ResponseData): Promise<FetchedMedia> {
		const { statusCode, headers, body } = response;
		const refuse = (reason: UnavailableReason): never => {
			body.on("error", () => undefined).destroy();
			throw new Refused(reason);
		};
		if (statusCode === 404 || statusCode === 410) refuse("gone-at-source");
		if (statusCode !== 200) refuse("host-failed");
		const declared = Number(headers["content-length"] ?? Number.NaN);
		if (declared > limits.maxBytes) refuse("too-many-bytes");
		const chunks: Buffer[] = [];
		let size = 0;
		for await (const chunk of body) {
			size += chunk.length;
			if (size > limits.maxBytes) refuse("too-many-bytes");
			chunks.push(chunk);
		}
		return { kind: "fetched", bytes: Buffer.concat(chunks) };
	}
}

class Refused extends Error {
	readonly reason: UnavailableReason;
	constructor(reason: UnavailableReason) {
		super(reason);
		this.reason = reason;
	}
}

function reasonOf(error: unknown, deadline: AbortSignal): UnavailableReason {
	if (deadline.aborted) return "fetch-timeout";
	const code = errorCode(error);
	if (isAddressForbidden(error)) return "address-forbidden";
	const isTimeout =
		code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT" || code === "UND_ERR_CONNECT_TIMEOUT";
	return isTimeout ? "fetch-timeout" : "host-failed";
}
