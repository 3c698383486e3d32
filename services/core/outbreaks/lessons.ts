// What the subjects that stand in slots teach of harmless things: the greatest surprise of each window, and how many have more than a handful of voices
// in the longest one. Slots that are held as outbreaks teach nothing until people have said what they were.
import type { AlarmLevel } from "./alarm-level.ts";
import { type SubjectKind, subjectKinds } from "./subject.ts";
import type { WatchedSlots } from "./watched-slots.ts";
import { windowCount } from "./windows.ts";

export interface Lessons {
	begin(slot: number, kind: SubjectKind): void;
	kindOf(slot: number): number;
	/** The first series of the subject that stands in a slot. */
	seriesOf(slot: number): number;
	/** It has more than a handful. */
	note(slot: number): void;
	windowIsOver(slot: number, window: number, peak: number): void;
	/** All that it came to until now. */
	learn(slot: number): void;
	forget(slot: number): void;
	readonly columns: { readonly kinds: Uint8Array; readonly many: Uint8Array };
}

export function createLessons(
	slots: number,
	level: Pick<AlarmLevel, "learn" | "count">,
	watched: Pick<WatchedSlots, "peak" | "forgetPeak">,
): Lessons {
	const columns = { kinds: new Uint8Array(slots), many: new Uint8Array(slots) };
	const { kinds, many } = columns;
	const kindOf = (slot: number) => kinds[slot] ?? 0;
	const seriesOf = (slot: number) => kindOf(slot) * windowCount;
	const countIt = (slot: number) => {
		if (many[slot] === 1) level.count(kindOf(slot));
		many[slot] = 0;
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
		note(slot) {
			many[slot] = 1;
		},
		windowIsOver(slot, window, peak) {
			learnPeak(slot, window, peak);
			if (window === windowCount - 1) countIt(slot);
		},
		learn(slot) {
			for (let window = 0; window < windowCount; window += 1) learnPeak(slot, window, watched.peak(slot, window));
			countIt(slot);
		},
		forget(slot) {
			for (let window = 0; window < windowCount; window += 1) watched.forgetPeak(slot, window);
			many[slot] = 0;
		},
	};
}
