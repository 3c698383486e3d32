// Where what a decoder reads of a picture ends in its file, by the file's own structure and without decoding anything.
import { endOfIso, isoBoxes, pictureBrands } from "../iso-boxes.ts";
import { signature } from "../signatures.ts";
import { sourceOf } from "../source.ts";
import { endOfJpeg } from "./jpeg-end.ts";
import { endOfTiff, isTiffFile, openTiff } from "./tiff.ts";

/** A GIF has some for each frame; who has more hides something. */
const mostBlocks = 1_000_000;

export type Form = "jpeg" | "png" | "gif" | "webp" | "tiff" | "iso";

/** Whether a file begins as a picture that is decoded here. What begins so is one, whatever else may be made of it. */
export function beginsAsPicture(bytes: Uint8Array): boolean {
	return formOf(bytes) !== null;
}

export function formOf(bytes: Uint8Array): Form | null {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString("latin1");
	if (head.startsWith(signature.jpeg)) return "jpeg";
	if (head.startsWith(signature.png)) return "png";
	if (/^GIF8[79]a/.test(head)) return "gif";
	if (head.startsWith(signature.riff) && head.startsWith("WEBP", 8)) return "webp";
	if (isTiffFile(bytes)) return "tiff";
	return head.startsWith(signature.fileType, 4) && pictureBrands.get(head.slice(8, 12))?.isDecoded === true
		? "iso"
		: null;
}

/** Null where it has no end of its own: what is no picture, and what breaks off. */
export function endOfPicture(bytes: Uint8Array): number | null {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	switch (formOf(bytes)) {
		case "jpeg":
			return endOfJpeg(file, 0);
		case "png":
			return endOfPng(file);
		case "gif":
			return endOfGif(file);
		case "webp":
			return endOfRiff(file, 0);
		case "iso":
			return endOfIsoPicture(bytes);
		case "tiff": {
			const tiff = openTiff(bytes);
			return tiff === null ? null : endOfTiff(tiff);
		}
		default:
			return null;
	}
}

/** PNG, third edition, 5.3: chunks of which the last is IEND. */
function endOfPng(file: Buffer): number | null {
	for (let at = signature.png.length; at + 12 <= file.length; ) {
		const end = at + 12 + file.readUInt32BE(at);
		if (file.toString("latin1", at + 4, at + 8) === "IEND") return end;
		at = end;
	}
	return null;
}

/** GIF89a, 15 to 27: blocks of pictures and extensions, each of which is a row of pieces that ends with an empty one. */
function endOfGif(file: Buffer): number | null {
	const tableBytes = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
	let at = 13 + tableBytes(file[10] ?? 0);
	for (let block = 0; block < mostBlocks && at < file.length; block += 1) {
		const kind = file[at];
		if (kind === 0x3b) return at + 1;
		if (kind === 0x21) at += 2;
		else if (kind === 0x2c) at += 11 + tableBytes(file[at + 9] ?? 0);
		else return null;
		while ((file[at] ?? 0) !== 0) at += 1 + (file[at] ?? 0);
		at += 1;
	}
	return null;
}

/** What begins there as RIFF; its size is even in the file. */
export function endOfRiff(file: Buffer, begin: number): number {
	const size = file.readUInt32LE(begin + 4);
	return Math.min(file.length, begin + 8 + size + (size % 2));
}

/** The film of a moving photograph stands in a box of its own behind the picture's. */
const filmBox = "mpvd";

function endOfIsoPicture(bytes: Uint8Array): number {
	const source = sourceOf(bytes);
	for (const { at, type } of isoBoxes(source, 0)) if (type === filmBox) return at + 8;
	return endOfIso(source, 0);
}
