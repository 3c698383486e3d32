// A text whose words are the keystrokes of Vietnamese, with the marks that they should have given. The form is looked up beside the
// text and never instead of it.
import { readTelex, readVni } from "./vietnamese-keystrokes.ts";

/** The number of words that must come out as syllables, at least. */
const fewestWords = 2;
const fewestShare = 0.15;
const word = /[\p{L}\p{M}\p{N}]+/gu;

/** A text for each way of typing that it may have been typed in. */
export function retype(text: string): readonly string[] {
	const ways = /\p{L}[1-9]/u.test(text) ? [readTelex, readVni] : [readTelex];
	return ways.flatMap((read) => {
		let words = 0;
		let changed = 0;
		const retyped = text.replace(word, (typed) => {
			const written = read(typed);
			words += 1;
			if (written !== typed) changed += 1;
			return written;
		});
		return changed >= Math.max(fewestWords, fewestShare * words) ? [retyped] : [];
	});
}
