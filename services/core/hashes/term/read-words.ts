// The words of a text as numbers: two for their plain letters, two for the letters with their marks. A Vietnamese syllable has one tone,
// whichever of its vowels bears it, so that old and new ways of writing it are one.
import {
	areApart,
	type ChannelUnits,
	type Reading,
	readChannelUnits,
	readingAt,
	readingOfUnit,
} from "../../text/text-channels.ts";

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

function standsInWords(code: number): boolean {
	if (isInWord[code] === notKnown) learn(code);
	return isInWord[code] === 1;
}

/** What a unit of a text is where it stands alone: of a word, with one letter in each channel, between words, or more than one of these. */
const unasked = 0;
const letterOfWord = 1;
const betweenWords = 2;
const other = 3;
const kinds = new Uint8Array(0x10000);
/** The letter in the plain channel, in the marked one without its tone, and the tone, of units that stand in words. */
const plainOf = new Uint16Array(0x10000);
const markedOf = new Uint16Array(0x10000);
const markedTone = new Uint8Array(0x10000);

function ask(code: number): void {
	const { marked, plain } = readingOfUnit(code);
	kinds[code] = other;
	if (marked.length !== 1 || plain.length !== 1) return;
	const [inMarked, inPlain] = [marked.charCodeAt(0), plain.charCodeAt(0)];
	if (standsInWords(inMarked) !== standsInWords(inPlain)) return;
	kinds[code] = standsInWords(inPlain) ? letterOfWord : betweenWords;
	plainOf[code] = inPlain;
	markedOf[code] = baseOf[inMarked] ?? 0;
	markedTone[code] = toneOf[inMarked] ?? 0;
}

/** Both channels at once, where words begin and end in both alike: nearly always. */
export function readWords(text: string): Words {
	return readAlike(text) ?? readApart(text);
}

/** The first hash of a word in the plain channel, one letter on; from 0. */
export function addToPlain(hash: number, letter: number): number {
	return (Math.imul(hash ^ letter, primes[0]) + letter) | 0;
}

/** The second one, likewise. */
export function addToSecond(hash: number, letter: number): number {
	return Math.imul(hash + letter, primes[1]) ^ (hash >>> 15);
}

/** Null where a mark parts words in one channel, or there are more words than characters would give. */
function readAlike(text: string): Words | null {
	const most = (text.length >> 1) + 1;
	const plain = [new Int32Array(most), new Int32Array(most)] as const;
	const marked = [new Int32Array(most), new Int32Array(most)] as const;
	const [from, to] = [new Uint32Array(most), new Uint32Array(most)];
	// What has no marks is the same in both channels: it is read once, until it differs.
	let [count, begin, tone, isMarked] = [0, -1, 0, false];
	let [first, second, markedFirst, markedSecond] = [0, 0, 0, 0];
	for (let at = 0, end = 0; at <= text.length; at = end) {
		end = at + 1;
		const code = at === text.length ? 0x20 : text.charCodeAt(at);
		if (kinds[code] === unasked) ask(code);
		const next = text.charCodeAt(end);
		const isAlone = (next < 0x300 && next !== 0xad && code < 0xd800) || areApart(code, next);
		const isOne = kinds[code] !== other && isAlone;
		const reading = isOne ? null : readingAt(text, at);
		if (reading !== null) end = reading.end;
		const units = reading === null ? 1 : alikeUnits(reading);
		if (units < 0) return null;
		for (let unit = 0; unit < units; unit += 1) {
			const inPlain = reading === null ? (plainOf[code] ?? 0) : reading.plain.charCodeAt(unit);
			const inMarked = reading === null ? 0 : reading.marked.charCodeAt(unit);
			if (reading === null ? kinds[code] === letterOfWord : standsInWords(inPlain)) {
				const letter = reading === null ? (markedOf[code] ?? 0) : (baseOf[inMarked] ?? 0);
				const itsTone = reading === null ? (markedTone[code] ?? 0) : (toneOf[inMarked] ?? 0);
				if (begin < 0) begin = at;
				if (!isMarked && (letter !== inPlain || itsTone !== 0))
					[isMarked, markedFirst, markedSecond] = [true, first, second];
				if (isMarked) {
					markedFirst = (Math.imul(markedFirst ^ letter, primes[0]) + letter) | 0;
					markedSecond = Math.imul(markedSecond + letter, primes[1]) ^ (markedSecond >>> 15);
					tone += itsTone;
				}
				first = addToPlain(first, inPlain);
				second = addToSecond(second, inPlain);
				continue;
			}
			if (begin < 0) continue;
			if (count === most) return null;
			plain[0][count] = first;
			plain[1][count] = second;
			marked[0][count] = isMarked ? markedFirst ^ Math.imul(tone, primes[1]) : first;
			marked[1][count] = isMarked ? markedSecond ^ Math.imul(tone, primes[0]) : second;
			from[count] = begin;
			to[count] = at;
			count += 1;
			[begin, tone, isMarked, first, second] = [-1, 0, false, 0, 0];
		}
	}
	return { count, plain, marked, from, to };
}

/** How many units the character is in either channel; less than none where one of them would part words and the other not. */
function alikeUnits({ marked, plain }: Reading): number {
	if (marked.length !== plain.length) return -1;
	for (let unit = 0; unit < plain.length; unit += 1)
		if (standsInWords(marked.charCodeAt(unit)) !== standsInWords(plain.charCodeAt(unit))) return -1;
	return plain.length;
}

function readApart(text: string): Words {
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
