// Vietnamese as the keys were struck that should have given its marks: Telex (`dduwowcj`, `dd][cj`) and VNI (`d9u7o7c5`). Only what comes out as
// a syllable is read so; an English word may be one by chance, so that the form is looked up beside the text and never instead of it.
import { rememberWords } from "./remember-words.ts";
import { isSyllable, toneMarks } from "./vietnamese-syllable.ts";

type Tone = "" | "\u0300" | "\u0301" | "\u0303" | "\u0309" | "\u0323";
interface Typed {
	letters: string;
	tone: Tone;
}

const horned: Readonly<Record<string, string>> = { a: "ă", o: "ơ", u: "ư" };
const hatted: Readonly<Record<string, string>> = { a: "â", e: "ê", o: "ô" };
const vniTones: Readonly<Record<string, Tone>> = {
	"1": "\u0301",
	"2": "\u0300",
	"3": "\u0309",
	"4": "\u0303",
	"5": "\u0323",
};
const longestWord = 12;
const vowels = /[aeiouyăâêôơư]/u;

const readShort = rememberWords((word) => read(word, telexKey));

/** The word as Telex would have written it, in lower case; the word itself where that gives no syllable. */
export function readTelex(word: string): string {
	return word.length > longestWord ? word : readShort(word);
}

export function readVni(word: string): string {
	return /[1-9]/.test(word) ? read(word, vniKey) : word;
}

const viqrMarks: Readonly<Record<string, string>> = {
	"^": "\u0302",
	"(": "\u0306",
	"+": "\u031b",
	"*": "\u031b",
	"'": "\u0301",
	"`": "\u0300",
	"?": "\u0309",
	"~": "\u0303",
	".": "\u0323",
};

/** VIQR (`ddu*o+ng`, RFC 1456), whose marks are signs; one at the end may be the sentence's own. */
export function readViqr(word: string): string {
	const written = spelledByViqr(word);
	if (isSyllable(written)) return written;
	const shorter = spelledByViqr(word.slice(0, -1));
	return shorter !== word.slice(0, -1).toLowerCase() && isSyllable(shorter) ? shorter + word.slice(-1) : word;
}

function spelledByViqr(word: string): string {
	const marked = word
		.toLowerCase()
		.replace(/dd/g, "đ")
		.replace(/(?<=[aeiouy][\^(+*'`?~.]*)[\^(+*'`?~.]/g, (sign) => viqrMarks[sign] ?? sign);
	return marked.normalize("NFC");
}

function read(word: string, strike: (typed: Typed, key: string) => boolean): string {
	if (word.length > longestWord || !/^[a-z0-9[\]]+$/i.test(word)) return word;
	const typed: Typed = { letters: "", tone: "" };
	for (const key of word.toLowerCase()) if (!strike(typed, key)) typed.letters += key;
	const written = withTone(typed);
	return written !== word.toLowerCase() && isSyllable(written) ? written : word;
}

/** False where the key is a letter like any other. */
function telexKey(typed: Typed, key: string): boolean {
	const hasVowel = vowels.test(typed.letters);
	if (hasVowel && key in toneMarks) {
		typed.tone = toneMarks[key as keyof typeof toneMarks];
		return true;
	}
	if (key === "z" && typed.tone !== "") {
		typed.tone = "";
		return true;
	}
	if (key === "w") {
		if (!change(typed, horned)) typed.letters += "ư";
		return true;
	}
	if (key === "[" || key === "]") {
		typed.letters += key === "[" ? "ơ" : "ư";
		return true;
	}
	if (key === "d" && typed.letters.startsWith("d")) {
		typed.letters = `đ${typed.letters.slice(1)}`;
		return true;
	}
	const hat = hatted[key];
	if (hat === undefined) return false;
	const at = typed.letters.lastIndexOf(key);
	if (at < 0 || !hasVowel) return false;
	typed.letters = typed.letters.slice(0, at) + hat + typed.letters.slice(at + 1);
	return true;
}

function vniKey(typed: Typed, key: string): boolean {
	const tone = vniTones[key];
	if (tone !== undefined) {
		typed.tone = tone;
		return true;
	}
	if (key === "6") return change(typed, hatted);
	if (key === "7") return change(typed, { o: "ơ", u: "ư" });
	if (key === "8") return change(typed, { a: "ă" });
	if (key !== "9" || !typed.letters.startsWith("d")) return false;
	typed.letters = `đ${typed.letters.slice(1)}`;
	return true;
}

/** Changes the last letter that the key can change; `uo` takes the horn on both. */
function change(typed: Typed, by: Readonly<Record<string, string>>): boolean {
	const { letters } = typed;
	const pair = letters.search(/[uư][oơ]/u);
	if (by.u !== undefined && pair >= 0 && !(letters.startsWith("qu") && pair === 1)) {
		typed.letters = `${letters.slice(0, pair)}ươ${letters.slice(pair + 2)}`;
		return true;
	}
	for (let at = letters.length - 1; at >= 0; at -= 1) {
		const changed = by[letters.charAt(at)];
		if (changed === undefined) continue;
		typed.letters = letters.slice(0, at) + changed + letters.slice(at + 1);
		return true;
	}
	return false;
}

/** The tone over the vowel that carries it, placed as most write it (hòa, not hoà). */
function withTone({ letters, tone }: Typed): string {
	if (tone === "") return letters;
	const from = /^(qu|gi)(?=[aeiouyăâêôơư])/u.test(letters) ? 2 : 0;
	const places = [...letters].flatMap((letter, at) => (at >= from && vowels.test(letter) ? [at] : []));
	const place = carrierOf(letters, places);
	if (place === undefined) return letters;
	return (letters.slice(0, place + 1) + tone + letters.slice(place + 1)).normalize("NFC");
}

function carrierOf(letters: string, places: readonly number[]): number | undefined {
	const marked = places.filter((at) => /[ăâêôơư]/u.test(letters.charAt(at))).at(-1);
	if (marked !== undefined || places.length < 2) return marked ?? places[0];
	const isClosed = (places.at(-1) ?? 0) < letters.length - 1;
	return places.length === 3 || isClosed ? places[1] : places[0];
}
