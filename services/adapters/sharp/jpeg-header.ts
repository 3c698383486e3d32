// What a JPEG's segments say (ITU-T T.81 §B.2.2) before its data begin, without opening the file with the decoder.
import type { Size } from "../../core/hashes/pdq/hashed-size.ts";

export interface JpegHeader extends Size {
	/** It embeds an ICC profile, so that its numbers are not the colors that viewers show. */
	readonly hasProfile: boolean;
}

const startOfImage = 0xffd8;
const startOfScan = 0xda;
/** Frame headers are SOF0 to SOF15, but for the markers of tables (DHT, JPG, DAC) in between. */
const tables = new Set([0xc4, 0xc8, 0xcc]);
/** APP2 (ICC.1:2010, B.4). */
const profileMarker = 0xe2;
const profileName = Buffer.from("ICC_PROFILE\0", "latin1");

/** Null where no size stands before the picture's data, and for files that are no JPEG. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 4 || view.getUint16(0) !== startOfImage) return null;
	let size: Size | null = null;
	let hasProfile = false;
	for (let at = 2; at + 9 < bytes.length && view.getUint8(at) === 0xff; ) {
		const marker = view.getUint8(at + 1);
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		if (marker === startOfScan) return size === null ? null : { ...size, hasProfile };
		if (marker >= 0xc0 && marker <= 0xcf && !tables.has(marker))
			size ??= { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
		if (marker === profileMarker && profileName.equals(bytes.subarray(at + 4, at + 4 + profileName.length)))
			hasProfile = true;
		at += 2 + view.getUint16(at + 2);
	}
	return null;
}
