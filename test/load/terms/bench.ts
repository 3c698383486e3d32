// How fast terms are found in texts, beside an Aho–Corasick automaton over the same terms; how soon a list's change is seen; and that no
// list or text makes it slow. Terms are runs of words of the corpora themselves, which are harmless, and of words made up.

import { randomBytes } from "node:crypto";
import { type BankEntry, newBankDefaults, usualVideoShares } from "../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { hashLink } from "../../../services/core/hashes/link/link-hash.ts";
import { readWords } from "../../../services/core/hashes/term/read-words.ts";
import { hashTerm, termsHeld } from "../../../services/core/hashes/term/term-hash.ts";
import { bankId, entryId, uuidv7 } from "../../../services/core/ids.ts";
import { createTermIndex } from "../../../services/core/index/term-index.ts";
import { readChannels } from "../../../services/core/text/text-channels.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { readCorpora } from "../texts/corpora.ts";
import { createChance } from "../texts/edits.ts";
import { createAutomaton } from "./automaton.ts";

const values = readOptions("npm run bench:terms -- [--json]", { json: { type: "boolean", default: false } });
const termCount = 100_000;
const linkCount = 1_000_000;
const textLength = 100_000;

const bank = {
	...newBankDefaults,
	id: bankId.parse(uuidv7(0)),
	name: "terms",
	kind: "known",
	category: "demonstration",
} as const;

const corpora = readCorpora();
const english = longText("long documents");
const vietnamese = longText("Vietnamese messages");
const terms = madeTerms();

const figures = [...speed(), ...normalizing(), ...changes(), ...bombs(), links()];
process.exitCode = report(`terms: ${terms.length} of them; links`, figures, values.json);

function longText(name: string): string {
	const texts = corpora.find((corpus) => corpus.name === name)?.texts ?? [];
	return texts.join("\n").slice(0, textLength);
}

/** One in a hundred stands in the texts; the others are of the same words, in another order. */
function madeTerms(): readonly string[] {
	const chance = createChance(7);
	const words = `${english} ${vietnamese}`.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
	const pick = () => words[chance(words.length)] ?? "";
	const made = new Set<string>();
	while (made.size < termCount) {
		const at = chance(words.length);
		const length = 2 + chance(3);
		made.add(chance(100) === 0 ? words.slice(at, at + length).join(" ") : Array.from({ length }, pick).join(" "));
	}
	return [...made];
}

function speed(): readonly Figure[] {
	const index = createTermIndex();
	for (const [at, term] of terms.entries()) {
		const hash = hashTerm(term);
		if (typeof hash !== "string") index.add(at, hash);
	}
	const automaton = createAutomaton(terms);
	return [
		["English", english],
		["Vietnamese", vietnamese],
	].flatMap(([name = "", text = ""]) => {
		const bytes = Buffer.byteLength(text);
		const words = readWords(text);
		const channels = readChannels(text);
		const mbPerS = (ms: number) => bytes / 1_000 / ms;
		const find = () => termsHeld(words, index.mayHold).filter(({ hash }) => index.find(hash).length > 0).length;
		return [
			{
				name: `${name}: looked up among ${terms.length}, of words that were read`,
				value: mbPerS(processorMs(40, find)),
				unit: "MB/s of processor",
				peer: {
					name: "Aho–Corasick, both channels",
					value: mbPerS(processorMs(40, () => automaton.count(channels.marked) + automaton.count(channels.plain))),
				},
				aim: { atLeast: 20, of: "value" } as const,
			},
			{
				name: `${name}: from the text as it came`,
				value: mbPerS(processorMs(40, () => termsHeld(readWords(text), index.mayHold).length)),
				unit: "MB/s of processor",
				aim: null,
			},
		];
	});
}

function normalizing(): readonly Figure[] {
	return [
		["English", english],
		["Vietnamese", vietnamese],
	].map(([name = "", text = ""]) => ({
		name: `${name}: both channels with offsets, ${text.length} characters`,
		value: processorMs(40, () => readChannels(text)),
		unit: "ms of processor",
		peer: {
			name: "String.normalize, lower case, once",
			value: processorMs(40, () => text.normalize("NFKC").toLowerCase()),
		},
		aim: { atMost: 10, of: "value" } as const,
	}));
}

function listing(listed: readonly string[]) {
	const matcher = createBankMatcher({ clock: { now: () => Date.now() } });
	const others = { owner: null, expiresAt: null, videoShares: usualVideoShares };
	const settings = { ...bank, ...others, sources: [], allowedChange: { share: 1, addedEntries: 0 } };
	matcher.apply({ sequence: 0, kind: "bank", bank: settings });
	for (const term of listed) matcher.apply({ sequence: 0, kind: "entry", entry: entryOf(term) });
	return matcher;
}

function entryOf(term: string): BankEntry {
	const hash = hashTerm(term);
	if (typeof hash === "string") throw new Error("a term of the bench is none");
	const opinions = [{ source: "bench", kind: "positive" }] as const;
	const id = entryId.parse(uuidv7(Date.now()));
	return { id, bankId: bank.id, hashType: "text-term", hash, quality: null, opinions, isQuarantined: false };
}

function changes(): readonly Figure[] {
	const matcher = listing(terms);
	const post = vietnamese.slice(0, 300);
	let at = 0;
	return [
		{
			name: `a term added among ${terms.length}, and found in the next text`,
			value: processorMs(500, () => {
				at += 1;
				matcher.apply({ sequence: 0, kind: "entry", entry: entryOf(`placeholder ${at}`) });
				if (!matcher.matchText(`a placeholder ${at}`).some(({ transform }) => transform === "none"))
					throw new Error("it was not found");
			}),
			unit: "ms of processor",
			aim: { atMost: 1_000, of: "value" },
		},
		{
			name: "a post of 300 characters, in all its forms",
			value: processorMs(500, () => matcher.matchText(post)) * 1_000,
			unit: "µs of processor",
			aim: null,
		},
	];
}

function bombs(): readonly Figure[] {
	const letters = Array.from({ length: 1_000 }, (_, at) => "a".repeat(at + 1));
	const prefixes = listing(letters.flatMap((one) => letters.slice(0, 100).map((other) => `${one} ${other}`)));
	return [
		["one letter", "a".repeat(textLength)],
		["one letter and spaces", "a ".repeat(textLength / 2)],
		["words of one letter, ever longer", letters.join(" ").slice(0, textLength)],
	].map(([name = "", text = ""]) => ({
		name: `100 000 terms that begin alike, and ${text.length} characters of ${name}`,
		value: processorMs(5, () => prefixes.matchText(text)),
		unit: "ms of processor",
		aim: { atMost: 100, of: "value" } as const,
	}));
}

/** Prefixes are random numbers, but for that of the link that is looked up. */
function links(): Figure {
	const matcher = listing([]);
	const bytes = randomBytes(4 * linkCount);
	for (let at = 0; at < linkCount; at += 1)
		matcher.apply({ sequence: 0, kind: "entry", entry: prefixOf(bytes.subarray(4 * at, 4 * at + 4)) });
	const listed = hashLink("listed.example");
	if (typeof listed === "string") throw new Error("it is an address");
	matcher.apply({ sequence: 0, kind: "entry", entry: prefixOf(listed.subarray(0, 4)) });
	const post = `${english.slice(0, 200)} https://www.listed.example/a/b/c?d=1 ${english.slice(200, 300)}`;
	if (matcher.matchText(post).length === 0) throw new Error("it was not found");
	return {
		name: `a post with a link, among ${linkCount} prefixes`,
		value: processorMs(500, () => matcher.matchText(post)) * 1_000,
		unit: "µs of processor",
		aim: null,
	};
}

function prefixOf(prefix: Uint8Array): BankEntry {
	const opinions = [{ source: "bench", kind: "positive" }] as const;
	const hash = Uint8Array.from(prefix);
	const id = entryId.parse(uuidv7(Date.now()));
	return { id, bankId: bank.id, hashType: "link-prefix", hash, quality: null, opinions, isQuarantined: false };
}

/** For one round, once warm. */
function processorMs(rounds: number, work: () => unknown): number {
	for (let round = 0; round < rounds / 4; round += 1) work();
	const before = process.cpuUsage();
	for (let round = 0; round < rounds; round += 1) work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000 / rounds;
}
