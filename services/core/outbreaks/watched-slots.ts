// What is known of the subjects in a table's slots: their voices, windows and share of new accounts, put together as their growth.
import { certainOf, createDistinctVoices } from "./distinct-voices.ts";
import type { FirstVoice } from "./first-voices.ts";
import { hashKey } from "./hash-key.ts";
import { createHours } from "./hours.ts";
import type { Newcomer } from "./new-accounts.ts";
import type { Sighting } from "./sighting.ts";
import { createSlotWindows } from "./slot-windows.ts";
import type { Columns } from "./snapshot.ts";
import { surpriseOf, surpriseOfShare } from "./surprise.ts";
import { createWaves, type Waves } from "./waves.ts";
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
	/** `newcomer` where voices are accounts; `onOver` hears of the greatest surprise of each window that ended since its last sighting. */
	see(
		slot: number,
		kind: number,
		sighting: Pick<Sighting, "voice" | "atSeconds"> & { readonly newcomer: Newcomer | null },
		onOver: (window: number, peak: number) => void,
	): void;
	/** Somebody who spoke before it was watched. */
	remember(slot: number, kind: number, first: FirstVoice): void;
	/** Voices and surprise by window, as of the last {@link see}; read before the next. */
	readonly seen: { readonly voices: Float64Array; readonly surprise: Float64Array };
	/** How surprising it is that so many of its last voices are new. */
	newcomerSurprise(slot: number, atSeconds: number): number;
	growth(slot: number, kind: number, atSeconds: number): readonly WindowGrowth[];
	peak(slot: number, window: number): number;
	forgetPeak(slot: number, window: number): void;
	newShare(slot: number, atSeconds: number): number | null;
	watchedSeconds(slot: number): number;
	/** When each voice that is kept by itself spoke last, oldest first. */
	voiceSeconds(slot: number): readonly number[];
	readonly waves: Omit<Waves, "hear" | "clear" | "columns">;
	clear(slot: number): void;
	readonly columns: Columns;
}

export function createWatchedSlots(slots: number, sketches: number, kindCount: number): WatchedSlots {
	const voices = createDistinctVoices(slots, sketches);
	const hours = createHours();
	const windows = createSlotWindows(slots, kindCount, hours.factor);
	const waves = createWaves(slots, kindCount);
	const seen = { voices: new Float64Array(windowCount), surprise: new Float64Array(windowCount) };
	/** Into `seen`. */
	const measure = (slot: number, kind: number, atSeconds: number) => {
		voices.count(slot, atSeconds, seen.voices);
		const factor = hours.factor(atSeconds);
		for (let window = 0; window < windowCount; window += 1) {
			// The first voice is why it is looked at, and surprises nobody.
			const others = certainOf(seen.voices[window] ?? 0) - 1;
			seen.surprise[window] = surpriseOf(others, windows.expected(slot, kind, window, factor));
		}
	};
	return {
		columns: {
			...named("voices", { ...voices.columns }),
			...named("hours", { ...hours.columns }),
			...named("windows", { ...windows.columns }),
			...named("waves", { ...waves.columns }),
		},
		seen,
		see(slot, kind, { voice, newcomer, atSeconds }, onOver) {
			hours.note(atSeconds);
			windows.advance(slot, kind, atSeconds, onOver);
			const heard = { voice: hashKey(voice), newcomer, atSeconds };
			voices.add(slot, heard.voice, atSeconds, newcomer);
			waves.hear(slot, kind, heard);
			measure(slot, kind, atSeconds);
			for (let window = 0; window < windowCount; window += 1)
				windows.note(slot, window, seen.voices[window] ?? 0, seen.surprise[window] ?? 0);
		},
		remember(slot, kind, first) {
			voices.add(slot, first.voice, first.atSeconds, first.newcomer);
			waves.hear(slot, kind, first);
		},
		growth(slot, kind, atSeconds) {
			measure(slot, kind, atSeconds);
			return windowSeconds.map((seconds, window) => ({
				...{
					seconds,
					sightings: windows.volume(slot, window, atSeconds),
					voices: Math.round(seen.voices[window] ?? 0),
				},
				expected: windows.expected(slot, kind, window, hours.factor(atSeconds)),
				surprise: seen.surprise[window] ?? 0,
			}));
		},
		peak: windows.peak,
		forgetPeak: windows.forgetPeak,
		newcomerSurprise(slot, atSeconds) {
			const { fresh, of, expected } = voices.newcomers(slot, atSeconds);
			return surpriseOfShare(fresh, of, expected);
		},
		newShare(slot, atSeconds) {
			const { fresh, of } = voices.newcomers(slot, atSeconds);
			return of === 0 ? null : fresh / of;
		},
		watchedSeconds: windows.watchedSeconds,
		...{ voiceSeconds: voices.times, waves },
		clear(slot) {
			for (const part of [voices, windows, waves]) part.clear(slot);
		},
	};
}

function named(part: string, columns: Columns): Columns {
	return Object.fromEntries(Object.entries(columns).map(([name, column]) => [`${part}.${name}`, column]));
}
