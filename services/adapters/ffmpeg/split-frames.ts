// Frames come out of the decoder one after the other, as the bytes of their three planes and nothing else.
import type { Size } from "../../core/hashes/pdq/hashed-size.ts";
import type { Planes } from "./decoded-frame.ts";

/**
 * `next` answers the size of the frame that comes out next, null where that is not known yet; `take` gets each once its last byte has come,
 * and its pixels are its own. False from `take` is handed on.
 */
export function splitFrames(next: () => Size | null, take: (frame: Planes) => boolean): (chunk: Uint8Array) => boolean {
	let gathered = Buffer.alloc(0);
	return (chunk) => {
		gathered = Buffer.concat([gathered, chunk]);
		for (;;) {
			const size = next();
			const pixels = size === null ? 0 : size.width * size.height;
			if (size === null || gathered.length < 3 * pixels) return true;
			const plane = (at: number) => new Uint8Array(gathered.subarray(at * pixels, (at + 1) * pixels));
			const frame = { luma: plane(0), blue: plane(1), red: plane(2), ...size };
			gathered = gathered.subarray(3 * pixels);
			if (!take(frame)) return false;
		}
	};
}
