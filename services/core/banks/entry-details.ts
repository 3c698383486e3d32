// What entries have besides their id and hash. Most entries of a list say the same, so each saying is kept once.

import type { HashType } from "../hashes/hash-type.ts";
import type { BankEntry } from "./bank.ts";

export type EntryDetail = Omit<BankEntry, "id" | "hash" | "framePdqs">;

export interface EntryDetails {
	/** Counts one more entry that says this; answers its number. */
	keep(detail: EntryDetail): number;
	/** Counts some more that say what the number stands for. */
	keepMore(number: number, entries: number): void;
	release(number: number): void;
	get(number: number): EntryDetail | undefined;
	/** Entries of the type. */
	countOf(type: HashType): number;
	/** By number; null where a number is free. */
	all(): readonly (EntryDetail | null)[];
}

export function createEntryDetails(): EntryDetails {
	const details: (EntryDetail | null)[] = [];
	const counts: number[] = [];
	const numbers = new Map<string, number>();
	const free: number[] = [];
	const countsByType = new Map<HashType, number>();
	const count = (number: number, entries: number) => {
		counts[number] = (counts[number] ?? 0) + entries;
		const type = details[number]?.hashType;
		if (type !== undefined) countsByType.set(type, (countsByType.get(type) ?? 0) + entries);
	};
	return {
		keep(detail) {
			const key = JSON.stringify(detail);
			const known = numbers.get(key);
			const number = known ?? free.pop() ?? details.length;
			if (known === undefined) {
				numbers.set(key, number);
				details[number] = detail;
				counts[number] = 0;
			}
			count(number, 1);
			return number;
		},
		keepMore: count,
		release(number) {
			count(number, -1);
			if (counts[number] !== 0) return;
			numbers.delete(JSON.stringify(details[number]));
			details[number] = null;
			free.push(number);
		},
		get: (number) => details[number] ?? undefined,
		countOf: (type) => countsByType.get(type) ?? 0,
		all: () => [...details],
	};
}
