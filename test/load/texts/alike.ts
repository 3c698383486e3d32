// What is no false match: texts that say the same, whatever wrote them, by the words that they share.
import { foldText } from "../../../services/core/hashes/simhash/text-simhash.ts";

const alikeShare = 0.5;
const heldShare = 0.7;

/** Half of all their words, or more, are in both (Jaccard). */
export function isAlike(a: string, b: string): boolean {
	const { shared, first, second } = compare(a, b);
	return shared >= alikeShare * (first + second - shared);
}

/** Of the words of the shorter, most are in the other: one is a part of the other. */
export function isPartOf(a: string, b: string): boolean {
	const { shared, first, second } = compare(a, b);
	return shared >= heldShare * Math.min(first, second);
}

/** So many words in a row are in both: one quotes the other, or both somebody else. */
export function sharesRun(a: string, b: string, words: number): boolean {
	const runs = (text: string) => {
		const all = foldText(text.slice(0, 10_000)).split(" ");
		return all.slice(0, Math.max(0, all.length - words + 1)).map((_, at) => all.slice(at, at + words).join(" "));
	};
	const held = new Set(runs(a));
	return runs(b).some((run) => held.has(run));
}

function compare(a: string, b: string) {
	const words = (text: string) => new Set(foldText(text.slice(0, 10_000)).split(" "));
	const [first, second] = [words(a), words(b)];
	const shared = [...first].filter((word) => second.has(word)).length;
	return { shared, first: first.size, second: second.size };
}

/** At most so many, spread over all. */
export function some(texts: readonly string[], count: number): readonly string[] {
	const step = Math.max(1, texts.length / count);
	return Array.from({ length: Math.min(count, texts.length) }, (_, at) => texts[Math.floor(at * step)] ?? "");
}
