// Nothing of a text but its letters in a row: without marks, spaces, signs and case, look-alikes and digits read as letters, repeated ones
// once. Whatever parts, joins or adorns letters leaves it as it is. It says less than the text does: only long runs of it tell texts apart.
import { withoutLookAlikes } from "./look-alikes.ts";
import { eachReading } from "./text-channels.ts";

/** What is written one for the other becomes one: digits for letters, and i for l, which share the digit 1. */
const alike: Readonly<Record<string, string>> = {
	...{ "0": "o", "1": "i", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g" },
	...{ l: "i", "@": "a", $: "s", "|": "i", "€": "e", "£": "i" },
};
const isBare = /[\p{L}\p{N}\p{M}@$|€£]/u;

export function bareLetters(text: string): Uint16Array {
	const shown = withoutLookAlikes(text);
	let letters = new Uint16Array(shown.length);
	let length = 0;
	eachReading(shown, ({ plain }) => {
		for (let at = 0; at < plain.length; at += 1) {
			const code = bareUnit(plain.charCodeAt(at));
			if (code === nothing || code === letters[length - 1]) continue;
			// One character may become many: a ligature, or the sign for a whole phrase.
			if (length === letters.length) letters = grown(letters);
			letters[length] = code;
			length += 1;
		}
	});
	return letters.subarray(0, length);
}

function grown(letters: Uint16Array): Uint16Array<ArrayBuffer> {
	const larger = new Uint16Array(letters.length * 2);
	larger.set(letters);
	return larger;
}

const nothing = 0;
const notKnown = 0xffff;
/** Halves of a pair stand for themselves. */
const units = new Uint16Array(0x10000).fill(notKnown);

function bareUnit(code: number): number {
	const known = units[code] ?? nothing;
	if (known !== notKnown) return known;
	const letter = String.fromCharCode(code);
	const isHalf = code >= 0xd800 && code <= 0xdfff;
	const bare = isHalf || !isBare.test(letter) ? nothing : (alike[letter] ?? letter).charCodeAt(0);
	units[code] = bare;
	return bare;
}
