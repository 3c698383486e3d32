// How what is harmless spreads here, learnt from the things themselves: when a second voice comes, and how often the next one does of a thing that has so
// many already and is so old (the events over the time at risk, as in a life table). Of many voices the rate is in proportion to their number: so it is
// where sizes have a heavy tail, and a few large ones must not be what is usual.
import { longestSeconds } from "./windows.ts";

/** Ages by half octaves from a quarter of a minute to six hours. */
const firstSeconds = 15;
const bucketsPerOctave = 2;
const buckets = 22;
/** Numbers of voices that have rates of their own: 2, 3, 4, and all above. */
const classes = 4;
const firstClass = 2;
const lastClass = firstClass + classes - 1;
/** Among so many the first ones are singular, and the rest go in proportion. */
const singular = 2;
/** How many voices of a thing are learnt from. */
export const voicesLearnt = 12;
/** What is little known is as the next older age is, by so many events. */
const borrowed = 5;
const halfLifeDays = 7;
const secondsPerDay = 86_400;

export interface UsualSpread {
	/** How old a thing was at each of its first voices, and when no more was seen of it. */
	learn(kind: number, agesSeconds: readonly number[], endSeconds: number): void;
	advance(atSeconds: number): void;
	/** How often a second voice comes at that age, where one does: a density, a second. */
	ofSecond(kind: number, ageSeconds: number): number;
	/** How many further voices a second come to one that has so many. */
	rate(kind: number, voices: number, ageSeconds: number): number;
	/** How many come between two ages. */
	between(kind: number, voices: number, fromSeconds: number, toSeconds: number): number;
	readonly columns: Readonly<Record<"seconds" | "events" | "risks" | "rates" | "densities" | "clock", Float64Array>>;
}

export function createUsualSpread(kindCount: number): UsualSpread {
	const cells = kindCount * classes * buckets;
	const columns = {
		...{ seconds: new Float64Array(kindCount * buckets), densities: new Float64Array(kindCount * buckets) },
		...{ events: new Float64Array(cells), risks: new Float64Array(cells), rates: new Float64Array(cells) },
		clock: new Float64Array(1),
	};
	const { seconds, densities, events, risks, rates, clock } = columns;
	const cellOf = (kind: number, voices: number, bucket: number) =>
		(kind * classes + Math.min(lastClass, voices) - firstClass) * buckets + bucket;
	const draw = () => {
		for (let row = 0; row < kindCount * classes; row += 1) drawRates(columns, row * buckets);
		for (let kind = 0; kind < kindCount; kind += 1) {
			const own = seconds.subarray(kind * buckets, (kind + 1) * buckets);
			const all = own.reduce((sum, count) => sum + count + 0.5, 0);
			for (const [bucket, count] of own.entries())
				densities[kind * buckets + bucket] = (count + 0.5) / all / (endOf(bucket) - startOf(bucket));
		}
	};
	draw();
	/** The time at risk between two ages, by cell: for each voice that counts. */
	const risksOf = (kind: number, voices: number, from: number, to: number) => {
		const found: { readonly cell: number; readonly risk: number }[] = [];
		const last = Math.min(to, longestSeconds);
		for (let at = from, bucket = bucketOf(from); at < last; bucket += 1) {
			const until = Math.min(last, endOf(bucket));
			found.push({ cell: cellOf(kind, voices, bucket), risk: (until - at) * partsOf(voices) });
			at = until;
		}
		return found;
	};
	return {
		columns,
		learn(kind, ages, endSeconds) {
			const [, second] = ages;
			if (second === undefined) return;
			const at = kind * buckets + bucketOf(second);
			seconds[at] = (seconds[at] ?? 0) + 1;
			for (let voices = firstClass; voices <= Math.min(ages.length, voicesLearnt - 1); voices += 1) {
				const next = ages[voices];
				for (const { cell, risk } of risksOf(kind, voices, ages[voices - 1] ?? 0, next ?? endSeconds))
					risks[cell] = (risks[cell] ?? 0) + risk;
				if (next === undefined) continue;
				const cell = cellOf(kind, voices, bucketOf(next));
				events[cell] = (events[cell] ?? 0) + 1;
			}
		},
		advance(atSeconds) {
			const [last = 0] = clock;
			clock[0] = atSeconds;
			const kept = last === 0 ? 1 : 0.5 ** ((atSeconds - last) / secondsPerDay / halfLifeDays);
			for (const column of [seconds, events, risks])
				for (let at = 0; at < column.length; at += 1) column[at] = (column[at] ?? 0) * kept;
			draw();
		},
		ofSecond: (kind, age) => densities[kind * buckets + bucketOf(age)] ?? 0,
		rate: (kind, voices, age) => (rates[cellOf(kind, voices, bucketOf(age))] ?? 0) * partsOf(voices),
		between: (kind, voices, from, to) =>
			risksOf(kind, voices, from, to).reduce((sum, { cell, risk }) => sum + risk * (rates[cell] ?? 0), 0),
	};
}

/** From the oldest age down: what is not known is as often by its age as at the next older one. */
function drawRates({ events, risks, rates }: UsualSpread["columns"], row: number): void {
	let byAge = 1;
	for (let bucket = buckets - 1; bucket >= 0; bucket -= 1) {
		const age = Math.sqrt(Math.max(firstSeconds / 2, startOf(bucket)) * endOf(bucket));
		const cell = row + bucket;
		byAge = ((events[cell] ?? 0) + borrowed * byAge) / ((risks[cell] ?? 0) / age + borrowed);
		rates[cell] = byAge / age;
	}
}

const partsOf = (voices: number) => (voices < lastClass ? 1 : voices - singular);
const startOf = (bucket: number) => (bucket === 0 ? 0 : firstSeconds * 2 ** ((bucket - 1) / bucketsPerOctave));
const endOf = (bucket: number) => (bucket >= buckets - 1 ? longestSeconds : startOf(bucket + 1));

function bucketOf(age: number): number {
	return age < firstSeconds
		? 0
		: Math.min(buckets - 1, 1 + Math.floor(bucketsPerOctave * Math.log2(age / firstSeconds)));
}
