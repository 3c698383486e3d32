// The words of a sound, after Haitsma and Kalker ("A Highly Robust Audio Fingerprinting System", ISMIR 2002): of every moment 32 bits, each of which says
// whether the energy of a band of tones, less that of the next, grew since a little before. Which sounds are alike is decided in follow-stretch.ts.
import { createPowerSpectrum } from "./power-spectrum.ts";

/** Samples a second that words are made of, of one channel, 16 bits each: what lies above 2 kHz is not asked. */
export const soundRate = 5_512;
const frameSamples = 2_048;
const hopSamples = 256;
/** From one word to the next, about 46 ms: a copy that begins anywhere is no further than half of it from one of them, a sixteenth of what a word hears. */
export const wordMs = (1_000 * hopSamples) / soundRate;
/** What is compared with so many words before: 0.37 s, of which nothing was heard together with it. */
const lagWords = 8;

const bands = 33;
const lowestHz = 300;
const highestHz = 2_000;
/** What is so much weaker than the whole says nothing: encoders leave anything there. */
const faintShare = 0.03 / bands;
/** What grew by less than so much, as a logarithm, did not: where nothing changes no bit is set. */
const leastGrowth = 0.03;
/** The power of the whole, 60 dB below the loudest. */
const quietPower = (32_768 * 1e-3 * frameSamples * 0.5) ** 2 / 8;

/** How much higher, or faster, than it was made a copy is taken to be. An entry has the first alone. */
const tunings = [1, 1.025, 0.975, 1.05, 0.95] as const;

export interface SoundHearer {
	/** The next samples. */
	hear(samples: Int16Array): void;
	/** For each tuning a word for each moment so far; 0 where there is nothing to be heard, or nothing changes. */
	words(): readonly Uint32Array[];
}

export function createSoundHearer(): SoundHearer {
	const spectrum = createPowerSpectrum(frameSamples);
	const window = Float64Array.from({ length: frameSamples }, (_, at) => hann(at));
	const held = new Float64Array(frameSamples);
	const frame = new Float64Array(frameSamples);
	const tuned = tunings.map(createTuned);
	let filled = 0;
	const hearMoment = () => {
		for (let at = 0; at < frameSamples; at += 1) frame[at] = (held[at] ?? 0) * (window[at] ?? 0);
		const power = spectrum(frame);
		for (const one of tuned) one.hear(power);
	};
	return {
		hear(samples) {
			for (const sample of samples) {
				held[filled] = sample;
				filled += 1;
				if (filled < frameSamples) continue;
				hearMoment();
				held.copyWithin(0, hopSamples);
				filled -= hopSamples;
			}
		},
		words: () => tuned.map((one) => one.words()),
	};
}

/** The words of a sound that is taken to be so much higher than it was made. */
function createTuned(tuning: number) {
	const edges = Array.from({ length: bands + 1 }, (_, at) =>
		Math.round((tuning * lowestHz * (highestHz / lowestHz) ** (at / bands) * frameSamples) / soundRate),
	);
	const levels = Array.from({ length: lagWords + 1 }, () => new Float64Array(bands));
	let words: Uint32Array = new Uint32Array(1_024);
	let moments = 0;
	return {
		hear(power: Float64Array) {
			const now = levels[moments % levels.length];
			const before = levels[(moments + 1) % levels.length];
			if (now === undefined || before === undefined) return;
			const isHeard = fillLevels(now, { power, edges });
			if (moments === words.length) words = grown(words);
			words[moments] = isHeard && moments >= lagWords ? wordOf(now, before) : 0;
			moments += 1;
		},
		words: () => words.slice(0, moments),
	};
}

function hann(at: number): number {
	return 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / frameSamples);
}

function grown(words: Uint32Array): Uint32Array {
	const more = new Uint32Array(words.length * 2);
	more.set(words);
	return more;
}

interface Heard {
	readonly power: Float64Array;
	/** Where each band begins in the spectrum, and the last ends. */
	readonly edges: readonly number[];
}

/** The logarithm of each band's power; answers whether there is any. */
function fillLevels(levels: Float64Array, { power, edges }: Heard): boolean {
	let whole = 0;
	for (let band = 0; band < bands; band += 1) {
		let sum = 0;
		for (let at = edges[band] ?? 0; at < (edges[band + 1] ?? 0); at += 1) sum += power[at] ?? 0;
		levels[band] = sum;
		whole += sum;
	}
	const faint = whole * faintShare + 1;
	for (let band = 0; band < bands; band += 1) levels[band] = Math.log((levels[band] ?? 0) + faint);
	return whole > quietPower;
}

function wordOf(now: Float64Array, before: Float64Array): number {
	let word = 0;
	for (let band = 0; band < bands - 1; band += 1) {
		const growth = (now[band] ?? 0) - (now[band + 1] ?? 0) - ((before[band] ?? 0) - (before[band + 1] ?? 0));
		word = (word << 1) | (growth > leastGrowth ? 1 : 0);
	}
	return word >>> 0;
}
