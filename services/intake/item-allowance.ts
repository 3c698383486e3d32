// How many items a platform may send here now: a bucket that fills at a steady rate and holds two seconds' worth. A request that finds
// anything in it is taken whole and may leave it in debt, so that a large batch is late but never impossible.
import type { PlatformId } from "../core/ids.ts";
import type { Clock } from "../core/ports/clock.ts";

export interface ItemAllowance {
	/** Takes `items`, or answers after how many milliseconds to come back. */
	take(platform: PlatformId, items: number): { readonly waitMs: number } | null;
}

const secondsHeld = 2;

export function createItemAllowance(options: {
	readonly clock: Clock;
	readonly itemsPerSecond: number;
}): ItemAllowance {
	const { clock, itemsPerSecond } = options;
	const full = itemsPerSecond * secondsHeld;
	const buckets = new Map<PlatformId, { left: number; atMs: number }>();
	return {
		take(platform, items) {
			const now = clock.now();
			const bucket = buckets.get(platform) ?? { left: full, atMs: now };
			buckets.set(platform, bucket);
			// A clock that was set back fills nothing.
			const seconds = Math.max(0, now - bucket.atMs) / 1_000;
			bucket.left = Math.min(full, bucket.left + seconds * itemsPerSecond);
			bucket.atMs = now;
			if (bucket.left <= 0) return { waitMs: Math.ceil((1_000 * (1 - bucket.left)) / itemsPerSecond) };
			bucket.left -= items;
			return null;
		},
	};
}
