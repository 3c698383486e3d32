// The columns that entries in memory are kept in, and how they come from a snapshot's rows and go back into them.
import { partsOf } from "../hashes/hash-forms.ts";
import { toHex } from "../hashes/hash-hex.ts";
import {
	type HashType,
	hashBitsOf,
	isNear,
	isOfFrames,
	isOfParts,
	isOfSounds,
	isOfTerms,
} from "../hashes/hash-type.ts";
import { blockWords, isTelling } from "../hashes/sound/sound-blocks.ts";
import { createFrameIndex, type FrameIndex } from "../index/frame-index.ts";
import { createKeyTable, type KeyTable } from "../index/key-table.ts";
import { createMultiIndex, type MultiIndex } from "../index/multi-index.ts";
import { createNumberColumn, type NumberColumn } from "../index/number-column.ts";
import { createPartIndex, type PartIndex } from "../index/part-index.ts";
import { createSoundIndex, type SoundIndex } from "../index/sound-index.ts";
import { createTermIndex, type TermIndex } from "../index/term-index.ts";
import { type BankContents, type NamedFrames, rowBytes } from "./bank-contents.ts";
import { createEntryDetails, type EntryDetail, type EntryDetails } from "./entry-details.ts";
import { hashBytes, hashKey, idBytes } from "./entry-keys.ts";
import { entryRejection } from "./entry-rejection.ts";

/** What an entry's number leads to, and back. */
export interface Columns {
	readonly ids: KeyTable;
	readonly exact: KeyTable;
	readonly near: MultiIndex;
	readonly parts: PartIndex;
	readonly terms: TermIndex;
	readonly frames: FrameIndex;
	readonly sounds: SoundIndex;
	readonly details: EntryDetails;
	readonly idHandles: NumberColumn;
	readonly exactHandles: NumberColumn;
	/** The detail's number plus 1; 0 where there is no entry. */
	readonly detailNumbers: NumberColumn;
	/** Gives an entry a number; its hash is the caller's to add. */
	begin(id: Uint8Array, detail: number): number;
	/** Adds the hash of an entry whose type is not compared by distance. */
	addKeyed(number: number, type: HashType, hash: Uint8Array): void;
	/** Adds what the hash of an entry names. */
	addFrames(number: number, type: HashType, framePdqs: Uint8Array): void;
	setDetail(number: number, detail: EntryDetail): void;
	detailAt(number: number): EntryDetail | undefined;
	removeAt(number: number): void;
	readonly limit: number;
	readonly size: number;
}

export function createColumns(): Columns {
	const ids = createKeyTable(idBytes);
	const exact = createKeyTable(hashBytes);
	const near = createMultiIndex();
	const parts = createPartIndex();
	const terms = createTermIndex();
	const frames = createFrameIndex();
	const sounds = createSoundIndex();
	const details = createEntryDetails();
	const idHandles = createNumberColumn();
	const exactHandles = createNumberColumn();
	const detailNumbers = createNumberColumn();
	const free: number[] = [];
	let limit = 0;
	let size = 0;
	const detailAt = (number: number) => details.get(detailNumbers.get(number) - 1);
	return {
		...{ ids, exact, near, parts, terms, frames, sounds, details, idHandles, exactHandles, detailNumbers, detailAt },
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
		addFrames(number, type, framePdqs) {
			if (!isOfSounds(type)) return frames.add(number, framePdqs);
			const words = partsOf(framePdqs);
			sounds.add(number, framePdqs, (block) => isTelling(words, block * blockWords));
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
				if (isOfSounds(detail.hashType)) sounds.remove(number);
				else if (isOfFrames(detail.hashType)) frames.remove(number);
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
export function hashOf({ exact, exactHandles, near }: Columns, number: number, { hashType }: EntryDetail): Uint8Array {
	return isNear(hashType)
		? near.hashOf(number)
		: exact.keyOf(exactHandles.get(number)).subarray(0, hashBitsOf(hashType) / 8);
}

export function* rowsOf(columns: Columns): Generator<Uint8Array, void, void> {
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

export function* framesOf({ frames, sounds, exact, exactHandles }: Columns): Generator<NamedFrames, void, void> {
	for (const number of frames.entries())
		yield { hash: exact.keyOf(exactHandles.get(number)), framePdqs: frames.framesOf(number) };
	for (const number of sounds.entries())
		yield { hash: exact.keyOf(exactHandles.get(number)), framePdqs: sounds.blocksOf(number) };
}

export function loadRows(
	columns: Columns,
	{ details, rows, frames = [] }: Pick<BankContents, "details" | "rows" | "frames">,
): void {
	const named = new Map(frames.map(({ hash, framePdqs }) => [toHex(hash), framePdqs]));
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
		const framePdqs = isOfFrames(hashType) ? named.get(toHex(hash)) : undefined;
		if (framePdqs !== undefined) columns.addFrames(number, hashType, framePdqs);
	}
	// Keeping it counted one entry already: one that no row has is given up, the others lose the one too many.
	for (const detail of kept) {
		if (detail === null) continue;
		columns.details.keepMore(detail.number, detail.entries);
		columns.details.release(detail.number);
	}
	columns.near.load(numbers.subarray(0, near), hashes.subarray(0, near * hashBytes));
}
