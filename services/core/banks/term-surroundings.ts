// Which of an entry's sources speak of a term where it stands in a text: those who say that it counts there, or anywhere. Our own people
// judge an entry as its lists have it, and speak where one of those does.
import { partsOf } from "../hashes/hash-forms.ts";
import { fromHex } from "../hashes/hash-hex.ts";
import type { Words } from "../hashes/term/read-words.ts";
import { marksOf, termBytes, termsHeld, type WordRun } from "../hashes/term/term-hash.ts";
import { createSentenceLanguages } from "../text/sentence-languages.ts";
import { type Opinion, ownSource } from "./bank.ts";
import type { TermCondition } from "./term-condition.ts";

export function isConditional(opinions: readonly Opinion[]): boolean {
	return opinions.some(({ only }) => only !== undefined);
}

export interface Surroundings {
	/** Those of the opinions that speak of the term at this place. */
	speaking(opinions: readonly Opinion[], place: WordRun): readonly Opinion[];
}

/** `asked` are all the opinions that it will be asked about: the words that they name are looked for once. */
export function readSurroundings(text: string, words: Words, asked: readonly Opinion[]): Surroundings {
	const languages = createSentenceLanguages(text);
	const others = findOthers(
		words,
		asked.flatMap(({ only }) => only?.beside?.terms ?? []),
	);
	const holds = ({ language, beside }: TermCondition, place: WordRun): boolean =>
		(language === undefined || languages.mayBeIn(language, words.from[place.from] ?? 0)) &&
		(beside === undefined || beside.terms.some((term) => isBeside(others.get(term) ?? [], place, beside)));
	return {
		speaking(opinions, place) {
			const said = opinions.filter(({ only }) => only === undefined || holds(only, place));
			return said.some(({ source, kind }) => source !== ownSource && kind !== "withdrawn") ? said : [];
		},
	};
}

/** By term, where it stands in the text, in order of its first word. */
function findOthers(words: Words, terms: readonly string[]): ReadonlyMap<string, readonly WordRun[]> {
	const byFirst = new Map<number, { readonly term: string; readonly hash: Uint8Array }[]>();
	for (const term of new Set(terms)) {
		const hash = fromHex(term, termBytes);
		const first = firstOf(hash);
		byFirst.set(first, [...(byFirst.get(first) ?? []), { term, hash }]);
	}
	const found = new Map<string, WordRun[]>();
	if (byFirst.size === 0) return found;
	for (const run of termsHeld(words, (first) => byFirst.has(first >>> 0)))
		for (const { term, hash } of byFirst.get(firstOf(run.hash)) ?? []) {
			if (marksOf(run.hash, hash) === null) continue;
			const places = found.get(term);
			if (places === undefined) found.set(term, [run]);
			else places.push(run);
		}
	return found;
}

function firstOf(hash: Uint8Array): number {
	return (partsOf(hash)[0] ?? 0) >>> 0;
}

type Distance = Omit<NonNullable<TermCondition["beside"]>, "terms">;

/** All places of a term are as long, so that the nearest ones tell. */
function isBeside(places: readonly WordRun[], { from, to }: WordRun, { before, after }: Distance): boolean {
	const behind = places[firstFrom(places, to)];
	if (behind !== undefined && behind.to <= to + after) return true;
	const length = places[0] === undefined ? 0 : places[0].to - places[0].from;
	const ahead = places[firstFrom(places, from - length + 1) - 1];
	return ahead !== undefined && ahead.from >= from - before;
}

/** The number of the first place that begins at this word or later. */
function firstFrom(places: readonly WordRun[], word: number): number {
	let [low, high] = [0, places.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((places[middle]?.from ?? 0) >= word) high = middle;
		else low = middle + 1;
	}
	return low;
}
