// How rarely harmless things come to what a subject came to, and from which rarity on it is called an outbreak, so that false alarms stay within what
// is allowed. Rarities are negative decimal logarithms of times a day: 0 is once a day, 1 once in ten days, -3 a thousand times a day.
import { createCommonLevels } from "./common-levels.ts";
import { createDailyCounts } from "./daily-counts.ts";
import { rarityOfSum, surpriseByChance } from "./surprise.ts";
import { windowCount } from "./windows.ts";

const secondsPerHour = 3_600;
/** A quiet installation does not become jumpy. */
const fewestLooksPerDay = 1_000_000;
/** Nor is one where few things spread at all. */
const fewestWavesPerDay = 1_000;
const usualKept = 0.9;
/** With each alarm that was false the level rises so far, and with each day it falls by as much for every one that is allowed. */
const stepOfAlarm = 0.25;

interface LevelOptions {
	/** By kind, how much of the false alarms that are allowed is its: of all that are seen. */
	readonly weights: readonly { readonly windows: number; readonly waves: number }[];
	readonly alarmsPerDay: number;
	readonly learnSeconds: number;
}

/** The test that found it. */
type FoundBy = "windows" | "wave";

export interface AlarmLevel {
	/** Nothing is called an outbreak yet. */
	isLearning(atSeconds: number): boolean;
	/** Time passes, and so many counts are looked at. */
	look(atSeconds: number, looks: number): void;
	/** What {@link rarity} says is to be relied on. */
	ranks(): boolean;
	/** How rarely a window's surprise is reached by chance or among harmless things of its kind, whichever is more often. */
	rarity(series: number, surprise: number): number;
	/** From which rarity on a subject of the kind is an outbreak, its windows and the share of new accounts together. */
	ofWindows(kind: number): number;
	/** From which evidence on a wave of the kind is one. */
	ofWaves(kind: number): number;
	/** The greatest surprise of a window that is over, of a subject that was no outbreak. */
	learn(series: number, surprise: number): void;
	/** One such subject had more than a handful of voices within the longest window. */
	countWindows(kind: number): void;
	/** One wave of the kind is over. */
	countWave(kind: number): void;
	/** What was called an outbreak was none. */
	wasFalse(kind: number, by: FoundBy): void;
	readonly columns: Readonly<Record<string, Float64Array>>;
}

export function createAlarmLevel({ weights, alarmsPerDay, learnSeconds }: LevelOptions): AlarmLevel {
	const kindCount = weights.length;
	const surprises = createCommonLevels(kindCount * windowCount);
	/** Kinds by their windows, then kinds by their waves. */
	const tests = [...weights.map(({ windows }) => windows), ...weights.map(({ waves }) => waves)];
	const subjects = createDailyCounts(tests.length);
	/** The hour that is counted, its looks, those of an hour as a rule, and what is usual by them; the first and the last look. */
	const looks = new Float64Array(6);
	const levels = Float64Array.from(tests, (_, test) =>
		leastOf(test < kindCount ? "windows" : "wave", null, alarmsPerDay),
	);
	const raised = new Float64Array(tests.length);
	const ageAt = (atSeconds: number) => atSeconds - (looks[4] ?? 0);
	// In the first half nobody knows what is usual, and everything surprises; in the third quarter, how rare a surprise is.
	const learns = () => ageAt(looks[5] ?? 0) >= learnSeconds / 2;
	const ranks = () => ageAt(looks[5] ?? 0) >= (3 * learnSeconds) / 4;
	const startHour = (hour: number, atSeconds: number) => {
		const [before = hour, count = 0, usual = 0] = looks;
		const hours = before === 0 ? 0 : hour - before;
		looks[0] = hour;
		looks[1] = 0;
		looks[2] = usual === 0 ? count : usual * usualKept + count * (1 - usualKept);
		if (!learns()) return;
		surprises.advance(atSeconds);
		if (!ranks()) return;
		subjects.advance(atSeconds);
		const seen = tests.map((weight, test) => ({ weight, perDay: subjects.perDay(test) }));
		const all = seen.reduce((sum, { weight, perDay }) => sum + (perDay === null ? 0 : weight), 0);
		for (const [test, { weight, perDay }] of seen.entries()) {
			const allowed = perDay === null ? alarmsPerDay : (alarmsPerDay * weight) / all;
			raised[test] = Math.max(0, (raised[test] ?? 0) - (stepOfAlarm * allowed * hours) / 24);
			levels[test] = leastOf(test < kindCount ? "windows" : "wave", perDay, allowed) + (raised[test] ?? 0);
		}
	};
	return {
		columns: {
			...{ looks, levels, raised },
			...{ surprises: surprises.columns.counts, surprisesClock: surprises.columns.clock },
			...{ surprisesDrawn: surprises.columns.rarities },
			...{ subjects: subjects.columns.counts, subjectsClock: subjects.columns.clock },
		},
		look(atSeconds, count) {
			if (looks[4] === 0) looks[4] = atSeconds;
			looks[5] = Math.max(looks[5] ?? 0, atSeconds);
			const hour = Math.floor(atSeconds / secondsPerHour);
			if (hour > (looks[0] ?? 0)) startHour(hour, atSeconds);
			looks[1] = (looks[1] ?? 0) + count;
			const perDay = 24 * Math.max(looks[1] ?? 0, looks[2] ?? 0);
			looks[3] = surpriseByChance(Math.max(fewestLooksPerDay, perDay), 1);
		},
		isLearning: (atSeconds) => ageAt(atSeconds) < learnSeconds,
		ranks,
		rarity: (series, surprise) => Math.min(surprise - (looks[3] ?? 0), surprises.rarity(series, surprise)),
		ofWindows: (kind) => levels[kind] ?? Number.POSITIVE_INFINITY,
		ofWaves: (kind) => levels[kindCount + kind] ?? Number.POSITIVE_INFINITY,
		learn(series, surprise) {
			if (learns()) surprises.note(series, surprise);
		},
		countWindows(kind) {
			subjects.note(kind);
		},
		countWave(kind) {
			if (ranks()) subjects.note(kindCount + kind);
		},
		wasFalse(kind, by) {
			const test = by === "windows" ? kind : kindCount + kind;
			raised[test] = (raised[test] ?? 0) + stepOfAlarm;
			levels[test] = (levels[test] ?? 0) + stepOfAlarm;
		},
	};
}

/** By the number that comes a day, null where too few have: of windows two rarities are told together, and of waves each begins at one to one. */
function leastOf(by: FoundBy, perDay: number | null, allowed: number): number {
	if (by === "wave") return Math.log10(Math.max(fewestWavesPerDay, perDay ?? 0) / allowed);
	const byChance = -Math.log10(allowed);
	return perDay === null ? byChance : Math.max(byChance, rarityOfSum(perDay, allowed));
}
