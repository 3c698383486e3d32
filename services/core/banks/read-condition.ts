// Where a term counts, as a list or a command says it, and back: a language, other words, and how far they may be.
import { toHex } from "../hashes/hash-hex.ts";
import { hashTerm } from "../hashes/term/term-hash.ts";
import { mostOthers, mostWordsAway, type TermCondition, termLanguages } from "./term-condition.ts";

/** How far the other words may be where nobody says. */
const usualWordsAway = 10;

export interface SaidCondition {
	readonly language?: string | undefined;
	/** Other terms, in words or as hashes in hex. */
	readonly context?: readonly string[] | undefined;
	/** So many words both ways. */
	readonly within?: number | undefined;
	/** So many words one way; none the other way where that is not said. */
	readonly before?: number | undefined;
	readonly after?: number | undefined;
}

/** Undefined where nothing is said; the name of what is wrong where something is. */
export function readCondition(said: SaidCondition): TermCondition | undefined | keyof SaidCondition {
	const { context = [], within, before, after } = said;
	const language = termLanguages.find((one) => one === said.language?.trim().toLowerCase());
	if (said.language !== undefined && language === undefined) return "language";
	const wrong = (["within", "before", "after"] as const).find((field) => !isDistance(said[field]));
	if (wrong !== undefined) return wrong;
	const ofLanguage = language === undefined ? {} : { language };
	if (context.length === 0) {
		if (within !== undefined || before !== undefined || after !== undefined) return "context";
		return language === undefined ? undefined : ofLanguage;
	}
	const terms = context.flatMap((words) => hashOfOther(words) ?? []);
	if (terms.length < context.length || terms.length > mostOthers) return "context";
	const isOneWay = within === undefined && (before !== undefined || after !== undefined);
	const usual = isOneWay ? 0 : (within ?? usualWordsAway);
	return { ...ofLanguage, beside: { terms, before: before ?? usual, after: after ?? usual } };
}

/** By the names that {@link readCondition} reads. */
export function saidCondition({ language, beside }: TermCondition): SaidCondition {
	return {
		...(language === undefined ? {} : { language }),
		...(beside === undefined ? {} : { context: beside.terms, before: beside.before, after: beside.after }),
	};
}

function isDistance(words: number | undefined): boolean {
	return words === undefined || (Number.isInteger(words) && words >= 0 && words <= mostWordsAway);
}

function hashOfOther(words: string): string | null {
	const hex = words.trim().toLowerCase();
	if (/^[0-9a-f]{32}$/.test(hex)) return hex;
	const hash = hashTerm(words);
	return typeof hash === "string" ? null : toHex(hash);
}
