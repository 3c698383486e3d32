// Which changed copies of texts are still found, and what else is.

import { radiiOf, textHashTypes } from "../../../services/core/hashes/hash-type.ts";
import { type TextForm, textMakers } from "../../../services/core/hashes/makers.ts";
import { simhashText } from "../../../services/core/hashes/simhash/text-simhash.ts";
import { distanceWithin, hashWords, toWords } from "../../../services/core/index/hamming-index.ts";
import { textVariants } from "../../../services/core/text/text-variants.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { isAlike, some } from "./alike.ts";
import { containedFigures } from "./contained.ts";
import { type Corpus, readCorpora } from "./corpora.ts";
import { createChance, edits } from "./edits.ts";

const values = readOptions("npm run bench:texts -- [--json]", { json: { type: "boolean", default: false } });
const mostEdited = 400;
const mostCompared = 1_500;
/** A long text holds nobody up. */
const mostOfLongMs = 10;
const { tightRadiusBits: tight, wideRadiusBits: wide } = radiiOf("text-simhash", {
	tightRadiusBits: 0,
	wideRadiusBits: 0,
});
/** Changes that folding undoes, percent. */
const aims: Readonly<Record<string, number>> = {
	"capitals and other punctuation": 99,
	"look-alike letters": 99,
	"invisible characters, of all there are": 99,
	"diacritics removed": 99,
};

interface Hashed {
	readonly text: string;
	readonly words: Int32Array;
}

const figures: Figure[] = [];
const corpora = readCorpora();
for (const corpus of corpora) {
	figures.push(...recall(corpus), ...falseMatches(corpus));
}
figures.push(...containedFigures(corpora), ...cost());
process.exitCode = report(`texts: near-duplicate hash, radii ${tight} and ${wide} bits`, figures, values.json);

function recall({ name, texts }: Corpus): readonly Figure[] {
	const sample = some(texts, mostEdited).flatMap((text) => hashed(text) ?? []);
	const vocabulary = [...new Set(texts.flatMap((text) => text.match(/\p{L}{2,}/gu) ?? []))];
	return Object.entries(edits).map(([edit, change]) => {
		const chance = createChance(1);
		const distances = sample.map(({ text, words }) => {
			const copy = hashed(change(text, vocabulary, chance));
			return copy === null ? 256 : distance(words, copy.words);
		});
		const within = (radius: number) => (100 * distances.filter((bits) => bits <= radius).length) / sample.length;
		return {
			name: `${name}: ${edit}`,
			value: within(wide),
			unit: "%",
			peer: { name: `within ${tight} bits`, value: within(tight) },
			aim: aims[edit] === undefined ? null : { atLeast: aims[edit], of: "value" },
		};
	});
}

function falseMatches({ name, texts }: Corpus): readonly Figure[] {
	const sample = some(texts, mostCompared).flatMap((text) => hashed(text) ?? []);
	let found = 0;
	let alike = 0;
	let beyond = 0;
	for (const [at, one] of sample.entries())
		for (let other = at + 1; other < sample.length; other += 1) {
			const two = sample[other];
			if (two === undefined) continue;
			const bits = distance(one.words, two.words);
			if (bits > wide + 9) continue;
			if (isAlike(one.text, two.text)) alike += bits <= wide ? 1 : 0;
			else if (bits <= wide) found += 1;
			else beyond += 1;
		}
	const pairs = (sample.length * (sample.length - 1)) / 2;
	return [
		{
			name: `${name}: false matches among ${pairs} pairs (${alike} more have most words in common)`,
			value: found,
			unit: "",
			peer: { name: `at ${wide + 1} to ${wide + 9} bits`, value: beyond },
			aim: { atMost: 0, of: "value" },
		},
	];
}

function cost(): readonly Figure[] {
	const text = "The reading room on the second floor is closed for repairs until the end of the month. ";
	const long = (times: number) => Array.from({ length: times }, (_, at) => `${at} ${text}`).join("");
	const hashing = [2, 115].map((times) => {
		const told = long(times);
		const ms = processorMs(20_000 / times, () => simhashText(told));
		return { name: `hashing ${told.length} characters`, value: ms * 1_000, unit: "µs", aim: null };
	});
	const posts = some(corpora[0]?.texts ?? [text], mostEdited);
	const document = long(1_100).slice(0, 100_000);
	return [
		...hashing,
		{
			name: "looking for disguise in a post, all forms",
			value: processorMs(10 * posts.length, (round) => textVariants(posts[round % posts.length] ?? "")) * 1_000,
			unit: "µs of processor",
			aim: null,
		},
		{
			name: "all forms and hashes of 100 000 characters",
			value: processorMs(20, () => allHashes(document)),
			unit: "ms of processor",
			aim: { atMost: mostOfLongMs, of: "value" },
		},
	];
}

function allHashes(text: string): number {
	const forms: readonly TextForm[] = [{ transform: "none", text }, ...textVariants(text)];
	return textHashTypes.reduce((count, type) => count + textMakers[type].queries(forms).length, 0);
}

/** For one round, once warm: less is disturbed by what else the machine does than time is. */
function processorMs(rounds: number, work: (round: number) => unknown): number {
	for (let round = 0; round < rounds / 4; round += 1) work(round);
	const before = process.cpuUsage();
	for (let round = 0; round < rounds; round += 1) work(round);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000 / rounds;
}

function hashed(text: string): Hashed | null {
	const hash = simhashText(text);
	if (hash === null) return null;
	const words = new Int32Array(hashWords);
	toWords(hash, words, 0);
	return { text, words };
}

function distance(a: Int32Array, b: Int32Array): number {
	return distanceWithin(a, b, 256);
}
