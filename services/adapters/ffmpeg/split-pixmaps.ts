// Frames come out of the decoder one after the other as portable pixmaps (PPM, "P6"): each says its own size.
import type { Raster } from "../../core/hashes/pdq/hashed-size.ts";

const header = /^P6\n(\d+) (\d+)\n255\n/;
const longestHeader = 32;

/** `take` gets each frame once its last byte has come; its pixels are its own. False from `take` is handed on. */
export function splitPixmaps(take: (raster: Raster) => boolean): (chunk: Uint8Array) => boolean {
	let gathered = Buffer.alloc(0);
	return (chunk) => {
		gathered = Buffer.concat([gathered, chunk]);
		for (;;) {
			const found = header.exec(gathered.subarray(0, longestHeader).toString("latin1"));
			if (found === null) return gathered.length < longestHeader;
			const [start, width = 0, height = 0] = [found[0].length, Number(found[1]), Number(found[2])];
			const end = start + width * height * 3;
			if (gathered.length < end) return true;
			const rgb = new Uint8Array(gathered.subarray(start, end));
			gathered = gathered.subarray(end);
			if (!take({ rgb, width, height })) return false;
		}
	};
}
