// A text whose words are the keystrokes of Vietnamese, with the marks that they should have given. The form is looked up beside the
// text and never instead of it.
import { readTelex, readViqr, readVni } from "./vietnamese-keystrokes.ts";

/** The number of words that must come out as syllables, at least. */
const fewestWords = 2;
const fewestShare = 0.15;
const word = /[\p{L}\p{M}\p{N}]+/gu;
/** Two keys of Telex that are no letters: `[` gives ơ, `]` gives ư. */
const wordWithBrackets = /[\p{L}\p{M}\p{N}[\]]+/gu;
const bracketed = /[\p{L}][[\]]|[[\]]\p{L}/u;

const wordWithSigns = /[a-z][a-z^(+*'`?~.]*/gi;
const signed = /[aeiouy][\^(+*'`?~.]+[a-z'`?~.]/i;

/** A text for each way of typing that it may have been typed in. */
export function retype(text: string): readonly string[] {
	const ways = [
		{ read: readTelex, word: bracketed.test(text) ? wordWithBrackets : word },
		...(/\p{L}[1-9]/u.test(text) ? [{ read: readVni, word }] : []),
		...(signed.test(text) ? [{ read: readViqr, word: wordWithSigns }] : []),
	];
	const isHeld = heldDown.test(text);
	return ways.flatMap(({ read, word: each }) => {
		let words = 0;
		let changed = 0;
		const retyped = text.replace(each, (typed) => {
			const written = isHeld ? readCalmed(typed, read) : read(typed);
			words += 1;
			if (written !== typed) changed += 1;
			return written;
		});
		return changed >= Math.max(fewestWords, fewestShare * words) ? [retyped] : [];
	});
}

const heldDown = /(\p{L})\1{2}/u;

/** Keys that were held down count once, or twice where that is a mark. */
function readCalmed(typed: string, read: (typed: string) => string): string {
	const written = read(typed);
	if (written !== typed || !heldDown.test(typed)) return written;
	for (const times of ["$1", "$1$1"]) {
		const calmed = typed.replace(/(\p{L})\1{2,}/gu, times);
		const said = read(calmed);
		if (said !== calmed) return said;
	}
	return written;
}
