// Where in a text something stands that is found only in another form of it: the fewest of its words, as they came, in whose forms it is
// found still. It may take in a word too many, where a word tells its neighbor's form.
import { textVariants } from "../text/text-variants.ts";

export interface Place {
	readonly from: number;
	readonly to: number;
}

/** What is longer is looked through once and not again for each of its words. */
export const longestSearched = 500;

/** Asks some twenty times. `text` holds it. */
export function placeInDisguise(text: string, isHeldIn: (form: string) => boolean): Place {
	const words = Array.from(text.matchAll(/\S+/gu), ({ index, 0: word }) => ({ from: index, to: index + word.length }));
	const isHeldWith = (slips: "corrected" | "kept") => (part: string) =>
		isHeldIn(part) || textVariants(part, slips).some((form) => isHeldIn(form.text));
	// A part of a word may be taken for a slip of the pen, where the whole is none.
	const isHeld = isHeldWith(isHeldWith("kept")(text) ? "kept" : "corrected");
	const [first = { from: 0, to: 0 }, last = first] = [words[0], words.at(-1)];
	const whole = { from: first.from, to: last.to };
	const toEnd = fewest(words.length, (count) => isHeld(text.slice(whole.from, words[count - 1]?.to)));
	const to = words[toEnd - 1]?.to ?? whole.to;
	const toBegin = fewest(toEnd, (count) => isHeld(text.slice(words[toEnd - count]?.from, to)));
	return { from: words[toEnd - toBegin]?.from ?? whole.from, to };
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
