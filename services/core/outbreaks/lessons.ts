// What the subjects that stand in slots teach of harmless things: the greatest surprise of each window, and the rarest that all of it came to within
// the longest one. Slots that are held as outbreaks teach nothing until people have said what they were.
import type { AlarmLevel } from "./alarm-level.ts";
import { type SubjectKind, subjectKinds } from "./subject.ts";
import type { WatchedSlots } from "./watched-slots.ts";
import { windowCount } from "./windows.ts";

const nothing = Number.NEGATIVE_INFINITY;

export interface Lessons {
	begin(slot: number, kind: SubjectKind): void;
	kindOf(slot: number): number;
	/** The first series of the subject that stands in a slot. */
	seriesOf(slot: number): number;
	/** It came to so much. */
	note(slot: number, rarity: number): void;
	windowIsOver(slot: number, window: number, peak: number): void;
	/** All that it came to until now. */
	learn(slot: number): void;
	forget(slot: number): void;
	readonly columns: { readonly kinds: Uint8Array; readonly rarest: Float32Array };
}

export function createLessons(
	slots: number,
	level: Pick<AlarmLevel, "learn" | "learnRarity">,
	watched: Pick<WatchedSlots, "peak" | "forgetPeak">,
): Lessons {
	const columns = { kinds: new Uint8Array(slots), rarest: new Float32Array(slots).fill(nothing) };
	const { kinds, rarest } = columns;
	const kindOf = (slot: number) => kinds[slot] ?? 0;
	const seriesOf = (slot: number) => kindOf(slot) * windowCount;
	const learnRarest = (slot: number) => {
		if (Number.isFinite(rarest[slot])) level.learnRarity(kindOf(slot), rarest[slot] ?? 0);
		rarest[slot] = nothing;
	};
	const learnPeak = (slot: number, window: number, peak: number) => {
		if (peak > 0) level.learn(seriesOf(slot) + window, peak);
		watched.forgetPeak(slot, window);
	};
	return {
		...{ columns, kindOf, seriesOf },
		begin(slot, kind) {
			kinds[slot] = subjectKinds.indexOf(kind);
		},
		note(slot, rarity) {
			rarest[slot] = Math.max(rarest[slot] ?? nothing, rarity);
		},
		windowIsOver(slot, window, peak) {
			learnPeak(slot, window, peak);
			if (window === windowCount - 1) learnRarest(slot);
		},
		learn(slot) {
			for (let window = 0; window < windowCount; window += 1) learnPeak(slot, window, watched.peak(slot, window));
			learnRarest(slot);
		},
		forget(slot) {
			for (let window = 0; window < windowCount; window += 1) watched.forgetPeak(slot, window);
			rarest[slot] = nothing;
		},
	};
}
