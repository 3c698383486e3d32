// How much likelier it is that a thing doubles every few minutes, among accounts of which some are made for it, than that it spreads as harmless things
// do here (usual-spread.ts): the likelihood ratio of all its voices since its first, for six hours. It begins at one, and of things that spread as usual
// one in `c` ever comes to `c`, however often it is looked at (Ville 1939): one test a thing.
import type { FirstVoice } from "./first-voices.ts";
import type { KeyHash } from "./hash-key.ts";
import type { Newcomer } from "./new-accounts.ts";
import { createUsualSpread, type UsualSpread, voicesLearnt } from "./usual-spread.ts";
import { longestSeconds } from "./windows.ts";

/** It may double in so long instead, each as likely, with so many of its accounts made for it. */
const doublingSeconds = [240, 480, 960, 1_920] as const;
const madeShares = [0.1, 0.3, 0.6] as const;
const shareCount = madeShares.length;
/** More say no more. */
const mostVoices = 200;
const over = 255;
/** Among sixty voices one in ten is taken for another. */
const knownWords = 8;
/** Ages are kept as logarithms, in a byte. */
const stepsPerOctave = 20;

export interface Waves {
	/** A wave begins with the first voice, and after six hours of silence. Each counts once, but for some that are taken for another. */
	hear(slot: number, kind: number, voice: FirstVoice): void;
	voices(slot: number): number;
	/** The decimal logarithm of the likelihood ratio; less than any where there is no wave. */
	evidence(slot: number): number;
	/** It was harmless: it is learnt from. Answers whether it had a second voice. */
	end(slot: number, kind: number, atSeconds: number): boolean;
	/** It was not: nothing is. */
	forget(slot: number): void;
	/** Its six hours are, and it has not been learnt from. */
	isOver(slot: number, atSeconds: number): boolean;
	advance(atSeconds: number): void;
	clear(slot: number): void;
	readonly columns: Readonly<Record<string, Uint8Array | Uint32Array | Float32Array | Float64Array>>;
}

export function createWaves(slots: number, kindCount: number): Waves {
	const usual = createUsualSpread(kindCount);
	const columns = {
		...{ began: new Uint32Array(slots), heard: new Uint32Array(slots), voices: new Uint8Array(slots) },
		/** If it doubled: how many voices were there for how long. As is usual: the logarithm of what it came to by that, less. */
		...{ exposed: new Float32Array(slots), unusual: new Float32Array(slots) },
		...{ made: new Float32Array(slots * shareCount), ages: new Uint8Array(slots * voicesLearnt) },
		/** Who was heard: a Bloom filter each. */
		known: new Uint32Array(slots * knownWords),
	};
	const { began, heard, voices, exposed, unusual, made, ages, known } = columns;
	const clear = (slot: number) => {
		for (const column of [began, heard, voices, exposed, unusual]) column[slot] = 0;
		made.fill(0, slot * shareCount, (slot + 1) * shareCount);
		known.fill(0, slot * knownWords, (slot + 1) * knownWords);
	};
	const noteTime = (slot: number, kind: number, atSeconds: number) => {
		const count = voices[slot] ?? 0;
		const age = Math.max(0, atSeconds - (began[slot] ?? 0));
		const before = Math.min(age, (heard[slot] ?? 0) - (began[slot] ?? 0));
		exposed[slot] = (exposed[slot] ?? 0) + (count + 1) * (age - before);
		const usually = usualOf(usual, kind, count, [before, age]);
		unusual[slot] = (unusual[slot] ?? 0) + Math.log(count + 1) - usually;
	};
	const hear = (slot: number, kind: number, { atSeconds, newcomer }: FirstVoice) => {
		const count = voices[slot] ?? 0;
		if (count > 0) noteTime(slot, kind, atSeconds);
		else began[slot] = atSeconds;
		if (count < voicesLearnt) ages[slot * voicesLearnt + count] = byteOf(atSeconds - (began[slot] ?? 0));
		if (newcomer !== null) noteNewcomer(made.subarray(slot * shareCount, (slot + 1) * shareCount), newcomer);
		voices[slot] = count + 1;
		heard[slot] = Math.max(heard[slot] ?? 0, atSeconds);
	};
	return {
		columns: { ...columns, ...prefixed(usual.columns) },
		hear(slot, kind, voice) {
			const isSilent = voice.atSeconds - (heard[slot] ?? 0) >= longestSeconds;
			if (isSilent && (voices[slot] === over || voices[slot] === 1)) clear(slot);
			const count = voices[slot] ?? 0;
			const isYoung = count === 0 || voice.atSeconds - (began[slot] ?? 0) < longestSeconds;
			if (!isYoung || count >= mostVoices) heard[slot] = Math.max(heard[slot] ?? 0, voice.atSeconds);
			else if (isOther(known.subarray(slot * knownWords, (slot + 1) * knownWords), voice.voice))
				hear(slot, kind, voice);
		},
		voices: (slot) => (voices[slot] === over ? 0 : (voices[slot] ?? 0)),
		evidence(slot) {
			const count = voices[slot] ?? 0;
			if (count < 2 || count === over) return Number.NEGATIVE_INFINITY;
			const shares = made.subarray(slot * shareCount, (slot + 1) * shareCount);
			return (growthOf(count, exposed[slot] ?? 0) + meanOf([...shares]) + (unusual[slot] ?? 0)) / Math.LN10;
		},
		end(slot, kind, atSeconds) {
			const count = voices[slot] ?? 0;
			if (count === 0 || count === over) return false;
			const first = slot * voicesLearnt;
			const learnt = [...ages.subarray(first, first + Math.min(count, voicesLearnt))].map(secondsOf);
			usual.learn(kind, learnt, Math.min(longestSeconds, atSeconds - (began[slot] ?? 0)));
			voices[slot] = over;
			return count > 1;
		},
		forget(slot) {
			voices[slot] = over;
		},
		isOver: (slot, atSeconds) =>
			(voices[slot] ?? 0) > 0 && voices[slot] !== over && atSeconds - (began[slot] ?? 0) >= longestSeconds,
		advance: usual.advance,
		clear,
	};
}

function noteNewcomer(made: Float32Array, { isNew, chance }: Newcomer): void {
	for (let at = 0; at < shareCount; at += 1) {
		const share = madeShares[at] ?? 0;
		made[at] = (made[at] ?? 0) + Math.log(isNew ? 1 + (share * (1 - chance)) / chance : 1 - share);
	}
}

/** Notes who is heard; answers whether it was not known. */
function isOther(known: Uint32Array, { high, low }: KeyHash): boolean {
	let isNew = false;
	for (const bit of [high & (knownWords * 32 - 1), low & (knownWords * 32 - 1)]) {
		const flag = 1 << (bit & 31);
		isNew ||= ((known[bit >>> 5] ?? 0) & flag) === 0;
		known[bit >>> 5] = (known[bit >>> 5] ?? 0) | flag;
	}
	return isNew;
}

/** The logarithm of how likely it is among harmless things that one with so many voices has none from one age to another, and there its next. */
function usualOf(usual: UsualSpread, kind: number, voices: number, [from, to]: readonly [number, number]): number {
	if (voices === 1) return Math.log(usual.ofSecond(kind, to));
	return Math.log(usual.rate(kind, voices, to)) - usual.between(kind, voices, from, to);
}

/** How likely so many voices are if they double, apart from what all doublings have in common. */
function growthOf(voices: number, exposed: number): number {
	return meanOf(
		doublingSeconds.map((seconds) => (voices - 1) * Math.log(Math.LN2 / seconds) - (Math.LN2 / seconds) * exposed),
	);
}

/** The logarithm of the mean of what these are logarithms of. */
function meanOf(logarithms: readonly number[]): number {
	const most = Math.max(...logarithms);
	return most + Math.log(logarithms.reduce((sum, one) => sum + Math.exp(one - most), 0) / logarithms.length);
}

const byteOf = (seconds: number) => Math.min(255, Math.round(stepsPerOctave * Math.log2(1 + Math.max(0, seconds) / 4)));
const secondsOf = (byte: number) => 4 * (2 ** (byte / stepsPerOctave) - 1);

function prefixed(columns: Readonly<Record<string, Float64Array>>): Readonly<Record<string, Float64Array>> {
	return Object.fromEntries(Object.entries(columns).map(([name, column]) => [`usual-${name}`, column]));
}
