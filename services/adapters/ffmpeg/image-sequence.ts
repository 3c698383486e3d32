// Files of pictures that hold tracks of them, as videos do (ISO/IEC 23008-12, 7; AV1 Image File Format, 6): by their boxes alone, whether one is such.

import { sequenceTypeOf } from "../../core/items/iso-boxes.ts";

export interface ImageSequence {
	readonly mediaType: "image/avif" | "image/heic-sequence";
	/** It has a picture besides that is shown where it does not move. */
	readonly hasStill: boolean;
}

/** Null where it is none. */
export function imageSequenceOf(bytes: Uint8Array): ImageSequence | null {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const mediaType = sequenceTypeOf(bytes);
	if (mediaType === null) return null;
	let hasStill = false;
	for (let at = 0; at + 8 <= file.length; ) {
		const size = file.readUInt32BE(at);
		hasStill ||= file.toString("latin1", at + 4, at + 8) === "meta";
		// The last one lasts to the end of the file; those that need more than 32 bits hold pixels, behind which nothing is looked for.
		if (size < 8) break;
		at += size;
	}
	return { mediaType, hasStill };
}
