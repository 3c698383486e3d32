// What of a verdict is recorded and sent on where many near-alike entries answer for one item: all that decides, and the nearest few of
// each bank. It is shortened after everything was decided on the full list, and weighing the short one comes to the same.
import { z } from "zod";
import { bankId } from "../ids.ts";
import { type SignalCatalogue, signalCatalogue } from "../signals/catalogue.ts";
import type { Signal } from "../signals/signal.ts";
import { type BreakerScope, parseScope } from "./breaker.ts";
import type { Policy } from "./policy.ts";
import { tiers, type Verdict } from "./verdict.ts";

/** How many of each bank's entries are kept, beside what decides. */
const nearestKept = 3;

/** Entries of one bank that answered, too, and are left out. */
export const leftOut = z.object({ bankId, bankName: z.string(), entries: z.int() }).readonly();
export type LeftOut = z.infer<typeof leftOut>;

export interface ShortenedVerdict {
	readonly verdict: Verdict;
	/** Empty where nothing was. */
	readonly andMore: readonly LeftOut[];
}

export interface ShortenBy {
	readonly policy: Policy;
	readonly catalogue?: SignalCatalogue;
	/** The breakers as they were when the verdict was diverted, or not. */
	readonly isOpen: (scope: BreakerScope) => boolean;
}

export function shortenVerdict(verdict: Verdict, by: ShortenBy): ShortenedVerdict {
	const { catalogue = signalCatalogue } = by;
	const banks = byBank(verdict.signals, catalogue);
	if (banks.every(({ found }) => found.length <= nearestKept)) return { verdict, andMore: [] };
	const first = firstOfStrongest(verdict);
	const left = new Set<number>();
	const andMore: LeftOut[] = [];
	for (const { found, ...bank } of banks) {
		const kept = keptOf(verdict, found, by);
		if (found.some(({ index }) => index === first)) kept.add(first);
		for (const { index } of found) if (!kept.has(index)) left.add(index);
		if (found.length > kept.size) andMore.push({ entries: found.length - kept.size, ...bank });
	}
	const isKept = (_: unknown, index: number) => !left.has(index);
	const grounds = verdict.grounds.filter(isKept);
	const signals = verdict.signals.filter(isKept);
	const entries = new Set(signals.map((signal) => catalogue.entryOf(signal)?.id));
	const scopes = new Set(grounds.flatMap(({ restsOn }) => restsOn));
	return {
		verdict: {
			...verdict,
			signals,
			grounds,
			withheldOn: verdict.withheldOn.filter((id) => entries.has(id)),
			divertedBy: verdict.divertedBy.filter((text) => parseScope(text)?.kind !== "entry" || scopes.has(text)),
		},
		andMore,
	};
}

interface Found {
	readonly index: number;
	readonly distanceBits: number;
}

/** What names an entry, nearest first. All other signals are as many as there are detectors, and stay. */
function byBank(signals: readonly Signal[], catalogue: SignalCatalogue) {
	const banks = new Map<LeftOut["bankId"], Omit<LeftOut, "entries"> & { readonly found: Found[] }>();
	for (const [index, signal] of signals.entries()) {
		const entry = catalogue.entryOf(signal);
		if (entry === null) continue;
		const { bankId, bankName, distanceBits } = entry;
		const bank = banks.get(bankId) ?? { bankId, bankName, found: [] };
		bank.found.push({ index, distanceBits });
		banks.set(bankId, bank);
	}
	return [...banks.values()].map(({ found, ...bank }) => ({
		found: found.toSorted((a, b) => a.distanceBits - b.distanceBits || a.index - b.index),
		...bank,
	}));
}

/** It gives the verdict its category. */
function firstOfStrongest({ grounds }: Verdict): number {
	const ranks = grounds.map(({ tier }) => tiers.indexOf(tier));
	return ranks.indexOf(ranks.reduce((best, rank) => Math.min(best, rank), tiers.length));
}

/**
 * The nearest few, and of each finding, stopped by a breaker or not, the nearest: verdicts are made of what there is and not of how often.
 */
function keptOf({ signals, grounds }: Verdict, found: readonly Found[], by: ShortenBy): Set<number> {
	if (found.length <= nearestKept) return new Set(found.map(({ index }) => index));
	const { policy, catalogue = signalCatalogue, isOpen } = by;
	const isStopped = (text: string) => {
		const scope = parseScope(text);
		return scope !== null && isOpen(scope);
	};
	const nearest = new Map<string, number>();
	for (const { index } of found) {
		const [signal, ground] = [signals[index], grounds[index]];
		if (signal === undefined || ground === undefined) throw new Error("every signal of a verdict has its ground");
		const weight = JSON.stringify([catalogue.find(signal, policy), ground.restsOn.some(isStopped)]);
		if (!nearest.has(weight)) nearest.set(weight, index);
	}
	return new Set([...nearest.values(), ...found.slice(0, nearestKept).map(({ index }) => index)]);
}
