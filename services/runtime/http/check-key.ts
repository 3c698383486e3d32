import { createHash } from "node:crypto";
import { BreakwaterError } from "../../core/errors.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { KeyHolder, PlatformStore } from "../../core/ports/platform-store.ts";
import { createBriefCache } from "../brief-cache.ts";

export type CheckKey = (authorization: string | undefined) => Promise<KeyHolder>;

const bearer = /^Bearer (bw_[a-z0-9][a-z0-9-]{0,62}_[\w-]{43})$/i;
const keyForm = "send a key of a platform that is enabled, as: Authorization: Bearer bw_<platform>_<43 characters>";
/** How long a revoked key may still work, and how many keys are remembered. */
const cacheMs = 1_000;
const maxCached = 10_000;

/**
 * Finds the platform behind `Authorization: Bearer bw_<platform>_<random>`; throws `unauthenticated` for anything else. Keys are
 * compared as SHA-256: how long a look-up takes says nothing about a key that is 256 random bits.
 */
export function createCheckKey(deps: {
	readonly platforms: Pick<PlatformStore, "findByKeyHash">;
	readonly clock: Clock;
}): CheckKey {
	const find = createBriefCache({
		forMs: cacheMs,
		maxEntries: maxCached,
		now: () => deps.clock.now(),
		load: (keyHash: string) => deps.platforms.findByKeyHash(Buffer.from(keyHash, "base64")),
	});

	return async (authorization) => {
		const key = bearer.exec(authorization ?? "")?.[1];
		const platform = key === undefined ? null : await find(createHash("sha256").update(key).digest("base64"));
		if (platform === null || !platform.isEnabled) throw new BreakwaterError("unauthenticated", { detail: keyForm });
		return platform;
	};
}
