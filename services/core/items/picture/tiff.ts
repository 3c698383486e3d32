// What the directories of a TIFF say (TIFF 6.0, section 2; BigTIFF: libtiff's design note), by its bytes alone. Which of them a decoder reads as
// pages, and what it makes of their pixels, is not decided here.

import type { Part } from "../source.ts";

/** By number: its measures, where the pixels lie, in strips or in tiles, how many bytes each has, and where other directories and a small JPEG lie. */
const tags = {
	...{ width: 256, stripOffsets: 273, stripByteCounts: 279, tileOffsets: 324, tileByteCounts: 325 },
	...{ others: 330, jpeg: 513, jpegBytes: 514, exif: 34_665, gps: 34_853, interoperability: 40_965 },
} as const;
/** Bytes of one value by its type; types that are not known have none. */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
/** Strips or tiles of a page that are looked at: a page of a hundred megapixels in strips of a line has fewer. */
const mostParts = 100_000;
const mostDirectories = 100_000;

export interface Tiff {
	readonly view: DataView;
	readonly isLittle: boolean;
	/** Offsets of 64 bits. */
	readonly isBig: boolean;
}

/** By its first bytes, whatever its offsets have. */
export function isTiffFile(bytes: Uint8Array): boolean {
	return openTiff(bytes) !== null;
}

/** Null for what is no TIFF. */
export function openTiff(bytes: Uint8Array): Tiff | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 8) return null;
	const order = view.getUint16(0);
	if (order !== 0x4949 && order !== 0x4d4d) return null;
	const isLittle = order === 0x4949;
	const version = view.getUint16(2, isLittle);
	if (version === 42) return { view, isLittle, isBig: false };
	return version === 43 && bytes.length >= 16 ? { view, isLittle, isBig: true } : null;
}

/** Numbers that lead out of the file do so wherever they lead: none needs to be exact beyond 2^53. */
function offsetAt({ view, isLittle, isBig }: Tiff, at: number): number {
	return isBig ? Number(view.getBigUint64(at, isLittle)) : view.getUint32(at, isLittle);
}

const offsetBytes = ({ isBig }: Tiff) => (isBig ? 8 : 4);
const fieldBytes = ({ isBig }: Tiff) => (isBig ? 20 : 12);
const countBytes = ({ isBig }: Tiff) => (isBig ? 8 : 2);

/** Where it stands that leads to the first of its pages. */
export function firstOffsetAt({ isBig }: Tiff): number {
	return isBig ? 8 : 4;
}

function fieldsIn(tiff: Tiff, directory: number): number {
	const { view, isLittle, isBig } = tiff;
	return isBig ? Number(view.getBigUint64(directory, isLittle)) : view.getUint16(directory, isLittle);
}

/** Where what leads to the next one stands; null where that one is not in the file whole. */
function endOfDirectory(tiff: Tiff, directory: number): number | null {
	const size = tiff.view.byteLength;
	if (directory + countBytes(tiff) > size) return null;
	const end = directory + countBytes(tiff) + fieldBytes(tiff) * fieldsIn(tiff, directory);
	return end + offsetBytes(tiff) > size ? null : end;
}

/** Where each of the pages begins; null last where one leads out of the file. A chain that comes back to itself ends at as many as could stand in the file. */
export function directoriesOf(tiff: Tiff): Generator<number | null> {
	return chainFrom(tiff, offsetAt(tiff, firstOffsetAt(tiff)));
}

function* chainFrom(tiff: Tiff, first: number): Generator<number | null> {
	const most = Math.floor(tiff.view.byteLength / (2 + 12 + 4)) + 1;
	let found = 0;
	for (let at = first; at !== 0 && found < most; found += 1) {
		const end = endOfDirectory(tiff, at);
		if (end === null) return yield null;
		yield at;
		at = offsetAt(tiff, end);
	}
}

interface Directory {
	readonly at: number;
	/** Its number among the pages; null where it is none. */
	readonly page: number | null;
}

/** Pages, and whatever they lead to, each once. False last where there are more than are looked at. */
export function* everyDirectory(tiff: Tiff): Generator<Directory | false> {
	const seen = new Set<number>();
	const waiting: { readonly first: number; readonly arePages: boolean }[] = [
		{ first: offsetAt(tiff, firstOffsetAt(tiff)), arePages: true },
	];
	// It grows while it is gone through.
	for (const chain of waiting) {
		let number = 0;
		for (const at of chainFrom(tiff, chain.first)) {
			if (at === null || seen.has(at)) break;
			if (seen.size >= mostDirectories) return yield false;
			seen.add(at);
			yield { at, page: chain.arePages ? number : null };
			number += 1;
			for (const tag of [tags.others, tags.exif, tags.gps, tags.interoperability]) {
				const others = valuesOf(tiff, at, tag);
				for (let index = 0; index < Math.min(others.length, mostParts); index += 1)
					waiting.push({ first: others.at(index), arePages: false });
			}
		}
	}
}

/** Whether a directory has pixels of its own. */
export function hasPixels(tiff: Tiff, directory: number): boolean {
	const has = (tag: number) => valuesOf(tiff, directory, tag).length > 0;
	return has(tags.width) && (has(tags.stripOffsets) || has(tags.tileOffsets));
}

/** The small picture in a JPEG of its own that a directory leads to (EXIF 2.3, 4.6.5). */
export function jpegOf(tiff: Tiff, directory: number): Part | null {
	const [offsets, counts] = [tags.jpeg, tags.jpegBytes].map((tag) => valuesOf(tiff, directory, tag));
	if (offsets === undefined || counts === undefined || offsets.length === 0 || counts.length === 0) return null;
	const from = offsets.at(0);
	const to = Math.min(from + counts.at(0), tiff.view.byteLength);
	return to > from ? { from, to } : null;
}

export function endOfPixels(tiff: Tiff, directory: number): number {
	const { stripOffsets, stripByteCounts, tileOffsets, tileByteCounts } = tags;
	return Math.max(
		endOfParts(valuesOf(tiff, directory, stripOffsets), valuesOf(tiff, directory, stripByteCounts)),
		endOfParts(valuesOf(tiff, directory, tileOffsets), valuesOf(tiff, directory, tileByteCounts)),
	);
}

/** A part of no bytes is none: its pixels are left out (sparse). */
function endOfParts(offsets: Values, counts: Values): number {
	let end = 0;
	for (let index = 0; index < Math.min(offsets.length, counts.length, mostParts); index += 1) {
		const count = counts.at(index);
		if (count > 0) end = Math.max(end, offsets.at(index) + count);
	}
	return end;
}

/** As far as any of its directories says that something of it lies; null where one leads out of the file, or there are too many. */
export function endOfTiff(tiff: Tiff): number | null {
	const size = tiff.view.byteLength;
	for (const page of directoriesOf(tiff)) if (page === null) return null;
	let end = 8;
	for (const one of everyDirectory(tiff)) {
		if (one === false) return null;
		const { at } = one;
		const own = endOfDirectory(tiff, at);
		if (own === null) return null;
		end = Math.max(end, own + offsetBytes(tiff), endOfPixels(tiff, at), jpegOf(tiff, at)?.to ?? 0);
		for (const { from, to, isWithin } of fieldsOf(tiff, at)) if (!isWithin && from < size) end = Math.max(end, to);
	}
	return end > size ? null : end;
}

interface Field extends Part {
	readonly tag: number;
	readonly type: number;
	readonly length: number;
	/** Its values stand in the directory itself. */
	readonly isWithin: boolean;
}

function* fieldsOf(tiff: Tiff, directory: number): Generator<Field> {
	const { view, isLittle, isBig } = tiff;
	const fields = Math.min(fieldsIn(tiff, directory), 65_535);
	const room = offsetBytes(tiff);
	for (let field = 0; field < fields; field += 1) {
		const at = directory + countBytes(tiff) + field * fieldBytes(tiff);
		const type = view.getUint16(at + 2, isLittle);
		const length = isBig ? Number(view.getBigUint64(at + 4, isLittle)) : view.getUint32(at + 4, isLittle);
		const valueAt = at + 4 + room;
		const bytes = length * (typeBytes[type] ?? 0);
		const isWithin = bytes <= room;
		const from = isWithin ? valueAt : offsetAt(tiff, valueAt);
		yield { tag: view.getUint16(at, isLittle), type, length, from, to: from + bytes, isWithin };
	}
}

interface Values {
	readonly length: number;
	at(index: number): number;
}
const none: Values = { length: 0, at: () => 0 };
/** SHORT, LONG and IFD, and of 64 bits LONG8 and IFD8. */
const readBytes: ReadonlyMap<number, 2 | 4 | 8> = new Map([
	[3, 2],
	[4, 4],
	[13, 4],
	[16, 8],
	[18, 8],
]);

/** The numbers of a field: none where the directory has no such one, or where they themselves lie beyond the end. */
function valuesOf(tiff: Tiff, directory: number, tag: number): Values {
	const { view, isLittle } = tiff;
	for (const field of fieldsOf(tiff, directory)) {
		if (field.tag !== tag) continue;
		const width = readBytes.get(field.type);
		if (width === undefined || field.to > view.byteLength) return none;
		const { from, length } = field;
		return {
			length,
			at(index) {
				const at = from + width * index;
				if (width === 8) return Number(view.getBigUint64(at, isLittle));
				return width === 2 ? view.getUint16(at, isLittle) : view.getUint32(at, isLittle);
			},
		};
	}
	return none;
}
