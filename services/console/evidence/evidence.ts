// Signals as people see them: asks each kind's part, and knows no kind itself.

import type { Segment } from "../../core/items/segment.ts";
import type { Ground } from "../../core/policy/verdict.ts";
import type { Signal } from "../../core/signals/signal.ts";
import type { NamedEntry } from "../../core/signals/signal-kind.ts";
import type { WireSignal } from "../../core/wire/review-case.ts";
import type { Dictionary } from "../language/dictionary.ts";
import type { LanguageCode } from "../language/language-code.ts";
import type { EvidencePart, ReasonWords, Shown } from "./evidence-part.ts";
import { contextWords } from "./ground-words.ts";

export type EvidenceParts = Readonly<Record<string, EvidencePart<Signal>>>;

export interface Evidence {
	/** Null where this page knows no such kind, or not its shape: the server is newer than the page. */
	read(signal: WireSignal): { readonly part: EvidencePart<Signal>; readonly shown: Shown<Signal> } | null;
	sentence(signal: WireSignal, words: Dictionary, language: LanguageCode): string | null;
	/** What says most comes first. */
	byWeight(a: WireSignal, b: WireSignal): number;
	entryOf(signal: WireSignal): NamedEntry | null;
	/** Where in a video it was found, and counted; empty where the whole is meant. */
	segmentsOf(signal: WireSignal): readonly Segment[];
	/** Why a signal did not count, or not for more; a code where nobody has words for it. */
	reasons(signal: WireSignal, ground: Ground, language: LanguageCode): readonly string[];
}

export function createEvidence(parts: EvidenceParts): Evidence {
	const read: Evidence["read"] = ({ ground, ...signal }) => {
		const part = Object.hasOwn(parts, signal.kind) ? parts[signal.kind] : undefined;
		const parsed = part?.kind.schema.safeParse(signal);
		return part === undefined || !parsed?.success ? null : { part, shown: { signal: parsed.data, ground } };
	};
	const rankOf = (signal: WireSignal): readonly number[] => {
		const found = read(signal);
		return found === null ? unknownRank : found.part.rank(found.shown);
	};
	return {
		read,
		sentence(signal, words, language) {
			const found = read(signal);
			return found === null ? null : found.part.sentence(found.shown, words, language);
		},
		byWeight(a, b) {
			const [first, second] = [rankOf(a), rankOf(b)];
			const at = first.findIndex((rank, index) => rank !== (second[index] ?? 0));
			return at === -1 ? 0 : (first[at] ?? 0) - (second[at] ?? 0);
		},
		entryOf(signal) {
			const found = read(signal);
			return found === null ? null : found.part.kind.entryOf(found.shown.signal);
		},
		segmentsOf(signal) {
			const found = read(signal);
			const counts = signal.ground?.tier !== "none";
			return found === null || !counts ? [] : found.part.kind.segmentsOf(found.shown.signal);
		},
		reasons(signal, { reasons, limits }, language) {
			const words: ReasonWords["en"] = { ...contextWords[language], ...read(signal)?.part.reasons[language] };
			return reasons.map((code) => words[code]?.(limits) ?? code);
		},
	};
}

/** Behind what people are asked about, before what changes nothing. */
const unknownRank = [3];
