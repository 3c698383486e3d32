// A text respelled as it would have been written without disguise: letters that stand apart are joined, signs within words are taken
// out, and each word that is not known is respelled (respell-word.ts). The form is looked up beside the text and never instead of it.
import { correctWord } from "./correct-word.ts";
import { isKnownWord } from "./known-words.ts";
import { latinSkeleton } from "./look-alikes.ts";
import { isSpelled, readDigits, respellWord, shortFormOf } from "./respell-word.ts";
import { shownText } from "./shown-text.ts";

/** Runs of letters, digits and signs that stand for letters, each with what parts it from the next. */
interface Piece {
	readonly word: string;
	readonly gap: string;
}

/** So many single letters in a row were not written so by chance. */
const fewestApart = 4;
const vietnamese = /[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]/u;

/**
 * `plain`: words that are known stay, and numbers that stand alone. `numbers`: those are read as letters, too. `slips`: an unknown word
 * becomes the known one that it may have been meant to be. `unparted`: words that nobody knows stay in one piece.
 */
export type Respelling = "plain" | "numbers" | "slips" | "unparted";

/** The text respelled in each of the ways. */
export function respell(text: string, ways: readonly Respelling[]): readonly string[] {
	const plain = readSigns(latinSkeleton(shownText(text).normalize("NFKC")));
	const isVietnamese = vietnamese.test(plain);
	const apart = joinLetters(pieces(plain));
	const saidPlainly = (piece: Piece) => {
		const parts = byCase(piece.word).map((part) => part.toLowerCase());
		return { ...piece, parts, plainly: saidOf(parts, "plain", isVietnamese) };
	};
	const all = joinFragments(apart).map(saidPlainly);
	// Most words are said alike in all ways.
	const isOther = ({ word, parts }: (typeof all)[number], how: Respelling) =>
		how === "numbers" ? /\d/.test(word) : how === "slips" && !parts.every(isKnownWord);
	const said = (piece: (typeof all)[number], how: Respelling) => {
		if (how === "unparted") return piece.plainly.replaceAll(" ", "");
		if (!isOther(piece, how)) return piece.plainly;
		const parts = how === "numbers" ? byCase(readDigits(piece.word)).map((part) => part.toLowerCase()) : piece.parts;
		return saidOf(parts, how, isVietnamese);
	};
	// Parts that are words by themselves may be those of one that nobody knows.
	const whole = ways.includes("unparted") ? joinFragments(apart, () => true) : all;
	const unparted = whole.length === all.length ? all : whole.map(saidPlainly);
	return ways.map((how) => (how === "unparted" ? unparted : all).map((piece) => said(piece, how) + piece.gap).join(""));
}

/** `parts` in lower case. */
function saidOf(parts: readonly string[], how: Respelling, isVietnamese: boolean): string {
	return parts.flatMap((part) => respelled(part, how, isVietnamese)).join(" ");
}

const signs: Readonly<Record<string, string>> = {
	"@": "a",
	$: "s",
	"!": "i",
	"|": "i",
	"€": "e",
	"£": "l",
	"¥": "y",
	"+": "t",
};

/** Signs that stand for letters: within a word, `@` and `$` at its beginning, and `$` at its end, too. */
function readSigns(text: string): string {
	return text.replace(
		/(?<=[\p{L}\p{N}])[@$!|€£¥+](?=[\p{L}\p{N}@$])|(?<![^\s])[@$](?=\p{L})|(?<=\p{L})\$(?![^\s])/gu,
		(sign) => signs[sign] ?? sign,
	);
}

function respelled(word: string, how: Respelling, isVietnamese: boolean): readonly string[] {
	const meant = how === "slips" && !isKnownWord(word) ? correctWord(word) : null;
	if (meant !== null) return [meant];
	const full = isVietnamese ? shortFormOf(word) : null;
	return full === null ? respellWord(word) : [full];
}

function pieces(text: string): readonly Piece[] {
	return Array.from(text.matchAll(/([\p{L}\p{M}\p{N}]*)([^\p{L}\p{M}\p{N}]*)/gu), ([, word = "", gap = ""]) => ({
		word,
		gap,
	})).filter(({ word, gap }) => word !== "" || gap !== "");
}

/** `h e l l o   w o r l d`: the gap that is most frequent among single letters parts letters, any other one words. */
function joinLetters(all: readonly Piece[]): readonly Piece[] {
	const joined: Piece[] = [];
	for (let from = 0; from < all.length; ) {
		let end = from;
		while (end < all.length && isLetter(all[end]?.word ?? "")) end += 1;
		if (end - from >= fewestApart) joined.push(...joinRun(all.slice(from, end)));
		else if (end > from) joined.push(...all.slice(from, end));
		const next = all[end];
		if (next !== undefined) joined.push(next);
		from = end + 1;
	}
	return joined;
}

function isLetter(word: string): boolean {
	return word.length === 1 || (word.length <= 4 && word.normalize("NFC").length === 1);
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
		while (end < all.length - 1 && isSign(all[end]?.gap ?? "")) end += 1;
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

const marks = /[\u00c0-\u024f\u1ea0-\u1eff]/u;

/** A syllable that has its marks is none of a longer word's parts: what stands beside it is a word, too, whoever knows it. */
function isOneWord(chunk: readonly Piece[], word: string): boolean {
	if (word.length <= chunk.length * 2 || isSpelled(word.toLowerCase())) return true;
	const parts = chunk.map((piece) => piece.word.toLowerCase());
	if (parts.some((part) => part.length > 1 && marks.test(part) && isSpelled(part))) return false;
	return !parts.every(isSpelled);
}

/** `NamĐịnh` is two words; `SHOUTED` and `sHoUtEd` are one. */
function byCase(word: string): readonly string[] {
	if (/^[A-Za-z]?[a-z]*$/.test(word)) return [word];
	const parts = word.match(/\p{Lu}?[^\p{Lu}]+|\p{Lu}+/gu) ?? [word];
	return parts.length > 1 && parts.every((part) => part.length > 1 && /^\p{Lu}?[^\p{Lu}]+$/u.test(part))
		? parts
		: [word];
}
