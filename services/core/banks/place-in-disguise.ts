// Where in a text something stands that is found only in another form of it: the fewest of its words, as they came, in whose forms it is
// found still. It may take in a word too many, where a word tells its neighbor's form.
import { textVariants } from "../text/text-variants.ts";

export interface Place {
	readonly from: number;
	readonly to: number;
}

/** What is longer is looked through once and not again for each of its words; no other form is read of it either, but without markup. */
export const longestSearched = 10_000;
/** So much is looked through at a time; half of it again with what follows, so that nothing is cut that stands close together. */
const stretch = 250;

type IsHeldIn = (form: string) => boolean;

/** Asks some twenty times, and once for each stretch of a longer text. Null where no stretch has it by itself. */
export function placeInDisguise(text: string, isHeldIn: IsHeldIn): Place | null {
	const words = Array.from(text.matchAll(/\S+/gu), ({ index, 0: word }) => ({ from: index, to: index + word.length }));
	if (text.length <= 2 * stretch) return placeAmong(text, words, isHeldIn);
	for (const some of stretchesOf(words)) {
		const part = text.slice(some[0]?.from, some.at(-1)?.to);
		if (isHeldWith("kept", isHeldIn)(part)) return placeAmong(text, some, isHeldIn);
	}
	return null;
}

/** `words` hold it. It may take in a word too many, where a word tells its neighbor's form. */
function placeAmong(text: string, words: readonly Place[], isHeldIn: IsHeldIn): Place {
	const [first = { from: 0, to: 0 }, last = first] = [words[0], words.at(-1)];
	const whole = { from: first.from, to: last.to };
	// A part of a word may be taken for a slip of the pen, where the whole is none.
	const isHeldAsItIs = isHeldWith("kept", isHeldIn)(text.slice(whole.from, whole.to));
	const isHeld = isHeldWith(isHeldAsItIs ? "kept" : "corrected", isHeldIn);
	const toEnd = fewest(words.length, (count) => isHeld(text.slice(whole.from, words[count - 1]?.to)));
	const to = words[toEnd - 1]?.to ?? whole.to;
	const toBegin = fewest(toEnd, (count) => isHeld(text.slice(words[toEnd - count]?.from, to)));
	return { from: words[toEnd - toBegin]?.from ?? whole.from, to };
}

function isHeldWith(slips: "corrected" | "kept", isHeldIn: IsHeldIn): (part: string) => boolean {
	return (part) =>
		isHeldIn(part) || textVariants(part, slips).some((form) => form.isGuessed !== true && isHeldIn(form.text));
}

/** Words that stand within so many characters; the next ones begin half as far on. */
function stretchesOf(words: readonly Place[]): readonly (readonly Place[])[] {
	const stretches: (readonly Place[])[] = [];
	for (let at = 0; at < words.length; ) {
		const begin = words[at]?.from ?? 0;
		const end = words.findIndex(({ to }, number) => number > at && to > begin + stretch);
		stretches.push(words.slice(at, end < 0 ? words.length : end));
		if (end < 0) break;
		const next = words.findIndex(({ from }, number) => number > at && from >= begin + stretch / 2);
		at = next < 0 ? end : next;
	}
	return stretches;
}

/** The smallest count up to `most` that is enough; `most` is. */
function fewest(most: number, isEnough: (count: number) => boolean): number {
	let [few, enough] = [0, most];
	while (enough - few > 1) {
		const count = (few + enough) >> 1;
		if (isEnough(count)) enough = count;
		else few = count;
	}
	return enough;
}
