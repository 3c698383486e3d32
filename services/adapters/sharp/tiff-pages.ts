// What the directories of a TIFF say (TIFF 6.0, section 2), without opening it with the decoder: that reads a file of thousands of pages for a
// second, and has no word to say where a page's pixels lie beyond the end of the file.

const bytesPerField = 12;
/** By number: where the pixels lie, in strips or in tiles, and how many bytes each has. */
const tags = { stripOffsets: 273, stripByteCounts: 279, tileOffsets: 324, tileByteCounts: 325 } as const;
const shortType = 3;
const longType = 4;
/** Strips or tiles of a page that are looked at: a page of a hundred megapixels in strips of a line has fewer. */
const mostParts = 100_000;

interface Tiff {
	readonly view: DataView;
	readonly isLittle: boolean;
}

/** By its first bytes, whatever its offsets have. */
export function isTiffFile(bytes: Uint8Array): boolean {
	return /^(?:II[*+]\0|MM\0[*+])/.test(Buffer.from(bytes.subarray(0, 4)).toString("latin1"));
}

/** Null for what is no TIFF of 32-bit offsets. */
function openTiff(bytes: Uint8Array): Tiff | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 8) return null;
	const order = view.getUint16(0);
	if (order !== 0x4949 && order !== 0x4d4d) return null;
	const isLittle = order === 0x4949;
	return view.getUint16(2, isLittle) === 42 ? { view, isLittle } : null;
}

/** Where each begins; null last where one leads out of the file. A chain that comes back to itself ends at as many as could stand in the file. */
function* directoriesOf({ view, isLittle }: Tiff): Generator<number | null> {
	const size = view.byteLength;
	const most = Math.floor(size / (2 + bytesPerField + 4)) + 1;
	let found = 0;
	for (let at = view.getUint32(4, isLittle); at !== 0 && found < most; found += 1) {
		const nextAt = at + 2 > size ? size : at + 2 + bytesPerField * view.getUint16(at, isLittle);
		if (nextAt + 4 > size) return yield null;
		yield at;
		at = view.getUint32(nextAt, isLittle);
	}
}

/** Null for what is no TIFF of 32-bit offsets, or leads out of the file. */
export function countTiffPages(bytes: Uint8Array): number | null {
	const tiff = openTiff(bytes);
	if (tiff === null) return null;
	let pages = 0;
	for (const at of directoriesOf(tiff)) {
		if (at === null) return null;
		pages += 1;
	}
	return pages;
}

/** Whether pixels of that page lie beyond the end of the file: a copy that broke off. False for what is no TIFF. */
export function isTiffPageCut(bytes: Uint8Array, page: number): boolean {
	const tiff = openTiff(bytes);
	if (tiff === null) return false;
	let number = 0;
	for (const at of directoriesOf(tiff)) {
		if (number === page) return at === null || endOfPixels(tiff, at) > bytes.length;
		number += 1;
	}
	return false;
}

function endOfPixels(tiff: Tiff, directory: number): number {
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

interface Values {
	readonly length: number;
	at(index: number): number;
}
const none: Values = { length: 0, at: () => 0 };

/** The numbers of a field: none where the directory has no such one, or where they themselves lie beyond the end. */
function valuesOf({ view, isLittle }: Tiff, directory: number, tag: number): Values {
	const fields = view.getUint16(directory, isLittle);
	for (let field = 0; field < fields; field += 1) {
		const at = directory + 2 + field * bytesPerField;
		if (view.getUint16(at, isLittle) !== tag) continue;
		const type = view.getUint16(at + 2, isLittle);
		const length = view.getUint32(at + 4, isLittle);
		const width = type === shortType ? 2 : type === longType ? 4 : 0;
		const from = length * width <= 4 ? at + 8 : view.getUint32(at + 8, isLittle);
		if (width === 0 || from + length * width > view.byteLength) return none;
		return {
			length,
			at: (index) =>
				width === 2 ? view.getUint16(from + 2 * index, isLittle) : view.getUint32(from + 4 * index, isLittle),
		};
	}
	return none;
}
