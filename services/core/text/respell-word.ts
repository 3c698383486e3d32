// What one word was before somebody spelled it so that it is not recognized: digits for letters, letters repeated, a syllable twice,
// the short forms of young Vietnamese writers (teencode), words run together. A word that is known stays as it is.

import { isEnglish, isKnownWord, splitWords } from "./known-words.ts";
import teencode from "./teencode.json" with { type: "json" };
import { isSyllable } from "./vietnamese-syllable.ts";

const readings: readonly Readonly<Record<string, string>>[] = [
	{ "0": "o", "1": "i", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g" },
	{ "0": "o", "1": "l", "2": "z", "3": "e", "4": "a", "5": "s", "6": "b", "7": "t", "8": "b", "9": "q" },
];
/** Fewer letters may be a word that is not listed; with marks they can only be several syllables. */
const shortestSplit = 14;
const shortestMarkedSplit = 4;

/** Unknown words come again, too; not so many that they fill the memory. */
const remembered = new Map<string, readonly string[]>();
const mostRemembered = 5_000;

/** Words for a word, in lower case; the word alone where nothing better is known. */
export function respellWord(word: string): readonly string[] {
	if (isKnownWord(word)) return [word];
	const before = remembered.get(word);
	if (before !== undefined) return before;
	if (remembered.size >= mostRemembered) remembered.clear();
	const respelled = respellUnknown(word);
	if (word.length < 64) remembered.set(word, respelled);
	return respelled;
}

/** Whether it is a known word, however it is spelled. In lower case. */
export function isSpelled(word: string): boolean {
	const [known = "", ...more] = respellWord(word);
	return more.length === 0 && isKnownWord(known);
}

function respellUnknown(word: string): readonly string[] {
	for (const lettered of withLetters(word)) {
		const known = [lettered, ...calmed(lettered), once(lettered), unabridged(lettered)].find(isKnownWord);
		if (known !== undefined) return [known];
	}
	const [lettered = word] = withLetters(word);
	const [short = lettered] = calmed(lettered);
	const shortest = /^[a-z]+$/.test(short) ? shortestSplit : shortestMarkedSplit;
	return (short.length >= shortest ? splitWords(short) : null) ?? [short];
}

/** Digits read as letters, wherever the word has a letter as well. */
function withLetters(word: string): readonly string[] {
	if (!/\d/.test(word) || !/\p{L}/u.test(word)) return [word];
	const alike = readings.map((reading) => readDigits(word, reading));
	return [...alike, ...mixed(word)];
}

/** So many digits that stand for two letters are read each by itself. */
const mostMixed = 4;

/** `w1111ng`: of two digits that are alike one may stand for one letter, and one for another. */
function mixed(word: string): readonly string[] {
	const places = Array.from(word.matchAll(/[169]/g), ({ index }) => index);
	if (places.length < 2 || places.length > mostMixed) return [];
	return Array.from({ length: 2 ** places.length - 2 }, (_, at) => {
		const chosen = Array.from(word, (one, place) => {
			const bit = places.indexOf(place);
			return readDigits(one, readings[bit >= 0 && ((at + 1) >> bit) & 1 ? 1 : 0]);
		});
		return chosen.join("");
	});
}

/** All digits as letters, as where `70` stands for `to`. */
export function readDigits(text: string, reading = readings[0]): string {
	return text.replace(/\d/g, (digit) => reading?.[digit] ?? digit);
}

/** The number of runs of a letter that are tried doubled by themselves. */
const mostDoubled = 4;

/** Repeated letters once, or twice where English has it so; the likeliest first. */
function calmed(word: string): readonly string[] {
	if (!/(\p{L})\1/u.test(word)) return [];
	const shouted = word.replace(/(\p{L})\1{2,}/gu, "$1");
	const candidates = [
		...halved(word),
		shouted,
		word.replace(/(\p{L})\1{2,}/gu, "$1$1"),
		...doubledOnce(word),
		word.replace(/(\p{L})\1+/gu, "$1"),
	];
	const known = candidates.filter(isKnownWord);
	return known.length > 0 ? known.toSorted((a, b) => Number(isEnglish(b)) - Number(isEnglish(a))) : [shouted];
}

/** `bbooookk`: each letter as often again as it was written. */
function halved(word: string): readonly string[] {
	for (const times of [2, 3])
		if (new RegExp(`^(?:(\\p{L})\\1{${times - 1}})+$`, "u").test(word)) return [everyNth(word, times)];
	return [];
}

function everyNth(word: string, times: number): string {
	return Array.from(word)
		.filter((_, at) => at % times === 0)
		.join("");
}

function doubledOnce(word: string): readonly string[] {
	const runs = Array.from(word.slice(0, 64).matchAll(/(\p{L})\1{2,}/gu)).slice(0, mostDoubled);
	return runs.map(({ index, 0: run }) =>
		`${word.slice(0, index)}${run.slice(0, 2)}${word.slice(index + run.length)}`.replace(/(\p{L})\1{2,}/gu, "$1"),
	);
}

/** A syllable or word that was written twice. */
function once(word: string): string {
	const half = word.slice(0, word.length / 2);
	return word === half + half ? half : word;
}

const shortForms: ReadonlyMap<string, string> = new Map(Object.entries(teencode));
type Habit = readonly [RegExp, string];
const beginnings: readonly Habit[] = [
	[/^w/u, "qu"],
	[/^f/u, "ph"],
	[/^j/u, "gi"],
	[/^dz/u, "d"],
	[/^z/u, "d"],
	[/^k(?=[aăâoôơuư])/u, "c"],
];
const endings: readonly Habit[] = [
	[/k$/u, "c"],
	[/k$/u, "ch"],
	[/g$/u, "ng"],
	[/(?<=\p{L})j/u, "i"],
];

/** Teencode in full, from its beginning, its end or both; the word itself where it is none. */
function unabridged(word: string): string {
	const begun = beginnings.map(([from, to]) => word.replace(from, to));
	const full = [...begun, ...[word, ...begun].flatMap((one) => endings.map(([from, to]) => one.replace(from, to)))];
	return full.find((one) => one !== word && (isSyllable(one) || isEnglish(one))) ?? word;
}

/** Abbreviations, which may be words of their own: only for texts that are Vietnamese. */
export function shortFormOf(word: string): string | null {
	return shortForms.get(word) ?? null;
}
