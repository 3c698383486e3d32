// The pictures that stand in a JPEG behind the first one: panoramas, other exposures and gain maps (CIPA DC-007, Multi-Picture Format),
// and whatever somebody put there. Viewers show the first alone, and decoders read no other. Thumbnails within the first one's own
// segments are none of them.

const marker = { startOfImage: 0xd8, endOfImage: 0xd9, startOfScan: 0xda } as const;
const beginning = Buffer.from([0xff, marker.startOfImage, 0xff]);
/** What begins like a JPEG and is none stands in many files by chance; who has put more than so many there hides something. */
const mostBeginnings = 1_000;
const mostSegments = 4_000;

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

/**
 * Where the JPEG that begins there ends, and the file itself where it breaks off in its pixels; null where none begins (ITU-T T.81, annex
 * B: segments with their lengths, a frame before any scan, and scans in which 0xFF is followed by 0 or by a restart).
 */
function endOfJpeg(file: Buffer, begin: number): number | null {
	let at = begin + 2;
	let hasFrame = false;
	for (let segment = 0; segment < mostSegments; segment += 1) {
		while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
		const code = file[at + 1];
		if (file[at] !== 0xff || code === undefined) return null;
		if (code === marker.endOfImage) return hasFrame ? at + 2 : null;
		if (at + 4 > file.length) return null;
		if (isFrame(code))
			hasFrame = file.length >= at + 9 && file.readUInt16BE(at + 5) > 0 && file.readUInt16BE(at + 7) > 0;
		if (code === marker.startOfScan && !hasFrame) return null;
		at += 2 + file.readUInt16BE(at + 2);
		if (code !== marker.startOfScan) continue;
		const after = endOfScan(file, at);
		if (after === null) return file.length;
		at = after;
	}
	return null;
}

/** SOF0 to SOF15, but for the tables DHT, JPG and DAC among them. */
function isFrame(code: number): boolean {
	return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
}

/** Where the next marker that is none of the scan's own stands; null where the file ends before. */
function endOfScan(file: Buffer, from: number): number | null {
	for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
		const code = file[at + 1];
		if (code === undefined) return null;
		const isOfScan = code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7);
		if (!isOfScan) return at;
	}
	return null;
}
