// What is known of the subjects in a table's slots: their voices, windows and share of new accounts, put together as their growth.
import { createDistinctVoices, isEstimated } from "./distinct-voices.ts";
import { hashKey } from "./hash-key.ts";
import { createHours } from "./hours.ts";
import { createNewShares } from "./new-shares.ts";
import type { Sighting } from "./sighting.ts";
import { createSlotWindows } from "./slot-windows.ts";
import type { Columns } from "./snapshot.ts";
import { subjectCatalogue } from "./subject.ts";
import { surpriseOf } from "./surprise.ts";
import { type WindowSeconds, windowCount, windowSeconds } from "./windows.ts";

export interface WindowGrowth {
	readonly seconds: WindowSeconds;
	readonly sightings: number;
	/** Distinct; an estimate above two dozen (standard error 13 %). */
	readonly voices: number;
	readonly expected: number;
	readonly surprise: number;
}

export interface WatchedSlots {
	/** `onOver` hears of the greatest surprise of each window that ended since its last sighting. */
	see(slot: number, series: number, sighting: Sighting, onOver: (window: number, peak: number) => void): void;
	/** Voices and surprise by window, as of the last {@link see}; read before the next. */
	readonly seen: { readonly voices: Float64Array; readonly surprise: Float64Array };
	growth(slot: number, series: number, atSeconds: number): readonly WindowGrowth[];
	peak(slot: number, window: number): number;
	forgetPeak(slot: number, window: number): void;
	newShare(slot: number): number | null;
	watchedSeconds(slot: number): number;
	/** When each voice that is kept by itself spoke last, oldest first. */
	voiceSeconds(slot: number): readonly number[];
	clear(slot: number): void;
	readonly columns: Columns;
}

/** What is estimated is taken at two standard errors less. */
const leastOfEstimate = 1 - 2 * 0.13;

export function createWatchedSlots(slots: number, sketches: number, seriesCount: number): WatchedSlots {
	const voices = createDistinctVoices(slots, sketches);
	const hours = createHours();
	const windows = createSlotWindows(slots, seriesCount, hours.factor);
	const shares = createNewShares(slots);
	const seen = { voices: new Float64Array(windowCount), surprise: new Float64Array(windowCount) };
	/** Into `seen`. */
	const measure = (slot: number, series: number, atSeconds: number) => {
		voices.count(slot, atSeconds, seen.voices);
		const factor = hours.factor(atSeconds);
		// Voices that nobody has heard of before count for up to twice.
		const weight = 1 + shares.excess(slot);
		for (let window = 0; window < windowCount; window += 1) {
			const count = seen.voices[window] ?? 0;
			const certain = isEstimated(count) ? count * leastOfEstimate : count;
			// The first voice is why it is looked at, and surprises nobody.
			seen.surprise[window] = surpriseOf(certain * weight - 1, windows.expected(slot, series, window, factor));
		}
	};
	return {
		columns: {
			...named("voices", { ...voices.columns }),
			...named("hours", { ...hours.columns }),
			...named("windows", { ...windows.columns }),
			...named("shares", { ...shares.columns }),
			...named("accounts", { ...shares.accounts }),
		},
		seen,
		see(slot, series, { subject, voice, atSeconds }, onOver) {
			hours.note(atSeconds);
			const key = hashKey(voice);
			const isNew = subjectCatalogue[subject.kind].voices === "accounts" ? shares.isNew(key, atSeconds) : null;
			windows.advance(slot, series, atSeconds, onOver);
			if (voices.add(slot, key, atSeconds) && isNew !== null) shares.add(slot, isNew);
			measure(slot, series, atSeconds);
			for (let window = 0; window < windowCount; window += 1)
				windows.note(slot, window, seen.voices[window] ?? 0, seen.surprise[window] ?? 0);
		},
		growth(slot, series, atSeconds) {
			measure(slot, series, atSeconds);
			return windowSeconds.map((seconds, window) => ({
				...{
					seconds,
					sightings: windows.volume(slot, window, atSeconds),
					voices: Math.round(seen.voices[window] ?? 0),
				},
				expected: windows.expected(slot, series, window, hours.factor(atSeconds)),
				surprise: seen.surprise[window] ?? 0,
			}));
		},
		peak: windows.peak,
		forgetPeak: windows.forgetPeak,
		newShare: shares.of,
		watchedSeconds: windows.watchedSeconds,
		voiceSeconds: voices.times,
		clear(slot) {
			for (const part of [voices, windows, shares]) part.clear(slot);
		},
	};
}

function named(part: string, columns: Columns): Columns {
	return Object.fromEntries(Object.entries(columns).map(([name, column]) => [`${part}.${name}`, column]));
}
