// Of a video that is too large for memory what is no part of its sound and pictures, as a small file of its own in which other files are found as in
// one that is held in memory.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { endsAsZip, zipEndWithin } from "../../core/items/picture/files-behind.ts";
import { pdfWithin, signature } from "../../core/items/signatures.ts";
import type { Source } from "../../core/items/source.ts";
import { partsOfVideo } from "../../core/items/video-parts.ts";
import type { VideoExcerpt } from "../../core/ports/image-examiner.ts";

const mostBytes = 67_108_864;
/** The beginning of a film, and a box for the rest: a video of no length, with what stands beside it. */
const film = Buffer.from("\0\0\0\x10ftypisom\0\0\0\0", "latin1");
const boxOf = (bytes: Buffer): Buffer => {
	const head = Buffer.from("\0\0\0\0free", "latin1");
	head.writeUInt32BE(head.length + bytes.length);
	return Buffer.concat([head, bytes]);
};

export function videoExcerpt(path: string): VideoExcerpt {
	const file = openSync(path, "r");
	try {
		const source = sourceIn(file);
		const { besides, end, isMore } = partsOfVideo(source);
		const parts = [...besides, { from: end, to: source.length }].filter(({ from, to }) => to > from);
		const size = parts.reduce((sum, { from, to }) => sum + to - from, 0);
		const { length } = source;
		// Those that lie across the whole of it, for their own readers.
		const isDocument = source.read(0, Math.min(length, pdfWithin)).includes(signature.pdf);
		const isArchive = end === length && endsAsZip(source.read(Math.max(0, length - zipEndWithin), length));
		if (size > mostBytes) return { bytes: film, isMore: true };
		const bytes = Buffer.concat([film, ...parts.map(({ from, to }) => boxOf(source.read(from, to)))]);
		return { bytes: new Uint8Array(bytes), isMore: isMore || isDocument || isArchive };
	} finally {
		closeSync(file);
	}
}

function sourceIn(file: number): Source {
	return {
		length: fstatSync(file).size,
		read(from, to) {
			const bytes = Buffer.alloc(to - from);
			return bytes.subarray(0, readSync(file, bytes, 0, to - from, from));
		},
	};
}
