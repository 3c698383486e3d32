import { createHash } from "node:crypto";
import { BreakwaterError } from "../../core/errors.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { KeyHolder, PlatformStore } from "../../core/ports/platform-store.ts";
import type { Reporter, ReporterStore } from "../../core/ports/reporter-store.ts";
import { createBriefCache } from "../brief-cache.ts";

type CheckKeyOf<H> = (authorization: string | undefined) => Promise<H>;
export type CheckKey = CheckKeyOf<KeyHolder>;
export type CheckReporterKey = CheckKeyOf<Reporter>;

/** How long a revoked key may still work, and how many keys are remembered. */
const cacheMs = 1_000;
const maxCached = 10_000;

/** Finds the platform behind `Authorization: Bearer bw_<platform>_<random>`; throws `unauthenticated` for anything else. */
export function createCheckKey(deps: {
	readonly platforms: Pick<PlatformStore, "findByKeyHash">;
	readonly clock: Clock;
}): CheckKey {
	return checkKeys({
		find: (keyHash) => deps.platforms.findByKeyHash(keyHash),
		form: /^Bearer (bw_[a-z0-9][a-z0-9-]{0,62}_[\w-]{43})$/i,
		hint: "send a key of a platform that is enabled, as: Authorization: Bearer bw_<platform>_<43 characters>",
		clock: deps.clock,
	});
}

/** The same for those who report: their keys begin with `bwr_`, and open nothing else. */
export function createCheckReporterKey(deps: {
	readonly reporters: Pick<ReporterStore, "findByKeyHash">;
	readonly clock: Clock;
}): CheckReporterKey {
	return checkKeys({
		find: (keyHash) => deps.reporters.findByKeyHash(keyHash),
		form: /^Bearer (bwr_[a-z0-9][a-z0-9-]{0,62}_[\w-]{43})$/i,
		hint: "send a key of a reporter that is enabled, as: Authorization: Bearer bwr_<reporter>_<43 characters>",
		clock: deps.clock,
	});
}

/** Keys are compared as SHA-256: how long a look-up takes says nothing about a key that is 256 random bits. */
function checkKeys<H extends { readonly isEnabled: boolean }>(deps: {
	readonly find: (keyHash: Uint8Array) => Promise<H | null>;
	readonly form: RegExp;
	readonly hint: string;
	readonly clock: Clock;
}): CheckKeyOf<H> {
	const find = createBriefCache({
		forMs: cacheMs,
		maxEntries: maxCached,
		now: () => deps.clock.now(),
		load: (keyHash: string) => deps.find(Buffer.from(keyHash, "base64")),
	});
	return async (authorization) => {
		const key = deps.form.exec(authorization ?? "")?.[1];
		const holder = key === undefined ? null : await find(createHash("sha256").update(key).digest("base64"));
		if (holder === null || !holder.isEnabled) throw new BreakwaterError("unauthenticated", { detail: deps.hint });
		return holder;
	};
}
