// Entries by id, by exact hash, and by distance, in flat arrays: 50 bytes an entry beside the index. It knows nothing of banks' settings.

import { bitsOfPart } from "../hashes/hash-forms.ts";
import { type HashType, isNear, type NearHashType } from "../hashes/hash-type.ts";
import { partsOfHash, windowShingles } from "../hashes/shingles/text-shingles.ts";
import type { Sound } from "../hashes/sound/sound.ts";
import type { BankId, EntryId } from "../ids.ts";
import type { PartIndex } from "../index/part-index.ts";
import type { TermIndex } from "../index/term-index.ts";
import type { BankEntry } from "./bank.ts";
import type { BankContents, NamedFrames } from "./bank-contents.ts";
import { type Columns, createColumns, framesOf, hashOf, loadRows, rowsOf } from "./entry-columns.ts";
import type { EntryDetail } from "./entry-details.ts";
import { hashKey, idKey, isSame, toId } from "./entry-keys.ts";
import { type HeardSound, hearEntries } from "./hear-entries.ts";

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
	/** Frames of known videos within the radius of each hash, in their order. */
	findFrames(hashes: readonly Uint8Array[], radiusBits: number): readonly (readonly NearVideoFrame[])[];
	/** Known sounds that stand in it. */
	findSounds(sound: Sound): readonly HeardEntry[];
	/** The terms by the first half of their hash. */
	readonly terms: Pick<TermIndex, "mayHold"> & { find(hash: Uint8Array): readonly BankEntry[] };
	readonly size: number;
	countOf(type: HashType): number;
	details(): readonly (EntryDetail | null)[];
	/** All entries as a snapshot's rows, in portions. */
	rows(): Generator<Uint8Array, void, void>;
	/** What the entries' hashes of frames name. */
	frames(): Generator<NamedFrames, void, void>;
	/** Adds entries that are not in the table, as a snapshot's rows; they are found once `compact` has run. */
	load(contents: Pick<BankContents, "details" | "rows" | "frames">): void;
	compact(): void;
	/** Does a few milliseconds of what removed banks and merges of the index left to be done; answers whether there is more. */
	maintain(): boolean;
}

export interface NearEntry {
	readonly entry: BankEntry;
	readonly distanceBits: number;
}

/** A frame of an entry that has so many. */
export interface NearVideoFrame extends NearEntry {
	readonly frame: number;
	readonly entryFrames: number;
}

/** A known sound of so many words, and where it stands in another. */
export interface HeardEntry extends Pick<HeardSound, "stretches"> {
	readonly entry: BankEntry;
	readonly entryWords: number;
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
	const leaving = createLeaving(columns);
	return {
		put({ id, hash, framePdqs, ...detail }) {
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
			if (framePdqs !== undefined) columns.addFrames(number, detail.hashType, framePdqs);
		},
		remove,
		removeBank: leaving.add,
		keepBank: leaving.finish,
		findExact: (hashType, hash) =>
			entriesAt(exact.numbersOf(hashKey(hash)).filter((number) => detailAt(number)?.hashType === hashType)),
		findNear(hashType, hashes, radiusBits) {
			const ofType = (number: number) => (detailAt(number)?.hashType === hashType ? entryAt(number) : null);
			return near.searchBatch(hashes, radiusBits).map((found) =>
				foundAs(
					found.map(({ id: number, distanceBits }) => ({ number, distanceBits })),
					ofType,
				),
			);
		},
		findHeld: (row, radiusBits) => foundAs(heldIn(columns.parts, row, radiusBits), entryAt),
		findFrames: (hashes, radiusBits) => findFrames(columns, entryAt, hashes, radiusBits),
		findSounds: (sound) => findSounds(columns, entryAt, sound),
		terms: { mayHold: columns.terms.mayHold, find: (hash) => entriesAt(columns.terms.find(hash)) },
		details: () => details.all(),
		rows() {
			// A snapshot tells of no bank that was removed: nothing would ever take its entries away again.
			leaving.finishAll();
			return rowsOf(columns);
		},
		frames: () => framesOf(columns),
		load: (contents) => loadRows(columns, contents),
		compact() {
			near.compact();
			columns.frames.compact();
			columns.sounds.compact();
		},
		maintain() {
			leaving.step();
			const isMerging = near.maintain();
			const isMergingSounds = columns.sounds.maintain();
			return columns.frames.maintain() || isMergingSounds || isMerging || leaving.has();
		},
		get size() {
			return columns.size;
		},
		countOf: (type) => details.countOf(type),
	};
}

/** Removed banks, of which entries may still be there. */
function createLeaving(columns: Columns) {
	/** The entry's number from which on. */
	const from = new Map<BankId, number>();
	const sweep = (bankId: BankId, entries: number) => {
		const first = from.get(bankId) ?? columns.limit;
		const to = Math.min(columns.limit, first + entries);
		for (let number = first; number < to; number += 1)
			if (columns.detailAt(number)?.bankId === bankId) columns.removeAt(number);
		if (to < columns.limit) from.set(bankId, to);
		else from.delete(bankId);
	};
	const finish = (bankId: BankId) => {
		if (from.has(bankId)) sweep(bankId, Number.POSITIVE_INFINITY);
	};
	return {
		add: (bankId: BankId) => void from.set(bankId, 0),
		finish,
		finishAll() {
			for (const bankId of from.keys()) finish(bankId);
		},
		step() {
			const [bankId] = from.keys();
			if (bankId !== undefined) sweep(bankId, entriesPerSweep);
		},
		has: () => from.size > 0,
	};
}

type EntryAt = (number: number) => BankEntry | null;

function foundAs(
	found: readonly { readonly number: number; readonly distanceBits: number }[],
	entryAt: EntryAt,
): readonly NearEntry[] {
	return found.flatMap(({ number, distanceBits }) => {
		const entry = entryAt(number);
		return entry === null ? [] : [{ entry, distanceBits }];
	});
}

function findFrames({ frames }: Columns, entryAt: EntryAt, hashes: readonly Uint8Array[], radiusBits: number) {
	// Many frames of one entry are found at once.
	const read = new Map<number, BankEntry | null>();
	return frames.search(hashes, radiusBits).map((found) =>
		found.flatMap(({ entry: number, ...near }): readonly NearVideoFrame[] => {
			const entry = read.has(number) ? read.get(number) : entryAt(number);
			read.set(number, entry ?? null);
			return entry ? [{ entry, entryFrames: frames.countOf(number), ...near }] : [];
		}),
	);
}

function findSounds({ sounds }: Columns, entryAt: EntryAt, sound: Sound): readonly HeardEntry[] {
	return hearEntries(sounds, sound).flatMap(({ entry: number, stretches }) => {
		const entry = entryAt(number);
		return entry === null ? [] : [{ entry, stretches, entryWords: sounds.blocksOf(number).length / 4 }];
	});
}

function heldIn(parts: PartIndex, row: Uint32Array, radiusBits: number) {
	const fewest = partsOfHash - Math.floor(radiusBits / bitsOfPart);
	return parts
		.find(row, windowShingles, fewest)
		.map((held) => ({ number: held.entry, distanceBits: (partsOfHash - held.parts) * bitsOfPart }));
}
