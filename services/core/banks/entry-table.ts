// Entries by id, by exact hash, and by distance, in flat arrays: 50 bytes an entry beside the index. It knows nothing of banks' settings.

import { bitsOfPart, partsOf } from "../hashes/hash-forms.ts";
import { type HashType, hashBitsOf, isNear, isOfParts, isOfTerms, type NearHashType } from "../hashes/hash-type.ts";
import { partsOfHash, windowShingles } from "../hashes/shingles/text-shingles.ts";
import type { BankId, EntryId } from "../ids.ts";
import { createKeyTable, type KeyTable } from "../index/key-table.ts";
import { createMultiIndex, type MultiIndex } from "../index/multi-index.ts";
import { createNumberColumn, type NumberColumn } from "../index/number-column.ts";
import { createPartIndex, type PartIndex } from "../index/part-index.ts";
import { createTermIndex, type TermIndex } from "../index/term-index.ts";
import type { BankEntry } from "./bank.ts";
import { type BankContents, rowBytes } from "./bank-contents.ts";
import { createEntryDetails, type EntryDetail, type EntryDetails } from "./entry-details.ts";
import { hashBytes, hashKey, idBytes, idKey, isSame, toId } from "./entry-keys.ts";
import { entryRejection } from "./entry-rejection.ts";

export interface EntryTable {
	put(entry: BankEntry): void;
	remove(id: EntryId): void;
	/** Its entries go bit by bit, with `maintain`; until then they are still found. */
	removeBank(id: BankId): void;
	/** A bank removed before comes back under its id: what is left of it goes now. */
	keepBank(id: BankId): void;
	findExact(type: HashType, hash: Uint8Array): readonly BankEntry[];
	/** One answer per hash, in their order. */
	findNear(type: NearHashType, hashes: readonly Uint8Array[], radiusBits: number): readonly (readonly NearEntry[])[];
	/** Entries of which the row of numbers holds most parts close together. */
	findHeld(row: Uint32Array, radiusBits: number): readonly NearEntry[];
	/** The terms by the first half of their hash. */
	readonly terms: Pick<TermIndex, "mayHold"> & { find(hash: Uint8Array): readonly BankEntry[] };
	readonly size: number;
	countOf(type: HashType): number;
	details(): readonly (EntryDetail | null)[];
	/** All entries as a snapshot's rows, in portions. */
	rows(): Generator<Uint8Array, void, void>;
	/** Adds entries that are not in the table, as a snapshot's rows; they are found once `compact` has run. */
	load(contents: Pick<BankContents, "details" | "rows">): void;
	compact(): void;
	/** Does a few milliseconds of what removed banks and merges of the index left to be done; answers whether there is more. */
	maintain(): boolean;
}

export interface NearEntry {
	readonly entry: BankEntry;
	readonly distanceBits: number;
}

/** The entries of a removed bank that are swept at once: a millisecond or two. */
const entriesPerSweep = 1_024;

export function createEntryTable(): EntryTable {
	const columns = createColumns();
	const { ids, exact, near, details, detailAt, removeAt } = columns;
	const entryAt = (number: number): BankEntry | null => {
		const detail = detailAt(number);
		if (detail === undefined) return null;
		return { ...detail, id: toId(ids.keyOf(columns.idHandles.get(number))), hash: hashOf(columns, number, detail) };
	};
	const entriesAt = (numbers: readonly number[]) => numbers.flatMap((number) => entryAt(number) ?? []);
	const remove = (id: EntryId) => {
		for (const number of ids.numbersOf(idKey(id))) removeAt(number);
	};
	/** By removed bank, the entry's number from which on its entries may still be there. */
	const leaving = new Map<BankId, number>();
	const sweep = (bankId: BankId, entries: number) => {
		const from = leaving.get(bankId) ?? columns.limit;
		const to = Math.min(columns.limit, from + entries);
		for (let number = from; number < to; number += 1) if (detailAt(number)?.bankId === bankId) removeAt(number);
		if (to < columns.limit) leaving.set(bankId, to);
		else leaving.delete(bankId);
	};
	const sweepAll = () => {
		for (const bankId of leaving.keys()) sweep(bankId, Number.POSITIVE_INFINITY);
	};
	return {
		put({ id, hash, ...detail }) {
			const [known] = ids.numbersOf(idKey(id));
			const before = known === undefined ? undefined : detailAt(known);
			if (known !== undefined && before?.hashType === detail.hashType && isSame(hashOf(columns, known, before), hash)) {
				columns.setDetail(known, detail);
				return;
			}
			remove(id);
			const number = columns.begin(idKey(id), details.keep(detail));
			if (isNear(detail.hashType)) near.add(number, hash);
			else columns.addKeyed(number, detail.hashType, hash);
		},
		remove,
		removeBank: (id) => void leaving.set(id, 0),
		keepBank: (id) => void (leaving.has(id) && sweep(id, Number.POSITIVE_INFINITY)),
		findExact: (hashType, hash) =>
			entriesAt(exact.numbersOf(hashKey(hash)).filter((number) => detailAt(number)?.hashType === hashType)),
		findNear: (hashType, hashes, radiusBits) =>
			near.searchBatch(hashes, radiusBits).map((found) =>
				found.flatMap(({ id, distanceBits }) => {
					const entry = detailAt(id)?.hashType === hashType ? entryAt(id) : null;
					return entry === null ? [] : [{ entry, distanceBits }];
				}),
			),
		findHeld: (row, radiusBits) =>
			heldIn(columns.parts, row, radiusBits).flatMap(({ number, distanceBits }) => {
				const entry = entryAt(number);
				return entry === null ? [] : [{ entry, distanceBits }];
			}),
		terms: { mayHold: columns.terms.mayHold, find: (hash) => entriesAt(columns.terms.find(hash)) },
		details: () => details.all(),
		rows() {
			// A snapshot tells of no bank that was removed: nothing would ever take its entries away again.
			sweepAll();
			return rowsOf(columns);
		},
		load: (contents) => loadRows(columns, contents),
		compact: () => near.compact(),
		maintain() {
			const [bankId] = leaving.keys();
			if (bankId !== undefined) sweep(bankId, entriesPerSweep);
			return near.maintain() || leaving.size > 0;
		},
		get size() {
			return columns.size;
		},
		countOf: (type) => details.countOf(type),
	};
}

function heldIn(parts: PartIndex, row: Uint32Array, radiusBits: number) {
	const fewest = partsOfHash - Math.floor(radiusBits / bitsOfPart);
	return parts
		.find(row, windowShingles, fewest)
		.map((held) => ({ number: held.entry, distanceBits: (partsOfHash - held.parts) * bitsOfPart }));
}

/** What an entry's number leads to, and back. */
interface Columns {
	readonly ids: KeyTable;
	readonly exact: KeyTable;
	readonly near: MultiIndex;
	readonly parts: PartIndex;
	readonly terms: TermIndex;
	readonly details: EntryDetails;
	readonly idHandles: NumberColumn;
	readonly exactHandles: NumberColumn;
	/** The detail's number plus 1; 0 where there is no entry. */
	readonly detailNumbers: NumberColumn;
	/** Gives an entry a number; its hash is the caller's to add. */
	begin(id: Uint8Array, detail: number): number;
	/** Adds the hash of an entry whose type is not compared by distance. */
	addKeyed(number: number, type: HashType, hash: Uint8Array): void;
	setDetail(number: number, detail: EntryDetail): void;
	detailAt(number: number): EntryDetail | undefined;
	removeAt(number: number): void;
	readonly limit: number;
	readonly size: number;
}

function createColumns(): Columns {
	const ids = createKeyTable(idBytes);
	const exact = createKeyTable(hashBytes);
	const near = createMultiIndex();
	const parts = createPartIndex();
	const terms = createTermIndex();
	const details = createEntryDetails();
	const idHandles = createNumberColumn();
	const exactHandles = createNumberColumn();
	const detailNumbers = createNumberColumn();
	const free: number[] = [];
	let limit = 0;
	let size = 0;
	const detailAt = (number: number) => details.get(detailNumbers.get(number) - 1);
	return {
		...{ ids, exact, near, parts, terms, details, idHandles, exactHandles, detailNumbers, detailAt },
		begin(id, detail) {
			const number = free.pop() ?? limit;
			limit = Math.max(limit, number + 1);
			idHandles.set(number, ids.add(id, number));
			detailNumbers.set(number, detail + 1);
			size += 1;
			return number;
		},
		addKeyed(number, type, hash) {
			exactHandles.set(number, exact.add(hashKey(hash), number));
			if (isOfParts(type)) parts.add(number, partsOf(hash));
			if (isOfTerms(type)) terms.add(number, hash);
		},
		setDetail(number, detail) {
			const before = detailNumbers.get(number) - 1;
			detailNumbers.set(number, details.keep(detail) + 1);
			details.release(before);
		},
		removeAt(number) {
			const detail = detailAt(number);
			if (detail === undefined) return;
			if (isNear(detail.hashType)) near.remove(number);
			else {
				const handle = exactHandles.get(number);
				if (isOfParts(detail.hashType)) parts.remove(number, partsOf(exact.keyOf(handle)));
				if (isOfTerms(detail.hashType)) terms.remove(number);
				exact.remove(handle);
			}
			ids.remove(idHandles.get(number));
			details.release(detailNumbers.get(number) - 1);
			detailNumbers.set(number, 0);
			free.push(number);
			size -= 1;
		},
		get limit() {
			return limit;
		},
		get size() {
			return size;
		},
	};
}

const portionRows = 4_096;

/** `detail` is what the entry says. */
function hashOf({ exact, exactHandles, near }: Columns, number: number, { hashType }: EntryDetail): Uint8Array {
	return isNear(hashType)
		? near.hashOf(number)
		: exact.keyOf(exactHandles.get(number)).subarray(0, hashBitsOf(hashType) / 8);
}

function* rowsOf(columns: Columns): Generator<Uint8Array, void, void> {
	for (let from = 0; from < columns.limit; from += portionRows) {
		const portion = Buffer.alloc(portionRows * rowBytes);
		let count = 0;
		for (let number = from; number < Math.min(from + portionRows, columns.limit); number += 1) {
			const detail = columns.detailAt(number);
			if (detail === undefined) continue;
			const at = count * rowBytes;
			portion.set(columns.ids.keyOf(columns.idHandles.get(number)), at);
			portion.set(hashOf(columns, number, detail), at + idBytes);
			portion.writeUInt32LE(columns.detailNumbers.get(number) - 1, at + idBytes + hashBytes);
			count += 1;
		}
		yield portion.subarray(0, count * rowBytes);
	}
}

function loadRows(columns: Columns, { details, rows }: Pick<BankContents, "details" | "rows">): void {
	const view = Buffer.from(rows.buffer, rows.byteOffset, rows.length);
	const kept = details.map((detail) => (detail === null ? null : { number: columns.details.keep(detail), entries: 0 }));
	const count = rows.length / rowBytes;
	const numbers = new Uint32Array(count);
	const hashes = new Uint8Array(count * hashBytes);
	let near = 0;
	for (let row = 0; row < count; row += 1) {
		const at = row * rowBytes;
		const index = view.readUInt32LE(at + idBytes + hashBytes);
		const detail = kept[index];
		const said = details[index];
		if (!detail || !said) continue;
		const { hashType, quality } = said;
		const hash = view.subarray(at + idBytes, at + idBytes + hashBitsOf(hashType) / 8);
		if (entryRejection({ hashType, quality, hash }) !== null) continue;
		detail.entries += 1;
		const number = columns.begin(view.subarray(at, at + idBytes), detail.number);
		if (isNear(hashType)) {
			numbers[near] = number;
			hashes.set(hash, near * hashBytes);
			near += 1;
		} else columns.addKeyed(number, hashType, hash);
	}
	// Keeping it counted one entry already: one that no row has is given up, the others lose the one too many.
	for (const detail of kept) {
		if (detail === null) continue;
		columns.details.keepMore(detail.number, detail.entries);
		columns.details.release(detail.number);
	}
	columns.near.load(numbers.subarray(0, near), hashes.subarray(0, near * hashBytes));
}
