// A text whose words are the keystrokes of Vietnamese, with the marks that they should have given. The form is looked up beside the
// text and never instead of it.
import { readTelex, readViqr, readVni } from "./vietnamese-keystrokes.ts";

/** The number of words that must come out as syllables, at least. */
const fewestWords = 2;
const fewestShare = 0.15;
const word = /[\p{L}\p{M}\p{N}]+/gu;

const wordWithSigns = /[a-z][a-z^(+*'`?~.]*/gi;
const signed = /[aeiouy][\^(+*'`?~.]+[a-z'`?~.]/i;

/** A text for each way of typing that it may have been typed in. */
export function retype(text: string): readonly string[] {
	const ways = [
		{ read: readTelex, word },
		...(/\p{L}[1-9]/u.test(text) ? [{ read: readVni, word }] : []),
		...(signed.test(text) ? [{ read: readViqr, word: wordWithSigns }] : []),
	];
	return ways.flatMap(({ read, word: each }) => {
		let words = 0;
		let changed = 0;
		const retyped = text.replace(each, (typed) => {
			const written = read(typed);
			words += 1;
			if (written !== typed) changed += 1;
			return written;
		});
		return changed >= Math.max(fewestWords, fewestShare * words) ? [retyped] : [];
	});
}
