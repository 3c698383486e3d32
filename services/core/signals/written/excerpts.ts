// What people are shown of words that a machine read in a picture, or that are typed in a document: of each that banks or a model named, the
// part that it named with what stands around it. The rest of the text is kept nowhere.
import { storable } from "../../text/storable.ts";
import type { MatchedSignal } from "../matched/matched.ts";
import type { ScoredSignal } from "../scored/scored.ts";
import { nameOf, strength } from "./gather-written.ts";
import type { WordExcerpt } from "./word-excerpt.ts";
import { type WrittenPlace, type WrittenSignal, writtenSignal } from "./written.ts";

/** A signal of words, with the part of them that it is about. */
export interface Quoted {
	readonly signal: WrittenSignal;
	readonly excerpt: WordExcerpt;
}

/** Letters before and behind a term or a link. */
const around = 300;
const longestExcerpt = 5_000;
const mostExcerpts = 8;

/** `piece`: the text that was looked up. Where nobody says where in it, it is the whole of it. */
function excerptOf(
	piece: string,
	says: MatchedSignal | ScoredSignal,
	{ within = [], isTyped }: WrittenPlace,
): WordExcerpt {
	const places = says.kind === "matched" ? (says.match.places ?? []) : [];
	const [first] = places;
	const from = first === undefined ? 0 : Math.max(0, first.from - around);
	const to = Math.min(piece.length, from + longestExcerpt, first === undefined ? piece.length : first.to + around);
	const shown = places.filter((one) => one.from >= from && one.to <= to);
	return {
		path: within[0] ?? null,
		isTyped: isTyped === true,
		text: storable(piece.slice(from, to)),
		places: shown.map((one) => ({ from: one.from - from, to: one.to - from })),
	};
}

/** What was said of the piece, as a signal of the file, with the part that it is about. `version` of what read it. */
export function quote(
	says: MatchedSignal | ScoredSignal,
	piece: string,
	{ version, ...place }: WrittenPlace & { readonly version: string },
): Quoted {
	return { signal: writtenSignal(says, version, place), excerpt: excerptOf(piece, says, place) };
}

/** The strongest of each entry, and of each category of a model; what says most first, and no words twice. */
export function chooseExcerpts(quoted: readonly Quoted[]): readonly WordExcerpt[] {
	const chosen = new Map<string, WordExcerpt>();
	const named = new Set<string>();
	for (const { signal, excerpt } of quoted.toSorted((a, b) => strength(a.signal) - strength(b.signal))) {
		const name = nameOf(signal);
		if (named.has(name)) continue;
		named.add(name);
		const { path, isTyped, text } = excerpt;
		const key = JSON.stringify([path, isTyped, text]);
		const { places = [] } = chosen.get(key) ?? {};
		if (chosen.has(key) || chosen.size < mostExcerpts)
			chosen.set(key, { path, isTyped, text, places: [...places, ...excerpt.places] });
	}
	return [...chosen.values()];
}
