// Which known texts are found within others, by their shingles alone: extended, quoted, cut; and how often one text is taken to hold another.
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { shinglesOfText } from "../../../services/core/hashes/shingles/text-shingles.ts";
import { newBank, newEntry } from "../../support/bank-fixtures.ts";
import type { Figure } from "../report.ts";
import { isPartOf, sharesRun, some } from "./alike.ts";
import type { Corpus } from "./corpora.ts";
import { type Chance, createChance } from "./edits.ts";

const fewestWords = 8;
const mostKnown = 1_000;
const mostOthers = 2_600;
/** Held out, as that of disguises is. */
const seed = 20_261_129;
const leastRecall = 95;
const lastCut = "its last word cut off";

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "");

export function containedFigures(corpora: readonly Corpus[]): readonly Figure[] {
	return corpora
		.filter(({ name }) => name !== "long documents")
		.flatMap(({ name, texts }) => {
			const long = texts.filter((text) => wordsOf(text).length >= fewestWords);
			const known = some(long, Math.min(mostKnown, Math.floor(long.length / 3)));
			const isKnown = new Set(known);
			const others = some(
				long.filter((text) => !isKnown.has(text)),
				mostOthers,
			);
			const matcher = matcherOf(known);
			const changes = changesOf(others);
			const recalled = Object.entries(changes).map(([kind, change]) => {
				const chance = createChance(seed);
				const found = known.filter((text, at) => matcher.holds(change(text, chance), at)).length;
				return {
					name: `${name} of ${fewestWords} words and more, held: ${kind}`,
					value: (100 * found) / known.length,
					unit: "%",
					// Of a short text the last word is a good part of its letters.
					aim: kind === lastCut ? null : ({ atLeast: leastRecall, of: "value" } as const),
				};
			});
			return [...recalled, falseOf(name, known, others, matcher)];
		});
}

function changesOf(others: readonly string[]): Readonly<Record<string, (text: string, chance: Chance) => string>> {
	const vocabulary = others.flatMap((text) => text.match(/\p{L}{2,}/gu) ?? []);
	const pick = (chance: Chance) => vocabulary[chance(vocabulary.length)] ?? "";
	const around = (chance: Chance) => Array.from({ length: 6 }, () => others[chance(others.length)] ?? "").join(" ");
	return {
		"eight words appended": (text, chance) => `${text} ${Array.from({ length: 8 }, () => pick(chance)).join(" ")}`,
		"quoted in a long post": (text, chance) => `${around(chance)} ${text} ${around(chance)}`,
		[lastCut]: (text) => wordsOf(text).slice(0, -1).join(" "),
	};
}

function matcherOf(known: readonly string[]) {
	const bank = newBank();
	const matcher = createBankMatcher({ clock: { now: () => Date.UTC(2026, 10, 29) } });
	matcher.apply({ sequence: 1, kind: "bank", bank });
	const numberOf = new Map<string, number>();
	for (const [at, text] of known.entries()) {
		const hash = shinglesOfText(text);
		if (hash === null) continue;
		const entry = newEntry(bank.id, { hashType: "text-shingles", hash });
		numberOf.set(entry.id, at);
		matcher.apply({ sequence: 2, kind: "entry", entry });
	}
	const found = (text: string) => matcher.matchText(text).flatMap(({ entryId }) => numberOf.get(entryId) ?? []);
	return { found, holds: (text: string, at: number) => found(text).includes(at) };
}

/** Texts that share as many words in a row as the shortest known text has, or of which one holds the other, are no mistake. */
function falseOf(
	corpus: string,
	known: readonly string[],
	others: readonly string[],
	{ found }: ReturnType<typeof matcherOf>,
): Figure {
	const joined = others.flatMap((text) => found(text).map((at) => [known[at] ?? "", text] as const));
	const wrong = joined.filter(([one, text]) => !sharesRun(one, text, fewestWords) && !isPartOf(one, text));
	return {
		name: `${corpus}: taken to hold another, of ${known.length * others.length} pairs (${joined.length - wrong.length} more share eight words in a row)`,
		value: wrong.length,
		unit: "",
		aim: { atMost: 0, of: "value" },
	};
}
