import type { UnavailableReason } from "../signals/unavailable/reasons.ts";

export type FetchedMedia =
	| { readonly kind: "fetched"; readonly bytes: Uint8Array }
	| { readonly kind: "unavailable"; readonly reason: UnavailableReason };

/**
 * Fetches media from hosts a platform has listed. Never reaches private, loopback, link-local or reserved addresses: checked
 * on the address actually connected to, on every redirect. Bounded in bytes, time and redirects; never throws for the host's sake.
 */
export interface MediaFetcher {
	fetch(url: string, allowedHosts: readonly string[], signal: AbortSignal): Promise<FetchedMedia>;
	[Symbol.asyncDispose](): Promise<void>;
}
