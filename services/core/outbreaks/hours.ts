// How busy each hour of the week is, beside the others: what is expected on a Sunday night is not what is expected at noon.

const hours = 168;
const secondsPerHour = 3_600;
/** Weeks that an hour must have been watched, before it is told from the others. */
const weeksNeeded = 2;
/** What is left of an older week, when a new one is over. */
const keptPerWeek = 0.75;

export interface Hours {
	note(atSeconds: number): void;
	/** 1 is as busy as an hour is on average; exactly 1 until every hour has been watched for two weeks. */
	factor(atSeconds: number): number;
	readonly columns: HourColumns;
}

interface HourColumns {
	/** Per hour of the week: sightings and weeks, decayed. */
	readonly sightings: Float64Array;
	readonly weeks: Float64Array;
	/** The hour since 1970 that is being counted, and what it has so far. */
	readonly current: Float64Array;
}

export function createHours(): Hours {
	const columns = {
		...{ sightings: new Float64Array(hours), weeks: new Float64Array(hours), current: new Float64Array(2) },
	};
	const { sightings, weeks, current } = columns;
	let factors: Float64Array | null = null;
	const close = (hour: number, count: number) => {
		const at = hour % hours;
		sightings[at] = (sightings[at] ?? 0) * keptPerWeek + count;
		weeks[at] = (weeks[at] ?? 0) * keptPerWeek + 1;
		factors = null;
	};
	return {
		columns,
		note(atSeconds) {
			const hour = Math.floor(atSeconds / secondsPerHour);
			const [open = 0, count = 0] = current;
			if (open === hour) {
				current[1] = count + 1;
				return;
			}
			if (hour < open) return;
			if (open > 0) {
				close(open, count);
				for (let quiet = Math.max(open + 1, hour - hours); quiet < hour; quiet += 1) close(quiet, 0);
			}
			current[0] = hour;
			current[1] = 1;
		},
		factor(atSeconds) {
			factors ??= factorsOf(sightings, weeks);
			return factors[Math.floor(atSeconds / secondsPerHour) % hours] ?? 1;
		},
	};
}

function factorsOf(sightings: Float64Array, weeks: Float64Array): Float64Array {
	const watched = 1 + keptPerWeek ** (weeksNeeded - 1) - 1e-9;
	if (weeks.some((one) => one < watched)) return new Float64Array(hours).fill(1);
	const perHour = sightings.map((count, at) => count / (weeks[at] ?? 1));
	const mean = perHour.reduce((sum, one) => sum + one, 0) / hours;
	if (mean === 0) return new Float64Array(hours).fill(1);
	// An hour in which nothing ever came would make its first item infinitely surprising.
	return perHour.map((one) => Math.max(0.05, one / mean));
}
