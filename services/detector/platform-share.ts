// How much of the stream each platform makes up here, lately. A platform that sends more than its equal share among those that
// sent anything in the last minutes is over it. Kept in memory: each detector sees its own partitions.
import type { Clock } from "../core/ports/clock.ts";

export interface PlatformShare {
	/** `source` is the platform's; one record of it came. */
	saw(source: string): void;
	isOver(source: string): boolean;
	/** A record of it was put off; true for the first one in a while. */
	deferred(source: string): boolean;
	/** Some of its records may still be in the overflow lane. */
	hasDeferred(source: string): boolean;
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
	const sources = new Map<string, Seen>();
	let total = 0;
	let halvedAtMs = clock.now();

	/** A clock that was set back starts anew. */
	const isWithin = (atMs: number, ms: number, now: number) => Math.abs(now - atMs) < ms;
	const age = (now: number) => {
		if (isWithin(halvedAtMs, halveEveryMs, now)) return;
		const factor = 0.5 ** Math.min(60, Math.floor(Math.abs(now - halvedAtMs) / halveEveryMs));
		halvedAtMs = now;
		total = 0;
		for (const [source, seen] of sources) {
			seen.weight *= factor;
			total += seen.weight;
			if (!isWithin(seen.lastAtMs, activeForMs, now)) sources.delete(source);
		}
	};
	const wasDeferred = (source: string, now: number) =>
		isWithin(sources.get(source)?.deferredAtMs ?? Number.NEGATIVE_INFINITY, activeForMs, now);

	return {
		saw(source) {
			const now = clock.now();
			age(now);
			const seen = sources.get(source) ?? { weight: 0, lastAtMs: now, deferredAtMs: Number.NEGATIVE_INFINITY };
			seen.weight += 1;
			seen.lastAtMs = now;
			sources.set(source, seen);
			total += 1;
		},
		isOver(source) {
			age(clock.now());
			// Alone it takes nothing from anybody.
			if (sources.size < 2) return false;
			return (sources.get(source)?.weight ?? 0) * sources.size > total;
		},
		deferred(source) {
			const now = clock.now();
			const isFirst = !wasDeferred(source, now);
			const seen = sources.get(source);
			if (seen !== undefined) seen.deferredAtMs = now;
			return isFirst;
		},
		hasDeferred: (source) => wasDeferred(source, clock.now()),
	};
}
