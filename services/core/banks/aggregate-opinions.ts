// What several sources say of one entry, taken together. Whether a match then withholds is policy's to say.
import { type EntryStanding, type Opinion, ownSource } from "./bank.ts";

export interface Aggregate {
	readonly standing: EntryStanding;
	/** Independent ones. */
	readonly positiveSources: number;
	readonly categories: readonly string[];
	readonly severity: number | null;
}

/** Whose word is enough in a bank. */
export interface BankTrust {
	readonly trusted: boolean;
	readonly sources: readonly string[];
}

/**
 * Two independent positive sources confirm, or one in a bank that is trusted and verified here. Independent are the sources that
 * the bank's operator named, and our own people; any number of other names counts as one source. Positive against negative is
 * disputed, whoever says it. Negative alone, or nothing left after withdrawals and expiries, clears. Our own people's word weighs
 * more: their negative clears whatever lists say, and their wish to investigate disputes what lists call positive.
 */
export function aggregateOpinions(opinions: readonly Opinion[], bank: BankTrust, nowMs: number): Aggregate {
	const valid = opinions.filter((one) => one.expiresAt === undefined || Date.parse(one.expiresAt) > nowMs);
	const positive = valid.filter(({ kind }) => kind === "positive");
	const positiveSources = new Set(positive.map(({ source }) => independentSource(source, bank))).size;
	const severities = positive.flatMap(({ severity }) => severity ?? []);
	return {
		standing: standingOf(valid, positiveSources, bank),
		positiveSources,
		categories: [...new Set(positive.flatMap(({ categories }) => categories ?? []))],
		severity: severities.length === 0 ? null : Math.max(...severities),
	};
}

/** Null stands for all sources that nobody named. */
function independentSource(source: string, bank: BankTrust): string | null {
	return source === ownSource || bank.sources.includes(source) ? source : null;
}

function standingOf(opinions: readonly Opinion[], positiveSources: number, bank: BankTrust): EntryStanding {
	const own = opinions.find(({ source }) => source === ownSource)?.kind;
	if (own === "negative") return "cleared";
	const says = (kind: Opinion["kind"]) => opinions.some((one) => one.kind === kind);
	if (says("negative")) return positiveSources > 0 ? "disputed" : "cleared";
	if (own === "investigate" && positiveSources > 0) return "disputed";
	if (positiveSources >= 2 || (positiveSources === 1 && bank.trusted)) return "confirmed";
	return positiveSources === 1 || says("investigate") ? "probable" : "cleared";
}
