// Which terms of banks a text holds, and where. A term within a phrase that a bank of harmless ones knows does not count there, but
// elsewhere in the same text it does. What a term comes to is policy's to say.

import { partsOf } from "../hashes/hash-forms.ts";
import type { TextForm } from "../hashes/makers.ts";
import { readWords, type Words } from "../hashes/term/read-words.ts";
import { marksOf, termsHeld, type WordRun } from "../hashes/term/term-hash.ts";
import type { BankEntry, Match, Transform } from "./bank.ts";
import type { EntryTable } from "./entry-table.ts";
import { longestSearched, type Place, placeInDisguise } from "./place-in-disguise.ts";

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
	const written = forms[0]?.text ?? "";
	let searched = written.length > longestSearched ? mostSearched : 0;
	/** Nobody knows where in the text that stands which another form has, until it is looked for there. */
	const placesInDisguise = ([run]: readonly WordRun[]): readonly Place[] => {
		if (run === undefined || searched === mostSearched) return [];
		searched += 1;
		return [placeInDisguise(written, (form) => isHeldIn(form, run.hash))];
	};
	for (const { transform, text } of forms) {
		if (transform === "excerpt") continue;
		const words = readWords(text);
		const found = findIn(words, terms, (entry, marks) =>
			answer(entry, { transform: marks === "none" ? "withoutMarks" : transform }),
		);
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

function findIn(
	words: Words,
	terms: EntryTable["terms"],
	answer: (entry: BankEntry, marks: "same" | "none") => Match | null,
): readonly Found[] {
	/** By hash: what it leads to, so that a term said ten thousand times is looked up once. */
	const known = new Map<string, readonly Found[]>();
	for (const run of termsHeld(words, terms.mayHold)) {
		const key = keyOf(run.hash);
		const found =
			known.get(key) ??
			terms.find(run.hash).flatMap((entry): Found[] => {
				const marks = marksOf(run.hash, entry.hash);
				const match = marks === null ? null : answer(entry, marks);
				return match === null ? [] : [{ match, runs: [] }];
			});
		known.set(key, found);
		for (const one of found) one.runs.push(run);
	}
	return [...known.values()].flat();
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
