// Which known texts are found in which disguise, by all hashes of texts together and as the detector looks them up; and how often one text
// in disguise is taken for another.
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { textHashTypes } from "../../../services/core/hashes/hash-type.ts";
import { textMakers } from "../../../services/core/hashes/makers.ts";
import { newBank, newEntry } from "../../support/bank-fixtures.ts";
import type { Figure } from "../report.ts";
import { isPartOf, some } from "./alike.ts";
import type { Corpus } from "./corpora.ts";
import { type Disguise, disguises, slips } from "./disguises.ts";
import { type Chance, createChance, unseen } from "./edits.ts";
import { vietnameseDisguises } from "./vietnamese-disguises.ts";

const mostKnown = 200;
const mostOthers = 1_300;
/** Held out: none of the tests draws from it, and nothing was adjusted to what it draws. */
const seed = 20_261_128;
const leastRecall = 99;
const leastAfterSlips = 98;
const unseenBetween: Disguise = (text, chance) =>
	[...text].map((one) => (chance(3) === 0 ? one + (unseen[chance(unseen.length)] ?? "") : one)).join("");

/** All that leaves each letter readable. */
export const whole: Readonly<Record<string, Disguise>> = {
	"characters that show nothing": unseenBetween,
	...disguises,
	...vietnameseDisguises,
};

type Matcher = ReturnType<typeof matcherOf>;

export function disguisedFigures(corpora: readonly Corpus[]): readonly Figure[] {
	return corpora
		.filter(({ name }) => name === "single sentences" || name === "Vietnamese messages")
		.flatMap(({ name, texts }) => {
			const sentences = texts.filter((text) => text.length <= 200 && !/[%\n<\\]/.test(text));
			const known = some(sentences, mostKnown);
			const others = some(
				sentences.filter((text) => !known.includes(text)),
				mostOthers,
			).filter((text) => !known.some((one) => isPartOf(one, text)));
			const matcher = matcherOf(known);
			const recalled = Object.entries({ ...whole, ...slips }).map(([kind, disguise]) =>
				recall(`${name} found: ${kind}`, known, matcher, disguise, kind in slips),
			);
			return [...recalled, falseJoins(name, known.length, others, matcher)];
		});
}

function matcherOf(known: readonly string[]) {
	const bank = newBank();
	const matcher = createBankMatcher({ clock: { now: () => Date.UTC(2026, 10, 28) } });
	matcher.apply({ sequence: 1, kind: "bank", bank });
	for (const text of known)
		for (const hashType of textHashTypes) {
			const hash = textMakers[hashType].hash(text);
			if (hash !== null) matcher.apply({ sequence: 2, kind: "entry", entry: newEntry(bank.id, { hashType, hash }) });
		}
	return matcher;
}

function recall(name: string, known: readonly string[], matcher: Matcher, disguise: Disguise, isSlip: boolean): Figure {
	const chance = createChance(seed);
	const found = known.filter((text) => matcher.matchText(disguise(text, chance)).length > 0).length;
	return {
		name,
		value: (100 * found) / known.length,
		unit: "%",
		aim: { atLeast: isSlip ? leastAfterSlips : leastRecall, of: "value" },
	};
}

/** Each of the others as it is and in three disguises, against every known text. */
function falseJoins(corpus: string, known: number, others: readonly string[], matcher: Matcher): Figure {
	const chance = createChance(seed);
	const kinds = Object.values({ ...whole, ...slips });
	const drawn = (text: string, draw: Chance) => (kinds[draw(kinds.length)] ?? ((one) => one))(text, draw);
	const asked = others.flatMap((text) => [text, ...[1, 2, 3].map(() => drawn(text, chance))]);
	return {
		name: `${corpus}: joined with another, of ${asked.length} texts against ${known} each (${asked.length * known} pairs)`,
		value: asked.filter((text) => matcher.matchText(text).length > 0).length,
		unit: "",
		aim: { atMost: 0, of: "value" },
	};
}
