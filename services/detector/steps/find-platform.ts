import type { Clock } from "../../core/ports/clock.ts";
import type { PlatformStore } from "../../core/ports/platform-store.ts";
import { namesOwnMedia } from "../../core/wire/media-key.ts";
import { createBriefCache } from "../../runtime/brief-cache.ts";
import { next, type Step } from "../step.ts";
import type { Owned, Parsed } from "../values.ts";

export interface FindPlatformDeps {
	readonly clock: Clock;
	readonly platforms: Pick<PlatformStore, "findBySource">;
}

/** Finds whose event it is. One that is nobody's, or that names another platform's media, is parked. */
export function createFindPlatform(deps: FindPlatformDeps): Step<Parsed, Owned> {
	const findPlatform = createBriefCache({
		forMs: 1_000,
		maxEntries: 10_000,
		now: () => deps.clock.now(),
		load: (source: string) => deps.platforms.findBySource(source),
	});
	return async (parsed) => {
		const platform = await findPlatform(parsed.event.source);
		if (platform === null) return { kind: "park", reason: "unknown-platform", detail: "source belongs to no platform" };
		if (!namesOwnMedia(parsed.event, platform))
			return { kind: "park", reason: "malformed-event", detail: "data.objectKey: not of this platform" };
		return next({ ...parsed, platform });
	};
}
