// How rarely harmless things come to what a subject came to, and from which rarity on it is called an outbreak, so that false alarms stay within what
// is allowed. Rarities are negative decimal logarithms of times a day: 0 is once a day, 1 once in ten days, -3 a thousand times a day.
import { createCommonLevels, doublingScale, evenScale } from "./common-levels.ts";
import { surpriseByChance } from "./surprise.ts";
import { windowCount } from "./windows.ts";

const secondsPerHour = 3_600;
/** A quiet installation does not become jumpy. */
const fewestLooksPerDay = 1_000_000;
const usualKept = 0.9;

interface LevelOptions {
	/** By kind, how much of the false alarms that are allowed is its: of all kinds that are seen. */
	readonly weights: readonly number[];
	readonly alarmsPerDay: number;
	readonly learnSeconds: number;
}

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
	of(kind: number): number;
	/** The greatest surprise of a window that is over, of a subject that was no outbreak. */
	learn(series: number, surprise: number): void;
	/** The greatest rarity that such a subject came to. */
	learnRarity(kind: number, rarity: number): void;
	readonly columns: Readonly<Record<string, Float64Array>>;
}

export function createAlarmLevel({ weights, alarmsPerDay, learnSeconds }: LevelOptions): AlarmLevel {
	const kindCount = weights.length;
	const surprises = createCommonLevels(kindCount * windowCount, doublingScale);
	const rarities = createCommonLevels(kindCount, evenScale);
	/** The hour that is counted, its looks, those of an hour as a rule, and what is usual by them; the first and the last look. */
	const looks = new Float64Array(6);
	const byChance = -Math.log10(alarmsPerDay);
	const levels = new Float64Array(kindCount).fill(byChance);
	const ageAt = (atSeconds: number) => atSeconds - (looks[4] ?? 0);
	// In the first half nobody knows what is usual, and everything surprises; in the third quarter, how rare a surprise is.
	const learns = () => ageAt(looks[5] ?? 0) >= learnSeconds / 2;
	const ranks = () => ageAt(looks[5] ?? 0) >= (3 * learnSeconds) / 4;
	const startHour = (hour: number, atSeconds: number) => {
		const [, count = 0, usual = 0] = looks;
		looks[0] = hour;
		looks[1] = 0;
		looks[2] = usual === 0 ? count : usual * usualKept + count * (1 - usualKept);
		if (!learns()) return;
		surprises.advance(atSeconds);
		if (!ranks()) return;
		rarities.advance(atSeconds);
		const kinds = Array.from(levels.keys());
		const weightOf = (kind: number) => weights[kind] ?? 0;
		const known = kinds.filter((kind) => rarities.level(kind, 1) !== null);
		const all = known.reduce((sum, kind) => sum + weightOf(kind), 0);
		for (const kind of kinds) {
			const allowed = (alarmsPerDay * weightOf(kind)) / all;
			levels[kind] = Math.max(byChance, rarities.level(kind, allowed) ?? byChance);
		}
	};
	return {
		columns: {
			...{ looks, levels },
			...{ surprises: surprises.columns.counts, surprisesClock: surprises.columns.clock },
			...{ surprisesDrawn: surprises.columns.rarities, raritiesDrawn: rarities.columns.rarities },
			...{ rarities: rarities.columns.counts, raritiesClock: rarities.columns.clock },
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
		of: (kind) => levels[kind] ?? byChance,
		learn(series, surprise) {
			if (learns()) surprises.note(series, surprise);
		},
		learnRarity(kind, rarity) {
			rarities.note(kind, rarity);
		},
	};
}
