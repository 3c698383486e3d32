// The whole hashes of links that begin with a prefix, as a keeper of a list tells them: what our matcher answers, and what we ask others for.
import { z } from "zod";
import type { FullHashes } from "../ports/link-source.ts";

/** That share their first four bytes: by chance hardly two do. */
export const mostFullHashes = 1_000;
const shortestSeconds = 60;
const longestSeconds = 86_400;

export const linkHashesQuery = z.object({ prefix: z.string().regex(/^[0-9a-f]{8}$/) });
export const linkHashesAnswer = z.object({
	hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(mostFullHashes),
	/** How long whoever asks may keep this. */
	lifetimeSeconds: z.number().min(0).default(shortestSeconds),
});

/** Null where it is no such answer. Hashes that were not asked for are left out. */
export function readFullHashes(text: string, prefix: string): Extract<FullHashes, { kind: "known" }> | null {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return null;
	}
	const parsed = linkHashesAnswer.safeParse(json);
	if (!parsed.success) return null;
	const { hashes, lifetimeSeconds } = parsed.data;
	const lifetimeMs = 1_000 * Math.min(longestSeconds, Math.max(shortestSeconds, lifetimeSeconds));
	return { kind: "known", hashes: new Set(hashes.filter((hash) => hash.startsWith(prefix))), lifetimeMs };
}
