import type { Clock } from "../../core/ports/clock.ts";
import type { PlatformStore } from "../../core/ports/platform-store.ts";
import { isSignedBy } from "../../core/wire/event-signature.ts";
import { clockSkewOf } from "../../core/wire/event-time.ts";
import { namesOwnMedia } from "../../core/wire/media-key.ts";
import { createBriefCache } from "../../runtime/brief-cache.ts";
import type { Events } from "../../runtime/events.ts";
import { next, type Step } from "../step.ts";
import type { Owned, Parsed } from "../values.ts";

export interface FindPlatformDeps {
	readonly clock: Clock;
	readonly platforms: Pick<PlatformStore, "findBySource">;
	readonly events: Pick<Events, "platformClockWrong">;
	/** Of which one signed each record; none: whoever can write to the stream is believed. */
	readonly eventSecrets: readonly string[];
}

/** Finds whose event it is. One that is nobody's, or of a platform that is disabled or did not sign it, or that names another platform's media, is parked. */
export function createFindPlatform(deps: FindPlatformDeps): Step<Parsed, Owned> {
	const { eventSecrets } = deps;
	const findPlatform = createBriefCache({
		forMs: 1_000,
		maxEntries: 10_000,
		now: () => deps.clock.now(),
		load: (source: string) => deps.platforms.findBySource(source),
	});
	return async (parsed) => {
		const platform = await findPlatform(parsed.event.source);
		if (platform === null) return { kind: "park", reason: "unknown-platform", detail: "source belongs to no platform" };
		if (!platform.isEnabled) return { kind: "park", reason: "unknown-platform", detail: "the platform is disabled" };
		if (eventSecrets.length > 0 && !isSignedBy(eventSecrets, platform.source, parsed.record))
			return { kind: "park", reason: "unknown-platform", detail: "not signed with the key of its source's platform" };
		if (!namesOwnMedia(parsed.event, platform))
			return { kind: "park", reason: "malformed-event", detail: "data.objectKey: not of this platform" };
		const { time } = parsed.event;
		const skew = time === null ? null : clockSkewOf(time, parsed.record.receivedAtMs);
		if (skew !== null) deps.events.platformClockWrong({ platformId: platform.id, ...skew });
		return next({ ...parsed, platform });
	};
}
