// Signs in the place of letters, and signs that part them. A sign may stand for none: what is read here is looked up beside the text.
import { isSpelled } from "./respell-word.ts";

const betweenLetters =
	/(?<![\p{L}\p{N}])[\p{L}\p{N}](?:([@$!|€£¥+])[\p{L}\p{N}])(?:\1[\p{L}\p{N}]){2,}(?![\p{L}\p{N}])/u;

/** `w|o|r|d`: a sign that parts letters stands for none. */
export function partedLetters(text: string): string {
	const sign = betweenLetters.exec(text)?.[1];
	return sign === undefined ? text : text.split(sign).join("·");
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
	"¢": "c",
	ƒ: "f",
	"#": "h",
	"()": "o",
	"|)": "d",
	"|<": "k",
	"|-|": "h",
	"|_|": "u",
	"/\\": "a",
	"\\/": "v",
};
/** Signs that are drawn as a letter is. */
const drawn: Readonly<Record<string, string>> = { o: "⭕○●◯〇⚪⚫🔴🔵🟠🟡🟢🟣🟤🅾", x: "❌✖✗✘×", i: "❗❕", s: "💲" };
const letterDrawn: ReadonlyMap<string, string> = new Map(
	Object.entries(drawn).flatMap(([letter, all]) => Array.from(all, (sign) => [sign, letter] as const)),
);
const anyDrawn = new RegExp(`[${Object.values(drawn).join("")}]`, "gu");
const anySigns =
	/\|-\||\|_\||\|\)|\|<|\(\)|(?<=\p{L})\/\\|\/\\(?=\p{L})|\\\/(?=\p{L})|(?<=\p{L})[@$|€£¥+¢ƒ#]|[@$|€£¥+¢ƒ](?=\p{L})|!(?=\p{L})/gu;

const anySign =
	/[@$|€£¥+¢ƒ](?=\p{L})|(?<=\p{L})[@$|€£¥+¢ƒ#]|!(?=\s*\p{Ll})|\(\)|\|[-_)<]|\\\/|\/\\|[⭕○●◯〇⚪⚫🔴🔵🟠🟡🟢🟣🟤🅾❌✖✗✘×❗❕💲]/u;

/** Whether `signs` may be another way than `plain`. */
export function holdsSigns(text: string): boolean {
	return anySign.test(text);
}

/** Signs that stand for letters, wherever they are written to one; an exclamation mark behind a word where it makes it one. */
export function readAllSigns(text: string): string {
	return text
		.replace(anyDrawn, (sign) => letterDrawn.get(sign) ?? sign)
		.replace(/[\p{L}\p{N}@$|€£¥+¢ƒ]{2,}/gu, (word) => {
			const lettered = word.replace(/[@$|€£¥+¢ƒ]/gu, letterFor);
			return isSpelled(lettered.toLowerCase()) ? lettered : word;
		})
		.replace(anySigns, letterFor)
		.replace(/([\p{L}\p{N}]+)!(?=(\s+\p{Ll})?)/gu, (all, word: string, next: string | undefined) => {
			const isWord = isSpelled(`${word}i`.toLowerCase());
			return isWord && (next !== undefined || !isSpelled(word.toLowerCase())) ? `${word}i` : all;
		});
}

/** `|` may be one of two letters, as the digit is that looks like it. */
function letterFor(sign: string): string {
	return sign === "|" ? "1" : (signs[sign] ?? sign);
}

/** Signs that stand for letters: within a word, `@` and `$` at its beginning, and `$` at its end, too. */
export function readSigns(text: string): string {
	return text.replace(
		/(?<=[\p{L}\p{N}])[@$!|€£¥+](?=[\p{L}\p{N}@$])|(?<![^\s])[@$](?=\p{L})|(?<=\p{L})\$(?![^\s])/gu,
		(sign) => signs[sign] ?? sign,
	);
}
