// How far harmless things come. Some spread fast every day and mean nothing, far more than chance lets expect; so the most that each came to is kept
// in a histogram that forgets, and its tail is drawn out to what is passed as often as false alarms are allowed (peaks over threshold: a
// generalized Pareto tail by the method of moments, Hosking and Wallis 1987). What people removed teaches nothing.

const bins = 256;
const halfLifeDays = 7;
/** The tail is made of so many of the largest, decayed: fewer say little, more are no tail. */
const tailPeaks = 60;
/** A heavier tail has no mean to draw it out by. */
const heaviest = 0.5;
const secondsPerDay = 86_400;

/** Finer where little is. Bins double: what is heavy in values has a tail of an exponential in bins, by which it is drawn out. */
const binOf = (value: number) => Math.log2(1 + Math.max(0, value)) * 20;

export interface CommonLevels {
	/** The most that something came to. */
	note(series: number, value: number): void;
	/** Time passes whether or not anything is noted. Answers whether what {@link timesPerDay} says is made anew. */
	advance(atSeconds: number): void;
	/** How many times a day something comes to that much, as its negative decimal logarithm; infinite while too little is known. */
	rarity(series: number, value: number): number;
	readonly columns: Readonly<Record<"counts" | "clock" | "rarities", Float64Array>>;
}

export function createCommonLevels(seriesCount: number): CommonLevels {
	/** Decayed peaks by series and bin; when it was last decayed, and for how many days it has watched, decayed. */
	const columns = {
		...{ counts: new Float64Array(seriesCount * bins), clock: new Float64Array(2) },
		/** By series and edge of a bin. */
		rarities: new Float64Array(seriesCount * bins).fill(Number.POSITIVE_INFINITY),
	};
	const { counts, clock, rarities } = columns;
	const countsOf = (series: number) => counts.subarray(series * bins, (series + 1) * bins);
	const place = (value: number) => Math.min(bins - 1, Math.max(0, binOf(value)));
	const draw = (series: number) => {
		const tail = tailOf(countsOf(series));
		if (tail === null) return;
		let passed = 0;
		for (let bin = bins - 1; bin >= 0; bin -= 1) {
			passed += countsOf(series)[bin] ?? 0;
			const beyond = bin - tail.from;
			const times = beyond <= 0 ? passed : tail.count * survival(tail, beyond);
			rarities[series * bins + bin] = -Math.log10(times / (clock[1] ?? 1));
		}
	};
	return {
		columns,
		note(series, value) {
			const at = series * bins + Math.floor(place(value));
			counts[at] = (counts[at] ?? 0) + 1;
		},
		advance(atSeconds) {
			const [last = 0, watched = 0] = clock;
			if (last === 0) clock[0] = atSeconds;
			const days = (atSeconds - last) / secondsPerDay;
			if (last === 0 || days < 1 / 24) return;
			const kept = 0.5 ** (days / halfLifeDays);
			for (let at = 0; at < counts.length; at += 1) counts[at] = (counts[at] ?? 0) * kept;
			clock[0] = atSeconds;
			clock[1] = watched * kept + days;
			for (let series = 0; series < seriesCount; series += 1) draw(series);
		},
		rarity(series, value) {
			const at = place(value);
			const bin = Math.floor(at);
			const low = rarities[series * bins + bin] ?? Number.POSITIVE_INFINITY;
			const high = rarities[series * bins + Math.min(bins - 1, bin + 1)] ?? low;
			return Number.isFinite(high) ? low + (high - low) * (at - bin) : low;
		},
	};
}

interface Tail {
	/** The bin where it begins, and how many passed that. */
	readonly from: number;
	readonly count: number;
	readonly shape: number;
	readonly scale: number;
}

/** The largest, how far they go beyond where they begin, and how much that differs. */
function tailOf(counts: Float64Array): Tail | null {
	let count = 0;
	let from = bins;
	while (from > 1 && count < tailPeaks) {
		from -= 1;
		count += counts[from] ?? 0;
	}
	if (count < tailPeaks) return null;
	let sum = 0;
	let squares = 0;
	for (let bin = from; bin < bins; bin += 1) {
		const beyond = bin + 0.5 - from;
		sum += (counts[bin] ?? 0) * beyond;
		squares += (counts[bin] ?? 0) * beyond ** 2;
	}
	const mean = sum / count;
	const variance = Math.max(1e-9, squares / count - mean ** 2);
	const shape = Math.min(heaviest, Math.max(0, (1 - mean ** 2 / variance) / 2));
	return { from, count, shape, scale: mean * (1 - shape) };
}

/** The share of the tail that goes so far beyond its beginning. */
function survival({ shape, scale }: Tail, beyond: number): number {
	return shape < 1e-3 ? Math.exp(-beyond / scale) : (1 + (shape * beyond) / scale) ** (-1 / shape);
}
