// The pictures that stand in a JPEG behind the first one: panoramas, other exposures and gain maps (CIPA DC-007, Multi-Picture Format),
// and whatever somebody put there. Viewers show the first alone, and decoders read no other. Thumbnails within the first one's own
// segments are none of them.
import { endOfJpeg } from "../../core/items/picture/jpeg-end.ts";

const beginning = Buffer.from([0xff, 0xd8, 0xff]);
/** What begins like a JPEG and is none stands in many files by chance; who has put more than so many there hides something. */
const mostBeginnings = 1_000;

export interface JpegsBehind {
	readonly jpegs: readonly Uint8Array[];
	/** There were more, or more that begin like one, than are looked at. */
	readonly isMore: boolean;
}

/** `most` of them at most. The last one may break off. */
export function jpegsBehind(bytes: Uint8Array, most: number): JpegsBehind {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const jpegs: Uint8Array[] = [];
	let at = endOfJpeg(file, 0);
	for (let tried = 0; at !== null; tried += 1) {
		const next = file.indexOf(beginning, at);
		if (next < 0) return { jpegs, isMore: false };
		if (tried >= mostBeginnings || jpegs.length >= most) return { jpegs, isMore: true };
		const end = endOfJpeg(file, next);
		if (end !== null) jpegs.push(bytes.subarray(next, end));
		at = end ?? next + 1;
	}
	return { jpegs, isMore: false };
}
