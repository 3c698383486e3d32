// What the rows of a list come to where no record takes them: one entry a hash, of which each source's last row counts. Whether an entry then
// answers is said in aggregate-opinions.ts.
import type { NewEntry } from "../ports/bank-store.ts";
import type { Opinion } from "./bank.ts";
import type { ImportRemark } from "./import-remark.ts";

interface GatheredEntry extends Pick<NewEntry, "hashType" | "hash" | "frames" | "quality"> {
	readonly opinions: readonly Opinion[];
}

export interface GatheredRows {
	add(row: NewEntry): void;
	entries(): readonly GatheredEntry[];
	/** What is worth saying of them, as of an import. */
	remarks(): readonly ImportRemark[];
}

export function createGatheredRows(nowMs: number): GatheredRows {
	const gathered = new Map<string, { readonly first: NewEntry; readonly bySource: Map<string, Opinion> }>();
	const conflicting = new Set<string>();
	let expired = 0;
	return {
		add(row) {
			const key = `${row.hashType} ${Buffer.from(row.hash).toString("latin1")}`;
			const { source, expiresAt } = row.opinion;
			const known = gathered.get(key) ?? { first: row, bySource: new Map<string, Opinion>() };
			gathered.set(key, known);
			const before = known.bySource.get(source);
			if (before !== undefined && JSON.stringify(before) !== JSON.stringify(row.opinion)) conflicting.add(key);
			known.bySource.set(source, row.opinion);
			if (expiresAt !== undefined && Date.parse(expiresAt) <= nowMs) expired += 1;
		},
		entries: () =>
			[...gathered.values()].map(({ first, bySource }) => {
				const { hashType, hash, frames, quality } = first;
				const own = frames === undefined ? {} : { frames };
				return { hashType, hash, quality, ...own, opinions: [...bySource.values()] };
			}),
		remarks: () => [
			...(expired === 0 ? [] : [{ code: "rows-expired", rows: expired } as const]),
			...(conflicting.size === 0 ? [] : [{ code: "opinions-conflict", hashes: conflicting.size } as const]),
		],
	};
}
