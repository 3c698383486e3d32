// node dist/models/evaluate/texts.js [--benign NAME=FILE …] [--json FILE]
// Measures the text model: how far it is from its original on the committed sentences, what a text costs, and how many harmless
// texts (one a line) it holds for offensive. Nothing of the texts goes into the results.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { openTextScorer } from "../../services/adapters/tensorflow/load-text-model.ts";
import { normalizeText } from "../../services/core/hashes/text/text-hash.ts";
import { atThresholds } from "../../services/core/scoring/evaluation.ts";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";

const id = "alt-profanity-check";
const thresholds = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999];

const { values } = parseArgs({
	options: { benign: { type: "string", multiple: true, default: [] }, json: { type: "string" } },
});
const scorer = await openTextScorer(fromPackageRoot("models"), id);

/** As the detector asks: of the text as people read it. Null where the model has no opinion. */
function probabilityOf(text: string): number | null {
	const result = scorer.score(normalizeText(text));
	if (result.kind === "unavailable") throw new Error("a text could not be scored");
	return result.kind === "scored" ? (result.labels.Offensive ?? null) : null;
}

function largestDifference(): number {
	const read = (name: string) => JSON.parse(readFileSync(fromPackageRoot("test", "fixtures", "scoring", name), "utf8"));
	const texts: readonly string[] = read("texts.json");
	const { probabilities }: { readonly probabilities: readonly number[] } = read(`${id}.json`);
	const differences = texts.map((text, at) => {
		// The original was asked of the texts as they are.
		const result = scorer.score(text);
		return result.kind === "scored" ? Math.abs((result.labels.Offensive ?? Number.NaN) - (probabilities[at] ?? 0)) : 0;
	});
	return Math.max(...differences);
}

function measureCorpus(argument: string) {
	const [corpus = "", file = ""] = argument.split("=", 2);
	const texts = readFileSync(file, "utf8").split("\n").filter(Boolean);
	const started = performance.now();
	const probabilities = texts.map(probabilityOf);
	const microsecondsPerText = ((performance.now() - started) * 1_000) / texts.length;
	const scores = probabilities.flatMap((probability) =>
		probability === null ? [] : [{ probability, isPositive: false }],
	);
	return {
		corpus,
		texts: texts.length,
		meanCharacters: texts.reduce((sum, text) => sum + text.length, 0) / texts.length,
		withoutOpinion: texts.length - scores.length,
		microsecondsPerText,
		falsePositives: atThresholds(scores, thresholds).map(({ threshold, falsePositives }) => ({
			threshold,
			...falsePositives,
		})),
	};
}

const evaluation = {
	date: new Date().toISOString().slice(0, 10),
	machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown CPU"}, Node ${process.version}`,
	model: `${scorer.info.model}@${scorer.info.version}`,
	largestDifferenceFromOriginal: largestDifference(),
	corpora: values.benign.map(measureCorpus),
};
const rounded = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(4)) : value);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(evaluation, rounded, "\t")}\n`);
process.stdout.write(
	`${evaluation.model}: the largest difference from the original is ${evaluation.largestDifferenceFromOriginal.toExponential(1)}\n`,
);
for (const { corpus, texts, microsecondsPerText, falsePositives } of evaluation.corpora) {
	const rates = falsePositives.map(({ threshold, count, of }) => `≥ ${threshold}: ${count}/${of}`);
	process.stdout.write(`${corpus}: ${texts} texts, ${microsecondsPerText.toFixed(1)} µs each; ${rates.join(", ")}\n`);
}
if (!(evaluation.largestDifferenceFromOriginal <= 1e-4)) process.exitCode = 1;
