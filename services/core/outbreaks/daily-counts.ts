// How many of each series come up a day: counts that forget, over the days that were watched.
const halfLifeDays = 7;
const secondsPerDay = 86_400;
/** Fewer say little. */
const fewest = 60;

export interface DailyCounts {
	note(series: number): void;
	/** Time passes whether or not anything is noted. */
	advance(atSeconds: number): void;
	/** Null while too little is known. */
	perDay(series: number): number | null;
	readonly columns: Readonly<Record<"counts" | "clock", Float64Array>>;
}

export function createDailyCounts(seriesCount: number): DailyCounts {
	/** Decayed counts; when they were last decayed, and for how many days there were any, decayed. */
	const columns = { counts: new Float64Array(seriesCount), clock: new Float64Array(2) };
	const { counts, clock } = columns;
	return {
		columns,
		note(series) {
			counts[series] = (counts[series] ?? 0) + 1;
		},
		advance(atSeconds) {
			const [last = 0, watched = 0] = clock;
			clock[0] = atSeconds;
			if (last === 0) return;
			const days = (atSeconds - last) / secondsPerDay;
			const kept = 0.5 ** (days / halfLifeDays);
			for (const [series, count] of counts.entries()) counts[series] = count * kept;
			clock[1] = watched * kept + days;
		},
		perDay(series) {
			const [, days = 0] = clock;
			const count = counts[series] ?? 0;
			return days === 0 || count < fewest ? null : count / days;
		},
	};
}
