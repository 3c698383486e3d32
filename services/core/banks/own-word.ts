// What our own people's word on an entry comes to once a decision that had written it is taken back: what they said before, unless that
// was taken back, too.
import type { Opinion } from "./bank.ts";

type Word = Pick<Opinion, "kind"> & { readonly note?: string | undefined };

/** A judgement that a case wrote to the entry, as the opinion that it became. */
export interface WrittenWord extends Word {
	/** False once the decision that wrote it is taken back. */
	readonly stands: boolean;
}

export type OwnWordAfter = { readonly kind: "unchanged" } | { readonly kind: "becomes"; readonly word: Word | null };

/**
 * `said`: our own people's word on the entry through its history, the last one as it now is; null where there was none. `written`: what
 * cases wrote to it. A word that another case stands by, and one that no case wrote, stays.
 */
export function ownWordAfterUndo(said: readonly (Word | null)[], written: readonly WrittenWord[]): OwnWordAfter {
	const isTakenBack = (word: Word | null) => {
		const same = written.filter(({ kind, note }) => kind === word?.kind && note === word.note);
		return same.length > 0 && same.every(({ stands }) => !stands);
	};
	const now = said.at(-1) ?? null;
	if (!isTakenBack(now)) return { kind: "unchanged" };
	return { kind: "becomes", word: said.findLast((word) => !isTakenBack(word)) ?? null };
}
