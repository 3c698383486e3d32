// Which terms are found in sentences that were disguised as a whole, and how often a term is found in a sentence that does not have it.
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { foldText } from "../../../services/core/hashes/simhash/text-simhash.ts";
import { hashTerm } from "../../../services/core/hashes/term/term-hash.ts";
import { newBank, newEntry } from "../../support/bank-fixtures.ts";
import type { Figure } from "../report.ts";
import { some } from "./alike.ts";
import type { Corpus } from "./corpora.ts";
import { whole } from "./disguised.ts";
import type { Disguise } from "./disguises.ts";
import { type Chance, createChance } from "./edits.ts";

const mostTerms = 300;
const mostOthers = 1_700;
/** Held out, as that of known texts is. */
const seed = 20_261_129;
const leastRecall = 99;
/** Of pairs of a term and a sentence without it, percent. */
const mostFalse = 0.1;

interface Listed {
	readonly sentence: string;
	readonly term: string;
	readonly entryId: string;
}

export function obfuscatedTerms(corpora: readonly Corpus[]): readonly Figure[] {
	return corpora
		.filter(({ name }) => name === "single sentences" || name === "Vietnamese messages")
		.flatMap(({ name, texts }) => {
			const sentences = texts.filter((text) => text.length <= 200 && !/[%\n<\\]/.test(text));
			const { matcher, listed } = list(some(sentences, mostTerms));
			const recalled = Object.entries(whole).map(([kind, disguise]) =>
				recall(`${name}: ${kind}`, listed, matcher, disguise),
			);
			return [...recalled, falseFinds(name, listed, matcher, some(sentences, mostOthers))];
		});
}

function list(sentences: readonly string[]) {
	const chance = createChance(seed);
	const bank = newBank();
	const matcher = createBankMatcher({ clock: { now: () => Date.UTC(2026, 10, 29) } });
	matcher.apply({ sequence: 1, kind: "bank", bank });
	const listed = sentences.flatMap((sentence): Listed[] => {
		const term = termOf(sentence, chance);
		const hash = term === null ? "no-word" : hashTerm(term);
		if (term === null || typeof hash === "string") return [];
		const entry = newEntry(bank.id, { hashType: "text-term", hash });
		matcher.apply({ sequence: 2, kind: "entry", entry });
		return [{ sentence, term, entryId: entry.id }];
	});
	return { matcher, listed };
}

/** Two or three words in a row that stand between spaces, without capitals within them; at least ten letters together. */
const runOfWords = /(?<![^\s])(?=(\p{L}\p{Ll}+ \p{Ll}+(?: \p{Ll}+)?)(?:[\s,.;:]|$))/gu;

function termOf(sentence: string, chance: Chance): string | null {
	const long = Array.from(sentence.normalize("NFC").matchAll(runOfWords), ([, run = ""]) => run).filter(
		({ length }) => length >= 10,
	);
	return long[chance(Math.max(1, long.length))] ?? null;
}

type Matcher = ReturnType<typeof list>["matcher"];

function recall(name: string, listed: readonly Listed[], matcher: Matcher, disguise: Disguise): Figure {
	const chance = createChance(seed + 1);
	const found = listed.filter(({ sentence, entryId }) =>
		matcher.matchText(disguise(sentence, chance)).some((match) => match.entryId === entryId),
	);
	const value = (100 * found.length) / listed.length;
	return { name: `terms found, ${name}`, value, unit: "%", aim: { atLeast: leastRecall, of: "value" } };
}

/** Each sentence as it is and in three disguises; those that have the term's letters are left out. */
function falseFinds(name: string, listed: readonly Listed[], matcher: Matcher, sentences: readonly string[]): Figure {
	const chance = createChance(seed + 2);
	const kinds = Object.values(whole);
	const folded = new Map(listed.map(({ term, entryId }) => [entryId, foldText(term)]));
	let [pairs, wrong] = [0, 0];
	for (const sentence of sentences) {
		const said = ` ${foldText(sentence)} `;
		const drawn = [1, 2, 3].map(() => (kinds[chance(kinds.length)] ?? ((one: string) => one))(sentence, chance));
		for (const text of [sentence, ...drawn]) {
			pairs += listed.length;
			wrong += matcher.matchText(text).filter(({ entryId }) => !said.includes(` ${folded.get(entryId)} `)).length;
		}
	}
	return {
		name: `terms found where they are not, ${name}, of ${pairs} pairs`,
		value: (100 * wrong) / pairs,
		unit: "%",
		aim: { atMost: mostFalse, of: "value" },
	};
}
