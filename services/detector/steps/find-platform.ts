import type { Fault } from "../../core/fault.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { DeadLetterReason } from "../../core/ports/dead-letter-store.ts";
import type { PlatformStore } from "../../core/ports/platform-store.ts";
import { isSignedBy } from "../../core/wire/event-signature.ts";
import { clockSkewOf } from "../../core/wire/event-time.ts";
import { namesOwnMedia } from "../../core/wire/media-key.ts";
import { createBriefCache } from "../../runtime/brief-cache.ts";
import type { Events } from "../../runtime/events.ts";
import { next, type Step, type StepResult } from "../step.ts";
import type { Owned, Parsed } from "../values.ts";

export interface FindPlatformDeps {
	readonly clock: Clock;
	readonly platforms: Pick<PlatformStore, "findBySource">;
	readonly events: Pick<Events, "platformClockWrong">;
	/** The secrets one of which signed each record; none: whoever can write to the stream is believed. */
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
		if (platform === null) return parked("unknown-platform", { code: "source-of-nobody" });
		if (!platform.isEnabled) return parked("unknown-platform", { code: "platform-disabled" });
		if (eventSecrets.length > 0 && !isSignedBy(eventSecrets, platform.source, parsed.record))
			return parked("unknown-platform", { code: "not-signed" });
		if (!namesOwnMedia(parsed.event, platform))
			return parked("malformed-event", { code: "field-refused", field: "data.objectKey", rule: "of-another-platform" });
		const { time } = parsed.event;
		const skew = time === null ? null : clockSkewOf(time, parsed.record.receivedAtMs);
		if (skew !== null) deps.events.platformClockWrong({ platformId: platform.id, ...skew });
		return next({ platform, country: parsed.event.country ?? platform.country, ...parsed });
	};
}

function parked(reason: DeadLetterReason, fault: Fault): StepResult<never> {
	return { kind: "park", reason, faults: [fault] };
}
