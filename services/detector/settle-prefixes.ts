// What a hash prefix found is settled by the whole hash, where the keeper of its list can be asked: the same link is a match, another one is
// none. Answers are kept for as long as the keeper says. No item waits longer than a moment: what is not answered by then is not known, the item
// goes to people or is examined again, and the answer is there when it comes.
import type { Match } from "../core/banks/bank.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { FullHashes, LinkSource, LinkSourceFailure } from "../core/ports/link-source.ts";
import { within } from "../runtime/ends-within.ts";

/** How long an item waits for an answer. */
const patienceMs = 300;
/** Nobody is asked the same again for so long who did not answer. */
const restMs = 30_000;
const late: FullHashes = { kind: "unavailable", reason: "fetch-timeout" };
const mostKept = 20_000;

interface SettledPrefixes {
	readonly matches: readonly Match[];
	/** Why some could not be settled; null where all were. */
	readonly failure: LinkSourceFailure | null;
}

export type SettlePrefixes = (matches: readonly Match[]) => Promise<SettledPrefixes>;

interface Kept {
	readonly answer: Promise<FullHashes>;
	untilMs: number;
}

export function createSettlePrefixes(source: Pick<LinkSource, "has" | "ask">, clock: Clock): SettlePrefixes {
	const kept = new Map<string, Kept>();
	const ask = (bankName: string, prefix: string): Promise<FullHashes> => {
		const key = `${bankName} ${prefix}`;
		const known = kept.get(key);
		if (known !== undefined && known.untilMs > clock.now()) return known.answer;
		const [oldest] = kept.keys();
		if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
		const entry: Kept = { answer: source.ask(bankName, prefix), untilMs: Number.POSITIVE_INFINITY };
		kept.delete(key);
		kept.set(key, entry);
		void entry.answer.then((answer) => {
			entry.untilMs = clock.now() + (answer.kind === "known" ? answer.lifetimeMs : restMs);
		});
		return entry.answer;
	};
	/** Null where it is none after all. */
	const settle = async ({ linkHashes = [], ...match }: Match): Promise<Match | LinkSourceFailure | null> => {
		if (!source.has(match.bankName)) return match;
		const answers = await Promise.all(
			linkHashes.map((hash) => within(patienceMs, ask(match.bankName, hash.slice(0, 8)), late)),
		);
		const isListed = answers.some((answer, at) => answer.kind === "known" && answer.hashes.has(linkHashes[at] ?? ""));
		if (isListed) return { ...match, isWholeHash: true };
		const failed = answers.find((answer) => answer.kind === "unavailable");
		return failed === undefined ? null : failed.reason;
	};
	return async (matches) => {
		if (!matches.some(({ linkHashes }) => linkHashes !== undefined)) return { matches, failure: null };
		let failure: LinkSourceFailure | null = null;
		const settled: Match[] = [];
		for (const one of matches) {
			const { linkHashes, ...match } = one;
			const found = linkHashes === undefined ? match : await settle(one);
			if (typeof found === "string") failure = found;
			if (found !== null) settled.push(typeof found === "string" ? match : found);
		}
		return { matches: settled, failure };
	};
}
