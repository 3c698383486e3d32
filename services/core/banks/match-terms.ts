// Which terms of banks a text holds, and where. A term within a phrase that a bank of harmless ones knows does not count there, but
// elsewhere in the same text it does. What a term comes to is policy's to say.

import { partsOf } from "../hashes/hash-forms.ts";
import type { TextForm } from "../hashes/makers.ts";
import { readWords, type Words } from "../hashes/term/read-words.ts";
import { marksOf, termsHeld, type WordRun } from "../hashes/term/term-hash.ts";
import { newTogetherLeft, termsRunTogether } from "../hashes/term/terms-run-together.ts";
import type { BankEntry, Match, Opinion, Transform } from "./bank.ts";
import type { EntryTable } from "./entry-table.ts";
import { longestSearched, type Place, placeInDisguise } from "./place-in-disguise.ts";
import { isConditional, readSurroundings, type Surroundings } from "./term-surroundings.ts";

/** The places of one term that people are shown. */
const mostPlaces = 8;
/** The terms of one text that are looked for once more, to show where they stand in disguise. */
const mostSearched = 2;

interface Found {
	readonly match: Match;
	readonly runs: WordRun[];
}

/** One match an entry; the first of the forms in which it is found speaks for it. */
export function matchTerms(
	forms: readonly TextForm[],
	terms: EntryTable["terms"],
	answer: (entry: BankEntry, how: { readonly transform: Transform }) => Match | null,
): readonly Match[] {
	const matches = new Map<string, Match>();
	const left = newTogetherLeft();
	const written = forms[0]?.text ?? "";
	let searched = written.length > longestSearched ? mostSearched : 0;
	/** Nobody knows where in the text that stands which another form has, until it is looked for there. */
	const placesInDisguise = ([run]: readonly WordRun[]): readonly Place[] => {
		if (run === undefined || searched === mostSearched) return [];
		searched += 1;
		const place = placeInDisguise(written, (form) => isHeldIn(form, run.hash));
		return place === null ? [] : [place];
	};
	for (const { transform, text, isGuessed = false } of forms) {
		if (transform === "excerpt" || isGuessed) continue;
		const words = readWords(text);
		const answerAs =
			(how: Transform): AnswerTo =>
			(entry, marks) =>
				answer(entry, { transform: marks === "none" ? "withoutMarks" : how });
		const together = termsRunTogether(text, words, terms.mayHold, left);
		const found = [
			...findIn({ text, words, runs: termsHeld(words, terms.mayHold) }, terms, answerAs(transform)),
			...(together.length === 0 ? [] : findIn({ text, words, runs: together }, terms, answerAs("respelled"))),
		];
		const allowed = reachOf(words, found);
		for (const { match, runs } of found) {
			if (match.bankKind === "exempt" || matches.has(match.entryId)) continue;
			const open = runs.filter(({ from, to }) => (allowed[from] ?? 0) < to);
			if (open.length === 0) continue;
			const places =
				transform === "none" ? open.slice(0, mostPlaces).map((run) => placeOf(words, run)) : placesInDisguise(open);
			matches.set(match.entryId, { ...match, places });
		}
	}
	return [...matches.values()];
}

type AnswerTo = (entry: BankEntry, marks: "same" | "none") => Match | null;

/** An entry that counts in some places only, before it is known in which. */
interface Conditional {
	readonly entry: BankEntry;
	readonly marks: "same" | "none";
	readonly runs: WordRun[];
}

function findIn(
	{ text, words, runs }: { readonly text: string; readonly words: Words; readonly runs: readonly WordRun[] },
	terms: EntryTable["terms"],
	answer: AnswerTo,
): readonly Found[] {
	/** By hash: what it leads to, so that a term said ten thousand times is looked up once. */
	const known = new Map<string, readonly (Found | Conditional)[]>();
	for (const run of runs) {
		const key = keyOf(run.hash);
		const found =
			known.get(key) ??
			terms.find(run.hash).flatMap((entry): (Found | Conditional)[] => {
				const marks = marksOf(run.hash, entry.hash);
				if (marks === null) return [];
				if (isConditional(entry.opinions)) return [{ entry, marks, runs: [] }];
				const match = answer(entry, marks);
				return match === null ? [] : [{ match, runs: [] }];
			});
		known.set(key, found);
		for (const one of found) one.runs.push(run);
	}
	const all = [...known.values()].flat();
	const conditional = all.filter((one) => "entry" in one);
	if (conditional.length === 0) return all.filter((one) => "match" in one);
	const asked = conditional.flatMap(({ entry }) => entry.opinions);
	const surroundings = readSurroundings(text, words, asked);
	return all.flatMap((one) => ("match" in one ? [one] : foundWhere(one, surroundings, answer)));
}

/** A finding for each set of sources that speak in some of the places; the one of most sources first. */
function foundWhere({ entry, marks, runs }: Conditional, surroundings: Surroundings, answer: AnswerTo): Found[] {
	const bySources = new Map<string, { readonly opinions: readonly Opinion[]; readonly runs: WordRun[] }>();
	for (const run of runs) {
		const opinions = surroundings.speaking(entry.opinions, run);
		const key = opinions.map(({ source }) => source).join("\n");
		const known = bySources.get(key);
		if (known === undefined) bySources.set(key, { opinions, runs: [run] });
		else known.runs.push(run);
	}
	const found = [...bySources.values()].flatMap(({ opinions, runs: held }): Found[] => {
		const match = answer({ ...entry, opinions }, marks);
		const only = opinions.flatMap(({ kind, only: condition }) => (kind === "positive" && condition) || []);
		return match === null ? [] : [{ match: only.length === 0 ? match : { ...match, only }, runs: held }];
	});
	return found.toSorted((a, b) => b.match.positiveSources - a.match.positiveSources);
}

function isHeldIn(form: string, hash: Uint8Array): boolean {
	const key = keyOf(hash);
	const [first] = partsOf(hash);
	return termsHeld(readWords(form), (asked) => asked >>> 0 === (first ?? 0) >>> 0).some(
		(run) => keyOf(run.hash) === key,
	);
}

function keyOf(hash: Uint8Array): string {
	return String.fromCharCode(...hash);
}

/** By word, how far a harmless phrase reaches that begins there or before. */
function reachOf({ count }: Words, found: readonly Found[]): Uint32Array {
	const reach = new Uint32Array(count);
	for (const { match, runs } of found) {
		const isAllowed =
			match.bankKind === "exempt" && !match.shadow && match.standing === "confirmed" && !match.isQuarantined;
		if (isAllowed) for (const { from, to } of runs) reach[from] = Math.max(reach[from] ?? 0, to);
	}
	for (let at = 1; at < count; at += 1) reach[at] = Math.max(reach[at] ?? 0, reach[at - 1] ?? 0);
	return reach;
}

function placeOf({ from, to }: Words, run: WordRun) {
	return { from: from[run.from] ?? 0, to: to[run.to - 1] ?? 0 };
}
