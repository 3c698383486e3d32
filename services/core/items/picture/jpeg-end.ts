// The segments of a JPEG and where it ends, by its markers and without decoding anything.

const endOfImage = 0xd9;
export const startOfScan = 0xda;
const mostSegments = 4_000;

/**
 * Where the JPEG that begins there ends, and the file itself where it breaks off in its pixels; null where none begins (ITU-T T.81, annex
 * B: segments with their lengths, a frame before any scan, and scans in which 0xFF is followed by 0 or by a restart).
 */
export function endOfJpeg(file: Buffer, begin: number): number | null {
	const segments = segmentsOfJpeg(file, begin);
	for (let step = segments.next(); ; step = segments.next()) if (step.done === true) return step.value;
}

interface Segment {
	readonly code: number;
	/** Without its marker and its length. */
	readonly from: number;
	readonly to: number;
}

/** Returns where it ends, as {@link endOfJpeg} does. What lies between a scan's segment and the next is its pixels. */
export function* segmentsOfJpeg(file: Buffer, begin: number): Generator<Segment, number | null> {
	let at = begin + 2;
	let hasFrame = false;
	for (let segment = 0; segment < mostSegments; segment += 1) {
		while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
		const code = file[at + 1];
		if (file[at] !== 0xff || code === undefined) return null;
		if (code === endOfImage) return hasFrame ? at + 2 : null;
		if (at + 4 > file.length) return null;
		if (isFrame(code))
			hasFrame = file.length >= at + 9 && file.readUInt16BE(at + 5) > 0 && file.readUInt16BE(at + 7) > 0;
		if (code === startOfScan && !hasFrame) return null;
		const from = at + 4;
		at += 2 + file.readUInt16BE(at + 2);
		yield { code, from, to: Math.min(at, file.length) };
		if (code !== startOfScan) continue;
		const after = endOfScan(file, at);
		if (after === null) return file.length;
		at = after;
	}
	return null;
}

/** SOF0 to SOF15, but for the tables DHT, JPG and DAC among them. */
export function isFrame(code: number): boolean {
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
