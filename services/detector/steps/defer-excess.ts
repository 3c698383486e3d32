import type { Clock } from "../../core/ports/clock.ts";
import type { ItemStream } from "../../core/ports/item-stream.ts";
import { eventTypes } from "../../core/wire/item-event.ts";
import { topics } from "../../core/wire/topics.ts";
import type { Events } from "../../runtime/events.ts";
import type { PlatformShare } from "../platform-share.ts";
import { next, type Step, settled } from "../step.ts";
import type { Owned } from "../values.ts";

export interface DeferExcessDeps {
	readonly share: PlatformShare;
	readonly stream: Pick<ItemStream, "publish">;
	readonly clock: Clock;
	readonly events: Pick<Events, "recordDeferred">;
}

/** A record that waited so long says that its lane is behind. */
const behindAfterMs = 1_000;

/**
 * While a lane is behind, moves what a platform sends beyond its share to the overflow lane, unexamined: moving costs a fraction of
 * examining, so that the others' records are soon reached. Nothing is refused or lost; the excess is worked off there.
 */
export function createDeferExcess(deps: DeferExcessDeps): <T extends Owned>(item: T) => ReturnType<Step<T, T>> {
	const { share, stream, clock, events } = deps;
	const seen = new WeakSet<Owned["record"]>();

	return async (item) => {
		const { record, event, platform } = item;
		if (record.topic === topics.overflow) return next(item);
		if (!seen.has(record)) {
			seen.add(record);
			share.saw(platform.id);
		}
		const isBehind = clock.now() - record.receivedAtMs > behindAfterMs;
		// A deletion goes the way of what it deletes, and comes after it there.
		const follows = event.type === eventTypes.itemDeleted && share.hasDeferred(platform.id);
		if (!follows && !(isBehind && share.isOver(platform.id))) return next(item);
		try {
			const { key, value, headers } = record;
			await stream.publish(topics.overflow, [{ key: key ?? event.subject, value, headers }]);
		} catch {
			// It stays where it is. Should it be in both lanes, the second verdict is a duplicate.
			return next(item);
		}
		events.recordDeferred({ topic: record.topic, platform: platform.name, isFirst: share.deferred(platform.id) });
		return settled;
	};
}
