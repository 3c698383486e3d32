// How soon outbreaks like the planted ones can be found at all: by whoever knows the law of harmless things and that of outbreaks, of each thing by itself,
// and calls that an outbreak whose likelihood ratio passes what harmless things come to as often as is allowed (Neyman and Pearson 1933, at each voice
// anew). Of outbreaks it is told their law as one of a rate that grows; that their copies come more evenly than by chance it does not use. Popular things,
// which nobody takes for one, are left out.
import { randomFrom } from "../../support/random-from.ts";
import { quantile } from "../quantile.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import {
	delayOf,
	delaySpread,
	doublingFrom,
	doublingTo,
	largestHarmless,
	medianDelaySeconds,
	newShares,
	planOf,
	sentTwice,
	spreadsPerItem,
	tailExponent,
} from "./generate.ts";

const values = readOptions(
	"npm run bench:outbreaks-bound -- [--items 10000000] [--days 4] [--seed 1] [--allowed 1] [--new 0.05] [--json]",
	{
		json: { type: "boolean", default: false },
		items: { type: "string", default: "10000000" },
		days: { type: "string", default: "4" },
		seed: { type: "string", default: "1" },
		allowed: { type: "string", default: "1" },
		/** The share of harmless voices that are new to the watch: more where it does not know all accounts yet. */
		new: { type: "string", default: "0.05" },
	},
);
const newUsually = Number(values.new);
const days = Number(values.days);
const outbreaks = 300;
const fewestVoices = 6;
/** Later ones find nothing. */
const mostVoices = 80;

interface Voice {
	/** Since the first. */
	readonly age: number;
	readonly isNew: boolean;
	/** How many copies had come with it. */
	readonly copies: number;
}

function harmless(random: () => number): readonly Voice[] {
	const copies = Math.min(largestHarmless, Math.floor(fewestVoices * (1 - random()) ** (-1 / tailExponent)));
	const ages = [0, ...Array.from({ length: copies - 1 }, () => delayOf(random)).toSorted((a, b) => a - b)];
	return ages.slice(0, mostVoices).map((age, at) => ({ age, isNew: random() < newUsually, copies: at + 1 }));
}

/** An outbreak with such a share of accounts made for it; the others are as new as any. */
function planted(random: () => number, newShare: number): readonly Voice[] {
	const ages = planOf(random);
	const [first = 0] = ages;
	return ages
		.map((age, at) => ({ age: age - first, isNew: random() < newAmong(newShare), copies: at + 1 }))
		.filter((_, at) => at === 0 || random() >= sentTwice)
		.slice(0, mostVoices);
}

const neverHeard = newShares[2];
/** As much as is new of harmless voices beyond those made for it is only not known yet. */
const newAmong = (newShare: number) => newShare + ((1 - newShare) * (newUsually - neverHeard)) / (1 - neverHeard);

const logFactorials = [0];
for (let of = 1; of <= largestHarmless; of += 1) logFactorials.push((logFactorials.at(-1) ?? 0) + Math.log(of));
const logFactorial = (of: number) => logFactorials[of] ?? 0;
const sizes: { readonly size: number; readonly chance: number }[] = [];
for (let size = 1; size <= largestHarmless; ) {
	const next = Math.max(size + 1, Math.floor(size * 1.12));
	const beyond = next > largestHarmless ? 0 : next ** -tailExponent;
	sizes.push({ size, chance: Math.log(size ** -tailExponent - beyond) });
	size = next;
}
const shares = (count: number) => Array.from({ length: count }, (_, at) => (at + 0.5) / count);
const doublings = shares(10).flatMap((at) =>
	shares(5).map((first) => ({ seconds: doublingFrom * (doublingTo / doublingFrom) ** at, first })),
);

/** Abramowitz and Stegun 7.1.26. */
function normalBelow(z: number): number {
	const x = Math.abs(z) / Math.SQRT2;
	const t = 1 / (1 + 0.3275911 * x);
	const tail =
		((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) *
		t *
		Math.exp(-(x ** 2));
	return z > 0 ? 1 - tail / 2 : tail / 2;
}

function sumOf(logarithms: readonly number[]): number {
	const most = Math.max(...logarithms);
	return most + Math.log(logarithms.reduce((sum, one) => sum + Math.exp(one - most), 0));
}

/** As likely are so many voices by this age, where the size of a harmless thing is not known. */
function ofHarmless(voices: number, age: number): number {
	const later = Math.log(1 - normalBelow(Math.log(age / medianDelaySeconds) / delaySpread));
	return sumOf(
		sizes.flatMap(({ size, chance }) =>
			size < voices ? [] : [chance + logFactorial(size - 1) - logFactorial(size - voices) + (size - voices) * later],
		),
	);
}

/** As likely are these where it is not known how fast it doubles, and how long before its first voice it began. */
function ofDoubling(voices: number, age: number, sumOfAges: number): number {
	const each = doublings.map(({ seconds, first }) => {
		const rate = Math.LN2 / seconds;
		const before = seconds * Math.log2(1 + first / 2);
		const expected = (1 - sentTwice) * (2 * (2 ** ((age + before) / seconds) - 1) - first);
		return (voices - 1) * Math.log((1 - sentTwice) * 2 * rate) + rate * (sumOfAges + (voices - 1) * before) - expected;
	});
	return sumOf(each) - Math.log(each.length);
}

interface Knowing {
	readonly name: string;
	/** Those that it may be, each as likely; null where it does not look at accounts. */
	readonly sorts: readonly number[] | null;
	readonly growth: boolean;
}

/** The logarithm of the likelihood ratio after each voice from the sixth on; the most that it comes to is the last. */
function* ratiosOf(voices: readonly Voice[], { sorts, growth }: Knowing): Generator<{ copies: number; ratio: number }> {
	const accounts = (sorts ?? []).map(() => 0);
	let [sum, delays] = [0, 0];
	for (const [at, { age, isNew, copies }] of voices.entries()) {
		for (const [sort, newShare] of (sorts ?? []).entries()) {
			const among = newAmong(newShare);
			accounts[sort] = (accounts[sort] ?? 0) + Math.log(isNew ? among / newUsually : (1 - among) / (1 - newUsually));
		}
		if (at > 0) {
			const log = Math.log(Math.max(1, age) / medianDelaySeconds) / delaySpread;
			delays -= log ** 2 / 2 + Math.log(Math.max(1, age) * delaySpread * Math.sqrt(2 * Math.PI));
			sum += age;
		}
		if (at + 1 < fewestVoices) continue;
		const spread = growth ? ofDoubling(at + 1, age, sum) - ofHarmless(at + 1, age) - delays : 0;
		yield { copies, ratio: spread + (sorts === null ? 0 : sumOf(accounts) - Math.log(accounts.length)) };
	}
}

function figuresOf(knowing: Knowing): readonly Figure[] {
	const random = randomFrom(Number(values.seed));
	const count = Math.round(Number(values.items) * spreadsPerItem * days * fewestVoices ** -tailExponent);
	const most = Array.from({ length: count }, () =>
		Math.max(...[...ratiosOf(harmless(random), knowing)].map(({ ratio }) => ratio)),
	);
	const level = most.toSorted((a, b) => b - a)[Math.round(Number(values.allowed) * days)] ?? 0;
	return newShares.flatMap((newShare) => {
		const found = Array.from({ length: outbreaks }, () => {
			const voices = planted(random, newShare);
			return [...ratiosOf(voices, knowing)].find(({ ratio }) => ratio > level)?.copies ?? Number.POSITIVE_INFINITY;
		});
		const name = `${knowing.name}, ${Math.round(100 * newShare)} % of accounts new`;
		const share = (100 * found.filter(Number.isFinite).length) / outbreaks;
		return [
			{ name: `${name}: found`, value: share, unit: "%", aim: null },
			{ name: `${name}: copies, median`, value: quantile(found, 0.5), unit: "copies", aim: null },
		];
	});
}

const [most] = newShares;
const figures = [
	{ name: "both laws known, and that many are new", sorts: [most], growth: true },
	{ name: "both laws known, not which sort", sorts: newShares, growth: true },
	{ name: "growth alone", sorts: null, growth: true },
	{ name: "new accounts alone", sorts: [most], growth: false },
].flatMap(figuresOf);
process.exitCode = report(
	`What can be found at ${values.allowed} false alarms a day of ${values.items} items, ${100 * newUsually} % of harmless voices new`,
	figures,
	values.json,
);
