// Puts the API together: what hashes and fetches, the banks in memory with their contents, and who may ask.
import { createMediaFetcher } from "../adapters/media/media-fetcher.ts";
import { initialPolicies, type Policies } from "../core/policy/policy.ts";
import type { FollowedBanks } from "../parts/banks.ts";
import { openHasher } from "../parts/examination.ts";
import type { Parts } from "../parts/parts.ts";
import type { Closing } from "../runtime/closing.ts";
import type { CheckKey } from "../runtime/http/check-key.ts";
import type { Caller, MatcherApiDeps, MatcherIndex } from "./api.ts";
import { apiSourcePrefix, createContentDirectory } from "./content-directory.ts";
import { createHashMedia } from "./hash-media.ts";
import { createLookUp } from "./look-up.ts";

/** A file may wait that long for a free worker and be hashed. */
const hashTimeoutMs = 30_000;
const bankMaxAgeMs = 5_000;
/** How late content whose time is over may speak again. */
const enableEveryMs = 500;

export interface Matcher {
	readonly deps: Omit<MatcherApiDeps, "identify" | "maxRequestsPerSecond">;
	/** Rejects where the banks could not be loaded. */
	readonly loaded: Promise<void>;
}

/** Serves at once; look-ups wait for the banks to be loaded, and say so. */
export function openMatcher(parts: Parts, closing: Closing, hashWorkers?: number): Matcher {
	const { config, stores, clock, logger } = parts;
	const directory = createContentDirectory(stores.bankContents);
	let banks: FollowedBanks | null = null;
	// No look-up is answered before both are there.
	let policies: Pick<Policies, "of"> = initialPolicies;
	const loaded = Promise.all([parts.banks(), parts.policy()]).then(([followed, followedPolicy]) => {
		followed.onApplied((change) => directory.forget(change));
		policies = followedPolicy;
		banks = followed;
	});
	let isClosed = false;
	closing.keep({
		async [Symbol.asyncDispose]() {
			isClosed = true;
		},
	});
	loaded.catch((error: unknown) => {
		// A process that ends while it loads has lost nothing.
		if (!isClosed) logger.error({ event: "matcher-without-banks", err: error });
	});
	const index: MatcherIndex = {
		state() {
			if (banks === null) return "loading";
			try {
				banks.follower.check(bankMaxAgeMs);
				return "ready";
			} catch {
				return "stale";
			}
		},
		async catchUp() {
			await banks?.follower.catchUp().catch((error: unknown) => logger.warn({ event: "banks-behind", err: error }));
		},
	};
	const { fetchTimeoutMs: timeoutMs } = config.detector;
	const { maxMediaBytes } = config.limits;
	const limits = { maxBytes: maxMediaBytes, timeoutMs, idleTimeoutMs: timeoutMs / 2, maxRedirects: 3 };
	const fetcher = closing.keep(createMediaFetcher({ limits }));
	const examiner = closing.keep(openHasher(parts, hashWorkers));
	const matcher = () => banks?.matcher ?? null;
	keepEnabling(parts, closing);
	return {
		loaded,
		deps: {
			hashMedia: createHashMedia({ examiner, fetcher, timeoutMs: hashTimeoutMs }),
			lookUp: createLookUp({ matcher, directory, clock, policies: { of: (...at) => policies.of(...at) } }),
			banks: stores.banks,
			contents: stores.bankContents,
			...{ index, clock, logger, maxMediaBytes },
		},
	};
}

/** Content that was off until now speaks again. */
function keepEnabling({ stores, logger }: Parts, closing: Closing): void {
	let underWay: Promise<unknown> | null = null;
	const timer = setInterval(() => {
		underWay ??= stores.bankContents
			.enableDue("matcher")
			.catch((error: unknown) => logger.warn({ event: "content-not-enabled", err: error }))
			.finally(() => {
				underWay = null;
			});
	}, enableEveryMs);
	closing.keep({
		async [Symbol.asyncDispose]() {
			clearInterval(timer);
			await underWay;
		},
	});
}

/** A platform's key, which may change banks if it was made for that. */
export function identifyByKey(checkKey: CheckKey): MatcherApiDeps["identify"] {
	return async (headers): Promise<Caller> => {
		const { id: platform, name, country, mediaHosts: allowedHosts, mayCurate } = await checkKey(headers.authorization);
		return { source: `${apiSourcePrefix}${name}`, by: `platform:${name}`, platform, country, allowedHosts, mayCurate };
	};
}
