// The words of a text as numbers: two for their plain letters, two for the letters with their marks. A Vietnamese syllable has one tone,
// whichever of its vowels bears it, so that old and new ways of writing it are one.
import { type ChannelUnits, readChannelUnits } from "../../text/text-channels.ts";

export interface Words {
	readonly count: number;
	/** By word: two independent hashes in each channel. */
	readonly plain: readonly [Int32Array, Int32Array];
	readonly marked: readonly [Int32Array, Int32Array];
	/** By word, where in the text it begins and ends. */
	readonly from: Uint32Array;
	readonly to: Uint32Array;
}

const primes = [0x01000193, 0x5bd1e995] as const;
const tones = ["\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
const notKnown = 0xff;
/** A unit's tone from 1, the letter without it, and whether it stands in words; filled as units are met. */
const toneOf = new Uint8Array(0x10000);
const baseOf = new Uint16Array(0x10000);
const isInWord = new Uint8Array(0x10000).fill(notKnown);

function learn(code: number): void {
	const letter = String.fromCharCode(code);
	const isHalf = code >= 0xd800 && code <= 0xdfff;
	isInWord[code] = isHalf || /[\p{L}\p{N}\p{M}]/u.test(letter) ? 1 : 0;
	const parts = letter.normalize("NFD");
	const tone = tones.findIndex((mark) => parts.includes(mark));
	toneOf[code] = tone + 1;
	baseOf[code] = (tone < 0 ? letter : parts.replace(tones[tone] ?? "", "").normalize("NFC")).charCodeAt(0);
}

export function readWords(text: string): Words {
	const { marked, plain } = readChannelUnits(text);
	const ofMarked = wordsOf(marked, true);
	const ofPlain = wordsOf(plain, false);
	// Marks part no words. Where Unicode does otherwise, what is told is what is plain.
	const shown = ofMarked.count === ofPlain.count ? ofMarked : ofPlain;
	return { count: ofPlain.count, plain: ofPlain.lanes, marked: shown.lanes, from: ofPlain.from, to: ofPlain.to };
}

function wordsOf({ units, offsets }: ChannelUnits, hasTones: boolean) {
	const most = (units.length >> 1) + 1;
	const lanes = [new Int32Array(most), new Int32Array(most)] as const;
	const [from, to] = [new Uint32Array(most), new Uint32Array(most)];
	let [count, at, first, second, tone] = [0, 0, 0, 0, 0];
	for (let end = 0; end <= units.length; end += 1) {
		// Behind the last one there is a space.
		const code = units[end] ?? 0x20;
		if (isInWord[code] === notKnown) learn(code);
		if (isInWord[code] === 1) {
			const letter = hasTones ? (baseOf[code] ?? 0) : code;
			first = Math.imul(first ^ letter, primes[0]) + letter;
			second = Math.imul(second + letter, primes[1]) ^ (second >>> 15);
			if (hasTones) tone += toneOf[code] ?? 0;
			continue;
		}
		if (end > at) {
			lanes[0][count] = first ^ Math.imul(tone, primes[1]);
			lanes[1][count] = second ^ Math.imul(tone, primes[0]);
			from[count] = offsets[at] ?? 0;
			to[count] = offsets[end] ?? 0;
			count += 1;
		}
		[at, first, second, tone] = [end + 1, 0, 0, 0];
	}
	return { count, lanes, from, to };
}
