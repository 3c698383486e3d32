// What several sources say of one entry, taken together. Whether a match then withholds is policy's to say.
import type { EntryStanding, Opinion } from "./bank.ts";

export interface Aggregate {
	readonly standing: EntryStanding;
	readonly positiveSources: number;
}

/**
 * Two independent positive sources confirm, or one in a bank that is trusted and verified here. Positive against negative is
 * disputed. Negative alone, or nothing left after withdrawals, clears.
 */
export function aggregateOpinions(opinions: readonly Opinion[], isBankTrusted: boolean): Aggregate {
	const sourcesOf = (kind: Opinion["kind"]) =>
		new Set(opinions.filter((one) => one.kind === kind).map((one) => one.source)).size;
	const positiveSources = sourcesOf("positive");
	if (sourcesOf("negative") > 0) return { standing: positiveSources > 0 ? "disputed" : "cleared", positiveSources };
	if (positiveSources >= 2 || (positiveSources === 1 && isBankTrusted))
		return { standing: "confirmed", positiveSources };
	const isProbable = positiveSources === 1 || sourcesOf("investigate") > 0;
	return { standing: isProbable ? "probable" : "cleared", positiveSources };
}
