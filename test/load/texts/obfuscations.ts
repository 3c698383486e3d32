// What disguise hides and what it joins: known texts and terms found in disguises drawn from seeds that no test uses, and ordinary
// sentences that would be taken for one another.

import { normalizeText } from "../../../services/core/hashes/text/text-hash.ts";
import { textVariants } from "../../../services/core/text/text-variants.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { some } from "./alike.ts";
import { type Corpus, readCorpora } from "./corpora.ts";
import { disguisedFigures } from "./disguised.ts";
import { languageFigures } from "./languages.ts";
import { obfuscatedTerms } from "./obfuscated-terms.ts";

const values = readOptions("npm run bench:obfuscations -- [--json]", { json: { type: "boolean", default: false } });
const corpora = readCorpora();
const figures = [
	...disguisedFigures(corpora),
	...obfuscatedTerms(corpora),
	...corpora.slice(1, 3).map(joined),
	...languageFigures(corpora),
];
process.exitCode = report("texts and terms in disguise", figures, values.json);

/** Pairs of different sentences that have a form in common. */
function joined({ name, texts }: Corpus): Figure {
	const plain = new Set(texts.map(normalizeText));
	const sentences = some(
		[...plain].filter((text) => text.length <= 200),
		1_500,
	);
	const byForm = new Map<string, number[]>();
	for (const [at, sentence] of sentences.entries()) {
		const wholes = textVariants(sentence).filter(({ transform }) => transform !== "excerpt");
		for (const form of new Set([sentence, ...wholes.map(({ text }) => normalizeText(text))]))
			byForm.set(form, [...(byForm.get(form) ?? []), at]);
	}
	const pairs = new Set(
		[...byForm.values()].flatMap((all) => all.flatMap((one, at) => all.slice(at + 1).map((two) => `${one} ${two}`))),
	);
	const all = (sentences.length * (sentences.length - 1)) / 2;
	return {
		name: `${name}: sentences with a form in common, of ${all} pairs`,
		value: (100 * pairs.size) / all,
		unit: "%",
		aim: { atMost: 0.1, of: "value" },
	};
}
