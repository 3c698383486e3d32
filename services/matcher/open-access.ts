// Access without keys, for a matcher that only this machine can reach. A web page open in a browser here is another matter: its
// requests are told by their Host and Sec-Fetch-Site headers, and refused.
import { isLoopback } from "../runtime/http/loopback.ts";
import type { MatcherApiDeps } from "./api.ts";
import { apiSourcePrefix } from "./content-directory.ts";
import { Refusal } from "./refusal.ts";

export function identifyOpenly(allowedHosts: readonly string[]): MatcherApiDeps["identify"] {
	const caller = {
		source: `${apiSourcePrefix}open`,
		by: "matcher",
		platform: null,
		country: null,
		allowedHosts,
		mayCurate: true,
	};
	return async (headers) => {
		const host = (headers.host ?? "").replace(/:\d+$/, "");
		const site = headers["sec-fetch-site"];
		if (!isLoopback(host) || (site !== undefined && site !== "same-origin" && site !== "none"))
			throw new Refusal(403, "Without keys only this machine is answered, and no web page of another site.");
		return caller;
	};
}
