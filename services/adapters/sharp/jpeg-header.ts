// What a JPEG's segments say (ITU-T T.81 §B.2.2) before its data begin, without opening the file with the decoder.
import type { Size } from "../../core/hashes/pdq/hashed-size.ts";
import { isFrame, segmentsOfJpeg, startOfScan } from "../../core/items/picture/jpeg-end.ts";

export interface JpegHeader extends Size {
	/** It embeds an ICC profile, so that its numbers are not the colors that viewers show. */
	readonly hasProfile: boolean;
}

const startOfImage = 0xffd8;
/** APP2 (ICC.1:2010, B.4). */
const profileMarker = 0xe2;
const profileName = Buffer.from("ICC_PROFILE\0", "latin1");

/** Null where no size stands before the picture's data, and for files that are no JPEG. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | null {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (file.length < 4 || file.readUInt16BE(0) !== startOfImage) return null;
	let size: Size | null = null;
	let hasProfile = false;
	for (const { code, from, to } of segmentsOfJpeg(file, 0)) {
		if (code === startOfScan) return size === null ? null : { ...size, hasProfile };
		if (isFrame(code) && from + 5 <= to)
			size ??= { height: file.readUInt16BE(from + 1), width: file.readUInt16BE(from + 3) };
		if (code === profileMarker && profileName.equals(file.subarray(from, from + profileName.length))) hasProfile = true;
	}
	return null;
}
