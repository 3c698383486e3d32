// How many pages a TIFF has (TIFF 6.0, section 2), without opening it with the decoder, which reads a file of thousands for a second.

const bytesPerField = 12;

/** Null for what is no TIFF of 32-bit offsets, or leads out of the file. A chain that comes back to itself ends at as many as could stand in the file. */
export function countTiffPages(bytes: Uint8Array): number | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 8) return null;
	const order = view.getUint16(0);
	if (order !== 0x4949 && order !== 0x4d4d) return null;
	const isLittle = order === 0x4949;
	if (view.getUint16(2, isLittle) !== 42) return null;
	const most = Math.floor(bytes.length / (2 + bytesPerField + 4)) + 1;
	let pages = 0;
	for (let at = view.getUint32(4, isLittle); at !== 0 && pages < most; pages += 1) {
		if (at + 2 > bytes.length) return null;
		const nextAt = at + 2 + bytesPerField * view.getUint16(at, isLittle);
		if (nextAt + 4 > bytes.length) return null;
		at = view.getUint32(nextAt, isLittle);
	}
	return pages;
}
