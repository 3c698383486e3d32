// How many distinct voices a subject had in each window that ends now. The last two dozen are kept one by one, each with the time of its last word;
// what is more is estimated by a sketch. Sketches are few: a subject that finds none free goes on with the voices that it holds, and its
// count is then a lower bound.
import type { KeyHash } from "./hash-key.ts";
import type { Newcomer } from "./new-accounts.ts";
import { createSlidingSketches } from "./sliding-sketches.ts";
import { longestSeconds, windowCount, windowSeconds } from "./windows.ts";

const voicesKept = 24;
/** A sketch is given back once so few are left that all can be kept one by one again. */
const fewVoices = voicesKept / 2;
const none = -1;
/** In a voice's mark, that it is new; the bits below say how likely that was, and 0 that nobody said. */
const newFlag = 128;
const percent = 100;

export interface DistinctVoices {
	add(slot: number, voice: KeyHash, atSeconds: number, newcomer: Newcomer | null): void;
	/** Into `counts`, by window. */
	count(slot: number, atSeconds: number, counts: Float64Array): void;
	clear(slot: number): void;
	/** When each of the voices that are kept spoke last, oldest first. */
	times(slot: number): readonly number[];
	/** How many of those that are kept and spoke in the longest window are new, of how many, and how many were to be expected. */
	newcomers(
		slot: number,
		atSeconds: number,
	): { readonly fresh: number; readonly of: number; readonly expected: number };
	readonly columns: Readonly<Record<"hashes" | "lastSeen" | "reached", Uint32Array>> &
		Readonly<Record<"newcomer", Uint8Array>> &
		Readonly<Record<"sketchOf" | "ownerOf", Int32Array>>;
}

const leastOfEstimate = 1 - 4 * 0.13;

/**
 * So many there surely are: what is kept one by one is exact; what is estimated is taken at four standard errors less, for of many estimates the greatest are far
 * out, and is of no fewer than are kept.
 */
export function certainOf(count: number): number {
	return count <= voicesKept ? count : Math.max(voicesKept, count * leastOfEstimate);
}

export function createDistinctVoices(slots: number, sketchCount: number): DistinctVoices {
	const sketches = createSlidingSketches(sketchCount);
	const [hashes, lastSeen] = [new Uint32Array(slots * voicesKept), new Uint32Array(slots * voicesKept)];
	const sketchOf = new Int32Array(slots).fill(none);
	const newcomer = new Uint8Array(slots * voicesKept);
	const kept = new Float64Array(windowCount);
	const sketchAt = (slot: number) => sketchOf[slot] ?? none;
	const beginSketch = (slot: number) => {
		const sketch = sketches.take(slot);
		sketchOf[slot] = sketch;
		if (sketch === none) return;
		for (let at = slot * voicesKept; at < (slot + 1) * voicesKept; at += 1)
			sketches.add(sketch, hashes[at] ?? 0, lastSeen[at] ?? 0);
	};
	const release = (slot: number) => {
		if (sketchAt(slot) !== none) sketches.release(sketchAt(slot));
		sketchOf[slot] = none;
	};
	/** Where the voice is kept, or else where the one is that was silent longest. */
	const placeOf = (slot: number, hash: number) => {
		let oldest = slot * voicesKept;
		for (let at = oldest; at < (slot + 1) * voicesKept; at += 1) {
			if (hashes[at] === hash && (lastSeen[at] ?? 0) > 0) return { at, isKept: true };
			if ((lastSeen[at] ?? 0) < (lastSeen[oldest] ?? 0)) oldest = at;
		}
		return { at: oldest, isKept: false };
	};
	return {
		columns: { hashes, lastSeen, newcomer, sketchOf, ...sketches.columns },
		add(slot, { high, low }, atSeconds, account) {
			const hash = (high ^ Math.imul(low, 0x9e3779b1)) >>> 0;
			const { at, isKept } = placeOf(slot, hash);
			const isPushedOut = !isKept && (lastSeen[at] ?? 0) > atSeconds - longestSeconds;
			if (isPushedOut && sketchAt(slot) === none) beginSketch(slot);
			if (sketchAt(slot) !== none) sketches.add(sketchAt(slot), hash, atSeconds);
			lastSeen[at] = isKept ? Math.max(lastSeen[at] ?? 0, atSeconds) : atSeconds;
			hashes[at] = hash;
			if (!isKept) newcomer[at] = account === null ? 0 : markOf(account);
		},
		count(slot, atSeconds, counts) {
			kept.fill(0);
			for (let at = slot * voicesKept; at < (slot + 1) * voicesKept; at += 1) {
				const age = atSeconds - (lastSeen[at] ?? 0);
				for (let window = windowCount - 1; window >= 0 && age < (windowSeconds[window] ?? 0); window -= 1)
					kept[window] = (kept[window] ?? 0) + 1;
			}
			counts.set(kept);
			const sketch = sketchAt(slot);
			if (sketch === none || (kept[windowCount - 1] ?? 0) < voicesKept) {
				if (sketch !== none && (kept[windowCount - 1] ?? 0) < fewVoices) release(slot);
				return;
			}
			sketches.count(sketch, atSeconds, counts);
			// Where not even all that are kept fall into a window, they are all there are.
			for (let window = 0; window < windowCount; window += 1)
				if ((kept[window] ?? 0) < voicesKept) counts[window] = kept[window] ?? 0;
		},
		newcomers(slot, atSeconds) {
			const since = atSeconds - longestSeconds;
			const [from, to] = [slot * voicesKept, (slot + 1) * voicesKept];
			return sumOfMarks(newcomer.subarray(from, to).filter((_, at) => (lastSeen[from + at] ?? 0) > since));
		},
		clear(slot) {
			release(slot);
			lastSeen.fill(0, slot * voicesKept, (slot + 1) * voicesKept);
		},
		times: (slot) =>
			[...lastSeen.subarray(slot * voicesKept, (slot + 1) * voicesKept)]
				.filter((at) => at > 0)
				.toSorted((a, b) => a - b),
	};
}

function markOf({ isNew, chance }: Newcomer): number {
	return (isNew ? newFlag : 0) + Math.min(percent, Math.max(1, Math.ceil(chance * percent)));
}

function sumOfMarks(marks: Uint8Array): ReturnType<DistinctVoices["newcomers"]> {
	const sums = { fresh: 0, of: 0, expected: 0 };
	for (const mark of marks) {
		if (mark === 0) continue;
		sums.fresh += mark & newFlag ? 1 : 0;
		sums.of += 1;
		sums.expected += (mark & (newFlag - 1)) / percent;
	}
	return sums;
}
