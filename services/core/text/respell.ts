// A text respelled as it would have been written without disguise: letters that stand apart are joined, signs within words are taken
// out, and each word that is not known is respelled (respell-word.ts). The form is looked up beside the text and never instead of it.
import { correctWord } from "./correct-word.ts";
import { isKnownWord, splitWords } from "./known-words.ts";
import { latinSkeleton } from "./look-alikes.ts";
import { partedLetters, readAllSigns, readSigns } from "./read-signs.ts";
import { rememberWords } from "./remember-words.ts";
import { isSpelled, readDigits, respellWord, shortFormOf } from "./respell-word.ts";
import { isPlainAscii, shownText } from "./shown-text.ts";

/** Runs of letters, digits and signs that stand for letters, each with what parts it from the next. */
interface Piece {
	readonly word: string;
	readonly gap: string;
}

/** So many single letters in a row were not written so by chance. */
const fewestApart = 4;
const vietnamese = /[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]/u;

/**
 * `plain`: words that are known stay, and numbers that stand alone. `numbers`: those are read as letters, too. `signs`: every sign at a
 * letter is read as one. `slips`: an unknown word becomes the known one that it may have been meant to be. `parted`: an unknown word that is
 * made of known ones becomes those, however short. `unparted`: words that nobody knows stay in one piece. `regrouped`: where many words are
 * unknown, all spaces are set anew.
 */
export type Respelling = "plain" | "numbers" | "signs" | "slips" | "parted" | "unparted" | "regrouped";

/** Marks that no letter of Unicode has are heaped on letters to hide them. */
const heaped = /[\u0300-\u036f]/gu;

/** A text in the letters that it is read by, whatever they are written with; all that is respelled begins with it. */
export function skeletonOf(text: string): string {
	if (isPlainAscii(text)) return partedLetters(text);
	return partedLetters(latinSkeleton(shownText(text).normalize("NFKC").replace(heaped, "")));
}

/** A text, of which this is the skeleton, respelled in each of the ways. */
export function respell(skeleton: string, ways: readonly Respelling[]): readonly string[] {
	const said = respellSkeleton(readSigns(skeleton), ways);
	return ways.map((how, at) => {
		if (how === "signs") return respellSkeleton(readSigns(readAllSigns(skeleton)), ["plain"])[0] ?? "";
		return how === "regrouped" ? (regroup(skeleton) ?? said[at] ?? "") : (said[at] ?? "");
	});
}

/** A text, of which this is the skeleton, with its letters brought together, and no word respelled. */
export function unveil(skeleton: string): string {
	const all = joinFragments(joinLetters(pieces(skeleton)));
	return all.map(({ word, gap }) => word + gap).join("");
}

/** As `respell`, but for the ways that begin or end elsewhere: these are `plain` here. */
function respellSkeleton(plain: string, ways: readonly Respelling[]): readonly string[] {
	const isVietnamese = vietnamese.test(plain);
	const apart = joinLetters(pieces(plain));
	const all = joinFragments(apart);
	const sayingOf = isVietnamese ? sayings.vietnamese : sayings.other;
	// Most words are said alike in all ways.
	const said = ({ word }: Piece, how: Respelling) => {
		const { parts, plainly, isKnown } = sayingOf(word);
		if (how === "unparted") return plainly.replaceAll(" ", "");
		if (how === "numbers") return /\d/.test(word) ? saidOf(lowerParts(readDigits(word)), how, isVietnamese) : plainly;
		return isKnown || (how !== "slips" && how !== "parted") ? plainly : saidOf(parts, how, isVietnamese);
	};
	// Parts that are words by themselves may be those of one that nobody knows.
	const unparted = ways.includes("unparted") ? joinFragments(apart, () => true) : all;
	return ways.map((how) => (how === "unparted" ? unparted : all).map((piece) => said(piece, how) + piece.gap).join(""));
}

interface SaidWord {
	/** In lower case. */
	readonly parts: readonly string[];
	readonly plainly: string;
	/** Nobody need guess what any of its parts was meant to be. */
	readonly isKnown: boolean;
}

const sayings = {
	vietnamese: rememberWords((word) => sayPlainly(word, true)),
	other: rememberWords((word) => sayPlainly(word, false)),
};

function sayPlainly(word: string, isVietnamese: boolean): SaidWord {
	const parts = lowerParts(inOneCase(word));
	return { parts, plainly: saidOf(parts, "plain", isVietnamese), isKnown: parts.every(isKnownWord) };
}

function lowerParts(word: string): readonly string[] {
	return byCase(word).map((part) => part.toLowerCase());
}

/** What is longer is not read in groups of letters that are no words. */
const mostRegrouped = 400;
const fewestUnknown = 3;

/** `Sángm aitá mgiờ`: where at least a third of the words are unknown, spaces say nothing. Null where they may say something. */
function regroup(text: string): string | null {
	if (text.length > mostRegrouped) return null;
	const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
	const unknown = words.filter((word) => !isKnownWord(word)).length;
	if (unknown < fewestUnknown || unknown * 3 < words.length) return null;
	return splitWords(words.join(""))?.join(" ") ?? null;
}

/** `parts` in lower case. */
function saidOf(parts: readonly string[], how: Respelling, isVietnamese: boolean): string {
	return parts.flatMap((part) => respelled(part, how, isVietnamese)).join(" ");
}

function respelled(word: string, how: Respelling, isVietnamese: boolean): readonly string[] {
	const made = how === "parted" && !isKnownWord(word) ? partsOf(word) : null;
	if (made !== null) return made;
	const meant = how === "slips" && !isKnownWord(word) ? correctWord(word) : null;
	if (meant !== null) return [meant];
	const full = isVietnamese ? shortFormOf(word) : null;
	if (full !== null) return [full];
	const said = respellWord(word);
	const [only = word] = said;
	const slip = how === "slips" && said.length === 1 && only !== word && !isKnownWord(only) ? correctWord(only) : null;
	return slip === null ? said : [slip];
}

const shortestParted = 5;

/** The known words that an unknown one is made of; null where it is not, or where letters would be left. */
function partsOf(word: string): readonly string[] | null {
	if (word.length < shortestParted || !/^[a-z]+$/.test(word)) return null;
	const parts = splitWords(word);
	return parts?.every((part) => isKnownWord(part) && (part.length > 1 || part === "a" || part === "i")) === true
		? parts
		: null;
}

function pieces(text: string): readonly Piece[] {
	// Words and what parts them, in turns.
	const cut = text.split(/([^\p{L}\p{M}\p{N}]+)/u);
	const all: Piece[] = [];
	for (let at = 0; at < cut.length; at += 2) {
		const [word = "", gap = ""] = [cut[at], cut[at + 1]];
		if (word !== "" || gap !== "") all.push({ word, gap });
	}
	return all;
}

/** `h e l l o   w o r l d`: the gap that is most frequent among single letters parts letters, any other one words. */
function joinLetters(all: readonly Piece[]): readonly Piece[] {
	const joined: Piece[] = [];
	for (let from = 0; from < all.length; ) {
		let end = from;
		while (end < all.length && isLetter(all[end]?.word ?? "")) end += 1;
		const run = all.slice(from, end);
		if (run.length >= fewestApart) joined.push(...joinRun(run));
		else if (isWordApart(run)) joined.push({ word: run.map(({ word }) => word).join(""), gap: run.at(-1)?.gap ?? "" });
		else joined.push(...run);
		const next = all[end];
		if (next !== undefined) joined.push(next);
		from = end + 1;
	}
	return joined;
}

const consonant = /[bcdđfghjklmnpqrstvwxz]/iu;

/** `đ ể`: two or three letters make a known word, and one of them is none by itself. */
function isWordApart(run: readonly Piece[]): boolean {
	if (run.length < 2 || !run.some(({ word }) => consonant.test(word))) return false;
	const [first] = run;
	const isParted = run.slice(0, -1).every(({ gap }) => gap === first?.gap);
	return isParted && isKnownWord(run.map(({ word }) => word.toLowerCase()).join(""));
}

function isLetter(word: string): boolean {
	return (
		word.length === 1 || /^(\p{L})\1{2,11}$/u.test(word) || (word.length <= 4 && word.normalize("NFC").length === 1)
	);
}

function joinRun(run: readonly Piece[]): readonly Piece[] {
	const counts = new Map<string, number>();
	for (const { gap } of run.slice(0, -1)) counts.set(gap, (counts.get(gap) ?? 0) + 1);
	const [between] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ["", 0]);
	const joined: Piece[] = [];
	let word = "";
	for (const [at, piece] of run.entries()) {
		word += piece.word;
		if (piece.gap === between && at < run.length - 1) continue;
		joined.push({ word, gap: piece.gap.trim() === "" && piece.gap !== "" ? " " : piece.gap });
		word = "";
	}
	return joined;
}

/** `neigh.bours`, `kit*tens`: parts of a word that are no words themselves and have no space between them are one. */
function joinFragments(all: readonly Piece[], mayJoin = isOneWord): readonly Piece[] {
	const joined: Piece[] = [];
	for (let from = 0; from < all.length; ) {
		let end = from;
		while (end < all.length - 1 && mayJoinNext(all[end], all[end + 1])) end += 1;
		const chunk = all.slice(from, end + 1);
		const word = chunk.map((piece) => piece.word).join("");
		if (chunk.length > 1 && mayJoin(chunk, word)) joined.push({ word, gap: chunk.at(-1)?.gap ?? "" });
		else joined.push(...chunk);
		from = end + 1;
	}
	return joined;
}

function isSign(gap: string): boolean {
	return gap !== "" && !/[\s'’]/u.test(gap);
}

/** What stands before an apostrophe in languages that have one within words, or behind it. */
const elided = /^(?:[cdjlmnst]|qu|o|ll|re|ve|em|all|er|clock)$/i;

function mayJoinNext(piece: Piece | undefined, next: Piece | undefined): boolean {
	const gap = piece?.gap ?? "";
	if (isSign(gap)) return true;
	return /^['’]$/u.test(gap) && !elided.test(piece?.word ?? "") && !elided.test(next?.word ?? "");
}

const marks = /[\u00c0-\u024f\u1ea0-\u1eff]/u;

/** A syllable that has its marks is none of a longer word's parts: what stands beside it is a word, too, whoever knows it. */
function isOneWord(chunk: readonly Piece[], word: string): boolean {
	if (word.length <= chunk.length * 2 || isSpelled(word.toLowerCase())) return true;
	const parts = chunk.map((piece) => piece.word.toLowerCase());
	if (parts.some((part) => part.length > 1 && marks.test(part) && isSpelled(part))) return false;
	return !parts.every(isSpelled);
}

/** `rờiIi`: a letter that is repeated in other cases is one that is repeated. */
function inOneCase(word: string): string {
	return /^\p{Lu}?\p{Ll}*$/u.test(word)
		? word
		: word.replace(/(\p{L})\1{2,}/giu, (run) => run.charAt(0) + run.slice(1).toLowerCase());
}

/** `NamĐịnh` is two words; `SHOUTED` and `sHoUtEd` are one. */
function byCase(word: string): readonly string[] {
	if (/^[A-Za-z]?[a-z]*$/.test(word)) return [word];
	const parts = word.match(/\p{Lu}?[^\p{Lu}]+|\p{Lu}+/gu) ?? [word];
	return parts.length > 1 && parts.every((part) => part.length > 1 && /^\p{Lu}?[^\p{Lu}]+$/u.test(part))
		? parts
		: [word];
}
