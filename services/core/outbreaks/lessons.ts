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
	/** A subject that comes to such a rarity in its windows is an outbreak by these, or by its wave. */
	isFound(slot: number, rarity: number): boolean;
	wasFalse(slot: number, atSeconds: number): void;
	/** It has more than a handful. */
	note(slot: number): void;
	windowIsOver(slot: number, window: number, peak: number): void;
	/** Learns from those whose six hours are over, but for the ones that people have still to decide. */
	endWaves(atSeconds: number, isHeld: (slot: number) => boolean): void;
	/** All that it came to until now. */
	learn(slot: number, atSeconds: number): void;
	forget(slot: number): void;
	readonly columns: Readonly<Record<"kinds" | "many" | "foundByWave", Uint8Array>>;
}

export function createLessons(
	slots: number,
	level: Omit<AlarmLevel, "columns" | "look">,
	watched: Pick<WatchedSlots, "peak" | "forgetPeak" | "waves">,
): Lessons {
	const columns = { kinds: new Uint8Array(slots), many: new Uint8Array(slots), foundByWave: new Uint8Array(slots) };
	const { kinds, many, foundByWave } = columns;
	const kindOf = (slot: number) => kinds[slot] ?? 0;
	const seriesOf = (slot: number) => kindOf(slot) * windowCount;
	const countIt = (slot: number) => {
		if (many[slot] === 1) level.countWindows(kindOf(slot));
		many[slot] = 0;
	};
	const learnPeak = (slot: number, window: number, peak: number) => {
		if (peak > 0) level.learn(seriesOf(slot) + window, peak);
		watched.forgetPeak(slot, window);
	};
	const endWave = (slot: number, atSeconds: number) => {
		if (watched.waves.end(slot, kindOf(slot), atSeconds)) level.countWave(kindOf(slot));
	};
	const learn = (slot: number, atSeconds: number) => {
		endWave(slot, atSeconds);
		for (let window = 0; window < windowCount; window += 1) learnPeak(slot, window, watched.peak(slot, window));
		countIt(slot);
	};
	return {
		...{ columns, kindOf, seriesOf, learn },
		isFound(slot, rarity) {
			const kind = kindOf(slot);
			const isWave = watched.waves.evidence(slot) >= level.ofWaves(kind);
			foundByWave[slot] = isWave ? 1 : 0;
			return isWave || rarity >= level.ofWindows(kind);
		},
		wasFalse(slot, atSeconds) {
			learn(slot, atSeconds);
			level.wasFalse(kindOf(slot), foundByWave[slot] === 1 ? "wave" : "windows");
		},
		endWaves(atSeconds, isHeld) {
			for (let slot = 0; slot < slots; slot += 1)
				if (watched.waves.isOver(slot, atSeconds) && !isHeld(slot)) endWave(slot, atSeconds);
			watched.waves.advance(atSeconds);
		},
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
		forget(slot) {
			for (let window = 0; window < windowCount; window += 1) watched.forgetPeak(slot, window);
			watched.waves.forget(slot);
			many[slot] = 0;
		},
	};
}
