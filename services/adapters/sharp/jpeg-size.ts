// The size in a JPEG's frame header (ITU-T T.81 §B.2.2), without opening the file with the decoder: a scan over a few segments.
import type { Size } from "./decode-frame.ts";

const startOfImage = 0xffd8;
const startOfScan = 0xda;
/** Frame headers are SOF0 to SOF15, but for the markers of tables (DHT, JPG, DAC) in between. */
const tables = new Set([0xc4, 0xc8, 0xcc]);

/** Null where there is none before the picture's data, and for files that are no JPEG. */
export function jpegSize(bytes: Uint8Array): Size | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 4 || view.getUint16(0) !== startOfImage) return null;
	for (let at = 2; at + 9 < bytes.length && view.getUint8(at) === 0xff; ) {
		const marker = view.getUint8(at + 1);
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		if (marker === startOfScan) return null;
		if (marker >= 0xc0 && marker <= 0xcf && !tables.has(marker))
			return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
		at += 2 + view.getUint16(at + 2);
	}
	return null;
}
