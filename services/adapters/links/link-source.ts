import { request } from "undici";
import type { FullHashes, LinkSource } from "../../core/ports/link-source.ts";
import { mostFullHashes, readFullHashes } from "../../core/wire/link-hashes.ts";
import { errorCode } from "../../runtime/error-code.ts";
import { anyAddress, isAddressForbidden, openGuardedAgent } from "../../runtime/guarded-agent.ts";
import { readText } from "../../runtime/http/read-text.ts";

export interface LinkSourceOptions {
	/** By name of the bank. */
	readonly sources: ReadonlyMap<string, { readonly url: string; readonly key: string | null }>;
	/** For the whole of it. */
	readonly timeoutMs: number;
	/** Some keepers live on the operator's own network; off, nobody asks a private address. */
	readonly allowPrivateAddresses: boolean;
}

/** 64 digits each, and what is between them. */
const mostBytes = mostFullHashes * 80;

export function createLinkSource({ sources, timeoutMs, allowPrivateAddresses }: LinkSourceOptions): LinkSource {
	const guard = allowPrivateAddresses ? { isAddressAllowed: anyAddress } : {};
	const agent = openGuardedAgent({ timeoutMs, connections: 8, ...guard });
	return {
		has: (bankName) => sources.has(bankName),
		async ask(bankName, prefix) {
			const source = sources.get(bankName);
			if (source === undefined) return { kind: "unavailable", reason: "host-failed" };
			const url = new URL(source.url);
			url.searchParams.set("prefix", prefix);
			const deadline = AbortSignal.timeout(timeoutMs);
			try {
				// Redirects are not followed: who is asked is what the operator wrote down.
				const response = await request(url, {
					dispatcher: agent,
					signal: deadline,
					headers: {
						accept: "application/json",
						"user-agent": "breakwater",
						...(source.key === null ? {} : { authorization: `Bearer ${source.key}` }),
					},
				});
				const { statusCode, body } = response;
				if (statusCode !== 200) {
					body.on("error", () => undefined).destroy();
					return { kind: "unavailable", reason: "host-failed" };
				}
				return (
					readFullHashes(await readText(body, mostBytes), prefix) ?? { kind: "unavailable", reason: "host-failed" }
				);
			} catch (error) {
				return { kind: "unavailable", reason: reasonOf(error, deadline) };
			}
		},
		async [Symbol.asyncDispose]() {
			await agent.destroy();
		},
	};
}

function reasonOf(error: unknown, deadline: AbortSignal): Extract<FullHashes, { kind: "unavailable" }>["reason"] {
	if (isAddressForbidden(error)) return "address-forbidden";
	return deadline.aborted || (errorCode(error) ?? "").includes("TIMEOUT") ? "fetch-timeout" : "host-failed";
}
