// How surprising harmless things usually are. Some spread fast every day and mean nothing, far more than chance lets expect; so what subjects of
// a kind came to at most in each window of their own is kept in a histogram that forgets, and its tail is drawn out to the level that is
// passed as often as false alarms are allowed (peaks over threshold: a generalized Pareto tail by the method of moments, Hosking and
// Wallis 1987). What people removed teaches nothing.

const bins = 128;
const binsPerDoubling = 12;
const halfLifeDays = 7;
/** The tail is made of so many of the largest, decayed: fewer say little, more are no tail. */
const tailPeaks = 60;
/** A heavier tail has no mean to draw it out by. */
const heaviest = 0.5;
const secondsPerDay = 86_400;

export interface CommonSurprises {
	/** A subject's greatest surprise of one window that is over. */
	note(series: number, surprise: number): void;
	/** Time passes whether or not anything is noted. */
	advance(atSeconds: number): void;
	/** Enough is known of it to have a level. */
	isKnown(series: number): boolean;
	/** That which is passed so often a day; 0 while too little is known. */
	level(series: number, timesPerDay: number): number;
	readonly columns: { readonly counts: Float64Array; readonly clock: Float64Array };
}

export function createCommonSurprises(seriesCount: number): CommonSurprises {
	/** Decayed peaks by series and bin; when it was last decayed, and for how many days it has watched, decayed. */
	const columns = { counts: new Float64Array(seriesCount * bins), clock: new Float64Array(2) };
	const { counts, clock } = columns;
	return {
		columns,
		note(series, surprise) {
			const at = series * bins + binOf(surprise);
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
		},
		isKnown: (series) => tailOf(counts.subarray(series * bins, (series + 1) * bins)) !== null,
		level(series, timesPerDay) {
			const days = clock[1] ?? 0;
			const tail = tailOf(counts.subarray(series * bins, (series + 1) * bins));
			if (days === 0 || tail === null) return 0;
			const { from, count, mean, variance } = tail;
			const ratio = count / days / timesPerDay;
			if (ratio <= 1) return from;
			const shape = Math.min(heaviest, Math.max(0, (1 - mean ** 2 / variance) / 2));
			const scale = mean * (1 - shape);
			return from + (shape < 1e-3 ? scale * Math.log(ratio) : (scale / shape) * (ratio ** shape - 1));
		},
	};
}

/** The largest, how far they go beyond where they begin, and how much that differs. */
function tailOf(counts: Float64Array) {
	let count = 0;
	let from = bins;
	while (from > 1 && count < tailPeaks) {
		from -= 1;
		count += counts[from] ?? 0;
	}
	if (count < tailPeaks) return null;
	const start = edgeOf(from);
	let sum = 0;
	let squares = 0;
	for (let bin = from; bin < bins; bin += 1) {
		const beyond = (edgeOf(bin) + edgeOf(bin + 1)) / 2 - start;
		sum += (counts[bin] ?? 0) * beyond;
		squares += (counts[bin] ?? 0) * beyond ** 2;
	}
	const mean = sum / count;
	return { from: start, count, mean, variance: Math.max(1e-9, squares / count - mean ** 2) };
}

function binOf(surprise: number): number {
	return Math.min(bins - 1, Math.max(0, Math.floor(Math.log2(1 + Math.max(0, surprise)) * binsPerDoubling)));
}

function edgeOf(bin: number): number {
	return 2 ** (bin / binsPerDoubling) - 1;
}
