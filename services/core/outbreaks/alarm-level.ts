// From which surprise on something is called an outbreak, so that false alarms stay within what is allowed: above what chance brings in so many
// looks, and above what is common among harmless things of its kind.
import { createCommonSurprises } from "./common-surprises.ts";
import { surpriseByChance } from "./surprise.ts";

const secondsPerHour = 3_600;
/** A quiet installation does not become jumpy. */
const fewestLooksPerDay = 1_000_000;
const usualKept = 0.9;

interface LevelOptions {
	readonly seriesCount: number;
	readonly alarmsPerDay: number;
	readonly learnSeconds: number;
}

export interface AlarmLevel {
	/** Nothing is called an outbreak yet. */
	isLearning(atSeconds: number): boolean;
	/** Time passes, and so many counts are looked at. */
	look(atSeconds: number, looks: number): void;
	of(series: number): number;
	/** The greatest surprise of a window that is over, of a subject that was no outbreak. */
	learn(series: number, peak: number): void;
	readonly columns: Readonly<Record<"looks" | "levels" | "counts" | "clock", Float64Array>>;
}

export function createAlarmLevel({ seriesCount, alarmsPerDay, learnSeconds }: LevelOptions): AlarmLevel {
	const common = createCommonSurprises(seriesCount);
	/** The hour that is counted, its looks, those of an hour as a rule, and what chance comes to by them; the first and the last look. */
	const looks = new Float64Array(6);
	const ageAt = (atSeconds: number) => atSeconds - (looks[4] ?? 0);
	const levels = new Float64Array(seriesCount);
	const startHour = (hour: number, atSeconds: number) => {
		const [, count = 0, usual = 0] = looks;
		looks[0] = hour;
		looks[1] = 0;
		looks[2] = usual === 0 ? count : usual * usualKept + count * (1 - usualKept);
		common.advance(atSeconds);
		const known = Array.from(levels.keys()).filter((series) => common.isKnown(series));
		for (const series of known) levels[series] = common.level(series, alarmsPerDay / known.length);
	};
	return {
		columns: { looks, levels, ...common.columns },
		look(atSeconds, count) {
			if (looks[4] === 0) looks[4] = atSeconds;
			looks[5] = Math.max(looks[5] ?? 0, atSeconds);
			const hour = Math.floor(atSeconds / secondsPerHour);
			if (hour > (looks[0] ?? 0)) startHour(hour, atSeconds);
			looks[1] = (looks[1] ?? 0) + count;
			const perDay = 24 * Math.max(looks[1] ?? 0, looks[2] ?? 0);
			looks[3] = surpriseByChance(Math.max(fewestLooksPerDay, perDay), alarmsPerDay);
		},
		isLearning: (atSeconds) => ageAt(atSeconds) < learnSeconds,
		of: (series) => Math.max(looks[3] ?? 0, levels[series] ?? 0),
		learn(series, peak) {
			// In the first half nobody knows what is usual, and everything surprises.
			if (ageAt(looks[5] ?? 0) >= learnSeconds / 2) common.note(series, peak);
		},
	};
}
