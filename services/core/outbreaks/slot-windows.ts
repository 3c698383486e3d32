// What a watched subject had in each window, and from that what is usual for it. Only the longest windows are learnt from, and each only when the next
// one is over: an outbreak must not become its own expectation while it is growing. Shorter ones are expected to have their share of it.
import { longestSeconds, windowCount, windowSeconds } from "./windows.ts";

/** In windows; what is older counts for less. */
const rememberedSeconds = 14 * 86_400;
/** What all subjects of a kind have on average counts for one subject as much as so many windows of its own. */
const weightOfKind = 1;
/** What a kind has on average is remembered over many of its subjects. */
const subjectsOfKind = 1_000;
const leastExpected = 0.02;

export interface SlotWindows {
	/** Closes windows that are over, each with what it had; `onOver` hears of its greatest surprise. */
	advance(slot: number, kind: number, atSeconds: number, onOver: (window: number, peak: number) => void): void;
	/** Notes one sighting, after which the window had so many distinct voices. */
	note(slot: number, window: number, voices: number, surprise: number): void;
	expected(slot: number, kind: number, window: number, factor: number): number;
	/** Sightings in the window that ends now, about: the fixed one before counts for as much as still overlaps. */
	volume(slot: number, window: number, atSeconds: number): number;
	/** For how long it has been watched, where hours are as busy as they are on average. */
	watchedSeconds(slot: number): number;
	peak(slot: number, window: number): number;
	forgetPeak(slot: number, window: number): void;
	clear(slot: number): void;
	readonly columns: WindowColumns;
}

interface WindowColumns {
	readonly turn: Uint32Array;
	readonly voices: Float32Array;
	readonly waiting: Float32Array;
	readonly sightings: Float32Array;
	readonly sightingsBefore: Float32Array;
	readonly peak: Float32Array;
	/** By slot: what its longest windows had, and how many there were. */
	readonly learnt: Float32Array;
	readonly watched: Float32Array;
	/** By kind. */
	readonly kindLearnt: Float64Array;
	readonly kindWatched: Float64Array;
}

export function createSlotWindows(
	slots: number,
	kindCount: number,
	factor: (atSeconds: number) => number,
): SlotWindows {
	const cells = slots * windowCount;
	const columns: WindowColumns = {
		...{ turn: new Uint32Array(cells), voices: new Float32Array(cells), peak: new Float32Array(cells) },
		...{ sightings: new Float32Array(cells), sightingsBefore: new Float32Array(cells) },
		...{ learnt: new Float32Array(slots), watched: new Float32Array(slots), waiting: new Float32Array(slots) },
		...{ kindLearnt: new Float64Array(kindCount), kindWatched: new Float64Array(kindCount) },
	};
	const { turn, voices, waiting, sightings, sightingsBefore, peak, learnt, watched, kindLearnt, kindWatched } = columns;

	const learn = (slot: number, kind: number, over: number, chance: number) => {
		const most = rememberedSeconds / longestSeconds;
		const kept = Math.max(0, 1 - over / most);
		learnt[slot] = (learnt[slot] ?? 0) * kept + (waiting[slot] ?? 0);
		watched[slot] = (watched[slot] ?? 0) * kept + chance;
		const kindKept = Math.max(0, 1 - over / (most * subjectsOfKind));
		kindLearnt[kind] = (kindLearnt[kind] ?? 0) * kindKept + (waiting[slot] ?? 0);
		kindWatched[kind] = (kindWatched[kind] ?? 0) * kindKept + chance;
		waiting[slot] = voices[slot * windowCount + windowCount - 1] ?? 0;
	};

	return {
		columns,
		advance(slot, kind, atSeconds, onOver) {
			for (let window = 0; window < windowCount; window += 1) {
				const cell = slot * windowCount + window;
				const now = Math.floor(atSeconds / (windowSeconds[window] ?? 1));
				const before = turn[cell] ?? 0;
				if (now <= before) continue;
				turn[cell] = now;
				if (before === 0) continue;
				const over = now - before;
				if ((peak[cell] ?? 0) > 0) onOver(window, peak[cell] ?? 0);
				// A window in a busy hour is more of a chance to be seen than one at night.
				if (window === windowCount - 1) learn(slot, kind, over, over * factor(atSeconds));
				sightingsBefore[cell] = over === 1 ? (sightings[cell] ?? 0) : 0;
				voices[cell] = 0;
				sightings[cell] = 0;
			}
		},
		note(slot, window, count, surprise) {
			const cell = slot * windowCount + window;
			sightings[cell] = (sightings[cell] ?? 0) + 1;
			voices[cell] = Math.max(voices[cell] ?? 0, count);
			peak[cell] = Math.max(peak[cell] ?? 0, surprise);
		},
		expected(slot, kind, window, atFactor) {
			const watchedKind = kindWatched[kind] ?? 0;
			const ofKind = watchedKind === 0 ? 0 : (kindLearnt[kind] ?? 0) / watchedKind;
			const own = ((learnt[slot] ?? 0) + weightOfKind * ofKind) / ((watched[slot] ?? 0) + weightOfKind);
			return Math.max(leastExpected, own * atFactor * ((windowSeconds[window] ?? 1) / longestSeconds));
		},
		volume: (slot, window, atSeconds) => volumeOf(columns, slot * windowCount + window, atSeconds),
		watchedSeconds: (slot) => (watched[slot] ?? 0) * longestSeconds,
		peak: (slot, window) => peak[slot * windowCount + window] ?? 0,
		forgetPeak(slot, window) {
			peak[slot * windowCount + window] = 0;
		},
		clear(slot) {
			for (const column of [turn, voices, sightings, sightingsBefore, peak])
				column.fill(0, slot * windowCount, (slot + 1) * windowCount);
			for (const column of [waiting, learnt, watched]) column[slot] = 0;
		},
	};
}

function volumeOf({ turn, sightings, sightingsBefore }: WindowColumns, cell: number, atSeconds: number): number {
	const seconds = windowSeconds[cell % windowCount] ?? 1;
	const turnsAgo = Math.floor(atSeconds / seconds) - (turn[cell] ?? 0);
	if (turnsAgo > 1) return 0;
	const overlap = 1 - (atSeconds % seconds) / seconds;
	const current = sightings[cell] ?? 0;
	return Math.round(turnsAgo === 0 ? (sightingsBefore[cell] ?? 0) * overlap + current : current * overlap);
}
