// What several sources say of one entry, taken together. Whether a match then withholds is policy's to say.
import { type EntryStanding, type Opinion, ownSource } from "./bank.ts";

export interface Aggregate {
	readonly standing: EntryStanding;
	readonly positiveSources: number;
	readonly categories: readonly string[];
	readonly severity: number | null;
}

/**
 * Two independent positive sources confirm, or one in a bank that is trusted and verified here. Positive against negative is
 * disputed. Negative alone, or nothing left after withdrawals and expiries, clears. Our own people's word weighs more: their
 * negative clears whatever lists say, and their wish to investigate disputes what lists call positive.
 */
export function aggregateOpinions(opinions: readonly Opinion[], isBankTrusted: boolean, nowMs: number): Aggregate {
	const valid = opinions.filter((one) => one.expiresAt === undefined || Date.parse(one.expiresAt) > nowMs);
	const positive = valid.filter(({ kind }) => kind === "positive");
	const positiveSources = new Set(positive.map(({ source }) => source)).size;
	const severities = positive.flatMap(({ severity }) => severity ?? []);
	return {
		standing: standingOf(valid, positiveSources, isBankTrusted),
		positiveSources,
		categories: [...new Set(positive.flatMap(({ categories }) => categories ?? []))],
		severity: severities.length === 0 ? null : Math.max(...severities),
	};
}

function standingOf(opinions: readonly Opinion[], positiveSources: number, isBankTrusted: boolean): EntryStanding {
	const own = opinions.find(({ source }) => source === ownSource)?.kind;
	if (own === "negative") return "cleared";
	const says = (kind: Opinion["kind"]) => opinions.some((one) => one.kind === kind);
	if (says("negative")) return positiveSources > 0 ? "disputed" : "cleared";
	if (own === "investigate" && positiveSources > 0) return "disputed";
	if (positiveSources >= 2 || (positiveSources === 1 && isBankTrusted)) return "confirmed";
	return positiveSources === 1 || says("investigate") ? "probable" : "cleared";
}
