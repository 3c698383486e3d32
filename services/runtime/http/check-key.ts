import { BreakwaterError } from "../../core/errors.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { KeyHolder, PlatformStore } from "../../core/ports/platform-store.ts";
import type { Reporter, ReporterStore } from "../../core/ports/reporter-store.ts";
import { type KeyHolderKind, keyHashIn, keyHint } from "../bearer-key.ts";
import { createBriefCache } from "../brief-cache.ts";

type CheckKeyOf<H> = (authorization: string | undefined) => Promise<H>;
export type CheckKey = CheckKeyOf<KeyHolder>;
export type CheckReporterKey = CheckKeyOf<Reporter>;

/** How long a revoked key may still work, and how many keys are remembered. */
const cacheMs = 1_000;
const maxCached = 10_000;

/** Finds the platform behind `Authorization: Bearer bw_<platform>_<random>`; throws `unauthenticated` for anything else. */
export function createCheckKey({
	platforms,
	clock,
}: {
	readonly platforms: Pick<PlatformStore, "findByKeyHash">;
	readonly clock: Clock;
}): CheckKey {
	return checkKeys("platform", platforms, clock);
}

/** The same for those who report: their keys begin with `bwr_`. */
export function createCheckReporterKey({
	reporters,
	clock,
}: {
	readonly reporters: Pick<ReporterStore, "findByKeyHash">;
	readonly clock: Clock;
}): CheckReporterKey {
	return checkKeys("reporter", reporters, clock);
}

function checkKeys<H extends { readonly isEnabled: boolean }>(
	of: KeyHolderKind,
	holders: { findByKeyHash(keyHash: Uint8Array): Promise<H | null> },
	clock: Clock,
): CheckKeyOf<H> {
	const find = createBriefCache({
		forMs: cacheMs,
		maxEntries: maxCached,
		now: () => clock.now(),
		load: (keyHash: string) => holders.findByKeyHash(Buffer.from(keyHash, "base64")),
	});
	return async (authorization) => {
		const keyHash = keyHashIn(authorization, of);
		const holder = keyHash === null ? null : await find(keyHash.toString("base64"));
		if (holder === null || !holder.isEnabled) throw new BreakwaterError("unauthenticated", { detail: keyHint(of) });
		return holder;
	};
}
