// Watches how fast things spread: told of sightings in the order of the record, it says when a subject has so many distinct voices in a window
// that neither chance nor what is common among harmless things explains it. Deterministic, and bounded in memory whatever comes: it is asked by one
// process, which keeps its snapshot with the place in the record that it is of.
import { createAlarmLevel } from "./alarm-level.ts";
import { hashKey } from "./hash-key.ts";
import type { Sighting } from "./sighting.ts";
import { type Columns, readColumns, writeColumns } from "./snapshot.ts";
import { type Subject, subjectCatalogue, subjectKinds, subjectText } from "./subject.ts";
import { createSubjectTable } from "./subject-table.ts";
import { createWatchedSlots, type WatchedSlots, type WindowGrowth } from "./watched-slots.ts";
import { type WindowSeconds, windowCount, windowSeconds } from "./windows.ts";

export interface WatchOptions {
	/** Subjects watched at once, as a power of two. */
	readonly slotsLog2: number;
	/** Those among them of which more voices are counted than can be kept one by one. */
	readonly sketches: number;
	/** False alarms a day that are put up with, all kinds and windows together. */
	readonly alarmsPerDay: number;
	/** For so long after its first sighting it only learns: what is popular is new then, and would be taken for growth. */
	readonly learnSeconds: number;
}

export const usualWatch: WatchOptions = { slotsLog2: 16, sketches: 1_024, alarmsPerDay: 1, learnSeconds: 86_400 };

export interface Growth {
	readonly subject: Subject;
	readonly atSeconds: number;
	readonly windows: readonly WindowGrowth[];
	/** The share of the voices that were never heard of in the weeks before; null until the watch has run for a week. */
	readonly newShare: number | null;
	/** When the voices that are kept one by one spoke last, oldest first: the beginning of the curve. */
	readonly voiceSeconds: readonly number[];
}

export interface Alert extends Growth {
	/** The window in which it stood out most. */
	readonly inSeconds: WindowSeconds;
}

export interface GrowthWatch {
	/** An alert once per subject, until it is settled. */
	see(sighting: Sighting): Alert | null;
	/** Null where it is not watched, or not any more. */
	growthOf(subject: Subject, atSeconds: number): Growth | null;
	/** It is called an outbreak no more; what was `harmless` is learnt from. */
	settle(subject: Subject, was: "harmless" | "harmful"): void;
	/** By the record these are called outbreaks, and no others. */
	holdOnly(subjects: readonly Subject[]): void;
	snapshot(): Uint8Array;
	/** False where the bytes are of another layout. Before anything is seen. */
	restore(bytes: Uint8Array): boolean;
}

/** A handful is no outbreak, however rare the thing. */
const fewestVoices = 6;

export function createGrowthWatch({ slotsLog2, sketches, alarmsPerDay, learnSeconds }: WatchOptions): GrowthWatch {
	const seriesCount = subjectKinds.length * windowCount;
	const table = createSubjectTable(slotsLog2);
	const watched = createWatchedSlots(2 ** slotsLog2, sketches, seriesCount);
	const level = createAlarmLevel({ seriesCount, alarmsPerDay, learnSeconds });
	/** The first series of the subject that stands in a slot. */
	const series = new Uint8Array(2 ** slotsLog2);
	const columns: Columns = {
		...{ series, ...table.columns, ...prefixed("seen-", table.seen.columns) },
		...{ ...watched.columns, ...level.columns },
	};
	const find = (subject: Subject) => table.find(hashKey(subjectText(subject)));
	const learnPeaks = (slot: number) => {
		for (let window = 0; window < windowCount; window += 1)
			if (watched.peak(slot, window) > 0) level.learn((series[slot] ?? 0) + window, watched.peak(slot, window));
	};
	const slotOf = ({ subject, atSeconds }: Sighting): number => {
		const { slot, isNew } = table.admit(hashKey(subjectText(subject)), atSeconds);
		if (slot === -1 || !isNew) return slot;
		// Whoever stood there before is pushed out, and what it came to is learnt from.
		learnPeaks(slot);
		watched.clear(slot);
		series[slot] = subjectKinds.indexOf(subject.kind) * windowCount;
		return slot;
	};
	const growthAt = (slot: number, subject: Subject, atSeconds: number): Growth => ({
		...{ subject, atSeconds, windows: watched.growth(slot, series[slot] ?? 0, atSeconds) },
		...{ newShare: watched.newShare(slot), voiceSeconds: watched.voiceSeconds(slot) },
	});
	return {
		see(sighting) {
			const { subject, atSeconds } = sighting;
			level.look(atSeconds, windowCount);
			const slot = slotOf(sighting);
			if (slot === -1) return null;
			const from = series[slot] ?? 0;
			const isHeld = table.isHeld(slot);
			watched.see(slot, from, sighting, (window, peak) => {
				if (isHeld) return;
				level.learn(from + window, peak);
				watched.forgetPeak(slot, window);
			});
			if (isHeld) return null;
			if (level.isLearning(atSeconds)) return null;
			const isKnown = watched.watchedSeconds(slot) >= subjectCatalogue[subject.kind].needsSeconds;
			const inSeconds = isKnown ? standsOut(watched.seen, (window) => level.of(from + window)) : null;
			if (inSeconds === null) return null;
			table.hold(slot, true);
			return { ...growthAt(slot, subject, atSeconds), inSeconds };
		},
		growthOf(subject, atSeconds) {
			const slot = find(subject);
			return slot === -1 ? null : growthAt(slot, subject, atSeconds);
		},
		settle(subject, was) {
			const slot = find(subject);
			if (slot === -1) return;
			table.hold(slot, false);
			if (was === "harmless") learnPeaks(slot);
			for (let window = 0; window < windowCount; window += 1) watched.forgetPeak(slot, window);
		},
		holdOnly(subjects) {
			table.letGoAll();
			for (const slot of subjects.map(find)) if (slot !== -1) table.hold(slot, true);
		},
		snapshot: () => writeColumns(columns),
		restore: (bytes) => readColumns(bytes, columns),
	};
}

/** The window in which it stands out most; null where it is no outbreak. */
function standsOut(
	{ voices, surprise }: WatchedSlots["seen"],
	levelOf: (window: number) => number,
): WindowSeconds | null {
	let most = -1;
	for (let window = 0; window < windowCount; window += 1) {
		const isEnough = (voices[window] ?? 0) >= fewestVoices && (surprise[window] ?? 0) >= levelOf(window);
		if (isEnough && (most === -1 || (surprise[window] ?? 0) > (surprise[most] ?? 0))) most = window;
	}
	return windowSeconds[most] ?? null;
}

function prefixed(prefix: string, columns: object): Columns {
	return Object.fromEntries(Object.entries(columns).map(([name, column]) => [prefix + name, column]));
}
