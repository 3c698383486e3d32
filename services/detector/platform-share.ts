// How much of the stream each platform makes up here, lately. A platform that sends more than its equal share among those that
// sent anything in the last minutes is over it. Kept in memory: each detector sees its own partitions.
import type { PlatformId } from "../core/ids.ts";
import type { Clock } from "../core/ports/clock.ts";

export interface PlatformShare {
	/** One record of it came. */
	saw(platform: PlatformId): void;
	isOver(platform: PlatformId): boolean;
	/** A record of it was put off; true for the first one in a while. */
	deferred(platform: PlatformId): boolean;
	/** Some of its records may still be in the overflow lane. */
	hasDeferred(platform: PlatformId): boolean;
}

/** A platform that sends now and then counts as one that may be starved for so long. */
const activeForMs = 600_000;
/** Counts lose half of their weight in this time. */
const halveEveryMs = 1_000;

interface Seen {
	weight: number;
	lastAtMs: number;
	deferredAtMs: number;
}

export function createPlatformShare(clock: Clock): PlatformShare {
	const platforms = new Map<PlatformId, Seen>();
	let total = 0;
	let halvedAtMs = clock.now();

	/** A clock that was set back starts anew. */
	const isWithin = (atMs: number, ms: number, now: number) => Math.abs(now - atMs) < ms;
	const age = (now: number) => {
		if (isWithin(halvedAtMs, halveEveryMs, now)) return;
		const factor = 0.5 ** Math.min(60, Math.floor(Math.abs(now - halvedAtMs) / halveEveryMs));
		halvedAtMs = now;
		total = 0;
		for (const [platform, seen] of platforms) {
			seen.weight *= factor;
			total += seen.weight;
			if (!isWithin(seen.lastAtMs, activeForMs, now)) platforms.delete(platform);
		}
	};
	const wasDeferred = (platform: PlatformId, now: number) =>
		isWithin(platforms.get(platform)?.deferredAtMs ?? Number.NEGATIVE_INFINITY, activeForMs, now);

	return {
		saw(platform) {
			const now = clock.now();
			age(now);
			const seen = platforms.get(platform) ?? { weight: 0, lastAtMs: now, deferredAtMs: Number.NEGATIVE_INFINITY };
			seen.weight += 1;
			seen.lastAtMs = now;
			platforms.set(platform, seen);
			total += 1;
		},
		isOver(platform) {
			age(clock.now());
			// Alone it takes nothing from anybody.
			if (platforms.size < 2) return false;
			return (platforms.get(platform)?.weight ?? 0) * platforms.size > total;
		},
		deferred(platform) {
			const now = clock.now();
			const isFirst = !wasDeferred(platform, now);
			const seen = platforms.get(platform);
			if (seen !== undefined) seen.deferredAtMs = now;
			return isFirst;
		},
		hasDeferred: (platform) => wasDeferred(platform, clock.now()),
	};
}
