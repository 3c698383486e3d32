// Watches how fast things spread: told of sightings in the order of the record, it says when a subject has so many distinct voices in a window
// that neither chance nor what is common among harmless things explains it, more so where many of them are new. Deterministic, and bounded in memory whatever comes: it is asked by one
// process, which keeps its snapshot with the place in the record that it is of.
import { createAlarmLevel } from "./alarm-level.ts";
import { createFirstVoices, type FirstVoices } from "./first-voices.ts";
import { hashKey } from "./hash-key.ts";
import { createLessons, type Lessons } from "./lessons.ts";
import { createNewAccounts, type Newcomer } from "./new-accounts.ts";
import type { Sighting } from "./sighting.ts";
import { type Columns, readColumns, writeColumns } from "./snapshot.ts";
import { type Subject, type SubjectKind, subjectCatalogue, subjectKinds, subjectText } from "./subject.ts";
import { createSubjectTable, type SubjectTable } from "./subject-table.ts";
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
	/** The share of the last voices that were never heard of in the weeks before; null where voices are no accounts. */
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
const secondsPerHour = 3_600;
/** Waves have so much of the false alarms that are allowed to a kind; where it must be known for a day first, none. */
const partOfWaves = 0.75;

function weightsOf(kind: SubjectKind) {
	const { weight, needsSeconds } = subjectCatalogue[kind];
	const waves = needsSeconds > 0 ? 0 : weight * partOfWaves;
	return { windows: weight - waves, waves };
}

export function createGrowthWatch({ slotsLog2, sketches, alarmsPerDay, learnSeconds }: WatchOptions): GrowthWatch {
	const kindCount = subjectKinds.length;
	const table = createSubjectTable(slotsLog2);
	const watched = createWatchedSlots(2 ** slotsLog2, sketches, kindCount);
	const newAccounts = createNewAccounts();
	// At ten million items a day a place is needed for another after half an hour.
	const firstVoices = createFirstVoices(slotsLog2 + 1);
	const level = createAlarmLevel({
		weights: subjectKinds.map(weightsOf),
		alarmsPerDay,
		learnSeconds,
	});
	const lessons = createLessons(2 ** slotsLog2, level, watched);
	const latest = new Uint32Array(1);
	const columns: Columns = {
		...{ ...lessons.columns, ...table.columns, ...prefixed("seen-", table.seen.columns) },
		...{ ...watched.columns, ...level.columns, ...prefixed("first-", firstVoices.columns) },
		...{ ...prefixed("new-", newAccounts.columns), ...prefixed("account-", newAccounts.accounts), latest },
	};
	const find = (subject: Subject) => table.find(hashKey(subjectText(subject)));
	const slotOf = createPlacing({ table, lessons, watched, firstVoices });
	const growthAt = (slot: number, subject: Subject, atSeconds: number): Growth => ({
		...{ subject, atSeconds, windows: watched.growth(slot, lessons.kindOf(slot), atSeconds) },
		...{ newShare: watched.newShare(slot, atSeconds), voiceSeconds: watched.voiceSeconds(slot) },
	});
	return {
		see(sighting) {
			const { subject, platform, voice, atSeconds } = sighting;
			level.look(atSeconds, windowCount);
			if (isNextHour(latest, atSeconds)) lessons.endWaves(atSeconds, table.isHeld);
			const areAccounts = subjectCatalogue[subject.kind].voices === "accounts";
			const newcomer = areAccounts ? newAccounts.note(hashKey(voice), hashKey(platform), atSeconds) : null;
			const slot = slotOf(sighting, newcomer);
			if (slot === -1) return null;
			const isHeld = table.isHeld(slot);
			watched.see(slot, lessons.kindOf(slot), { voice, newcomer, atSeconds }, (window, peak) => {
				if (!isHeld) lessons.windowIsOver(slot, window, peak);
			});
			const series = lessons.seriesOf(slot);
			const rarest = rarestWindow(watched.seen, (window, surprise) => level.rarity(series + window, surprise));
			if (rarest === null || !level.ranks()) return null;
			const rarity = rarest.rarity + watched.newcomerSurprise(slot, atSeconds);
			lessons.note(slot);
			if (isHeld || level.isLearning(atSeconds)) return null;
			if (watched.watchedSeconds(slot) < subjectCatalogue[subject.kind].needsSeconds) return null;
			if (!lessons.isFound(slot, rarity)) return null;
			table.hold(slot, true);
			return { ...growthAt(slot, subject, atSeconds), inSeconds: rarest.inSeconds };
		},
		growthOf(subject, atSeconds) {
			const slot = find(subject);
			return slot === -1 ? null : growthAt(slot, subject, atSeconds);
		},
		settle(subject, was) {
			const slot = find(subject);
			if (slot === -1) return;
			table.hold(slot, false);
			if (was === "harmful") lessons.forget(slot);
			else lessons.wasFalse(slot, latest[0] ?? 0);
		},
		holdOnly(subjects) {
			table.letGoAll();
			for (const slot of subjects.map(find)) if (slot !== -1) table.hold(slot, true);
		},
		snapshot: () => writeColumns(columns),
		restore: (bytes) => readColumns(bytes, columns),
	};
}

/** Notes the time, and whether another hour has begun by it. */
function isNextHour(latest: Uint32Array, atSeconds: number): boolean {
	const before = latest[0] ?? 0;
	latest[0] = Math.max(before, atSeconds);
	return Math.floor(atSeconds / secondsPerHour) > Math.floor(before / secondsPerHour);
}

interface Placing {
	readonly table: SubjectTable;
	readonly lessons: Lessons;
	readonly watched: WatchedSlots;
	readonly firstVoices: FirstVoices;
}

/** The slot of a sighting's subject, -1 where it is not watched yet. */
function createPlacing({ table, lessons, watched, firstVoices }: Placing) {
	return ({ subject, voice, atSeconds }: Sighting, newcomer: Newcomer | null): number => {
		const key = hashKey(subjectText(subject));
		const { slot, isNew } = table.admit(key, atSeconds);
		if (slot === -1) firstVoices.note(key, { voice: hashKey(voice), atSeconds, newcomer });
		if (slot === -1 || !isNew) return slot;
		// Whoever stood there before is pushed out, and what it came to is learnt from.
		lessons.learn(slot, atSeconds);
		watched.clear(slot);
		lessons.begin(slot, subject.kind);
		const first = firstVoices.of(key);
		if (first !== null) watched.remember(slot, lessons.kindOf(slot), first);
		return slot;
	};
}

/** The window in which it stands out most; null where all that it has is a handful. */
function rarestWindow(
	{ voices, surprise }: WatchedSlots["seen"],
	rarityOf: (window: number, surprise: number) => number,
): { readonly inSeconds: WindowSeconds; readonly rarity: number } | null {
	let found: ReturnType<typeof rarestWindow> = null;
	for (const [window, inSeconds] of windowSeconds.entries()) {
		if ((voices[window] ?? 0) < fewestVoices) continue;
		const rarity = rarityOf(window, surprise[window] ?? 0);
		if (found === null || rarity > found.rarity) found = { inSeconds, rarity };
	}
	return found;
}

function prefixed(prefix: string, columns: object): Columns {
	return Object.fromEntries(Object.entries(columns).map(([name, column]) => [prefix + name, column]));
}
