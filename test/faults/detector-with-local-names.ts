// The detector as a process of its own, where names under media.example are resolved by the suite: its media hosts are servers of
// this machine, which count as public. Everything else, the rule for addresses included, is the detector's own.
import type { LookupFunction } from "node:net";
import { createMediaFetcher } from "../../services/adapters/media/media-fetcher.ts";
import { composeDetector } from "../../services/detector/compose.ts";
import { openParts } from "../../services/parts/parts.ts";
import { readConfig } from "../../services/runtime/config.ts";
import { runUntilStopped } from "../../services/runtime/lifecycle.ts";
import { isPublicAddress } from "../../services/runtime/public-address.ts";

const config = readConfig();
const { fetchTimeoutMs: timeoutMs } = config.detector;
const lookup: LookupFunction = (hostname, _options, callback) => {
	const address = hostname.startsWith("private.") ? "10.1.2.3" : "127.0.0.1";
	callback(null, [{ address, family: 4 }], 4);
};
await using parts = await openParts(config, "detector");
const mediaFetcher = createMediaFetcher({
	limits: { maxBytes: config.limits.maxMediaBytes, timeoutMs, idleTimeoutMs: timeoutMs / 2, maxRedirects: 3 },
	lookup,
	isAddressAllowed: (address) => address === "127.0.0.1" || isPublicAddress(address),
});
const detector = composeDetector(parts, { mediaFetcher });
process.exitCode = await runUntilStopped(detector, { logger: parts.logger, drainMs: config.drainMs });
