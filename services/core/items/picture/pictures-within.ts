// Pictures that stand within a picture's own file and are no page, frame or file behind it: the small one of EXIF, previews that makers and programs
// put beside it, and other directories of a TIFF. Viewers of folders show some of them in its place, and decoders read none. Whether one is the
// same picture once more is not decided here.
import { signature } from "../signatures.ts";
import type { Part } from "../source.ts";
import { endOfJpeg, segmentsOfJpeg } from "./jpeg-end.ts";
import { endOfPicture, type Form, formOf } from "./picture-end.ts";
import { everyDirectory, firstOffsetAt, hasPixels, jpegOf, openTiff, type Tiff } from "./tiff.ts";

interface PictureWithin {
	/** It tells it from the others in the file. */
	readonly name: string;
	/** As a file of its own. */
	cut(): Uint8Array;
}

export interface PicturesWithin {
	readonly pictures: readonly PictureWithin[];
	/** There are more than are looked at. */
	readonly isMore: boolean;
}

/** Cameras write up to three. */
const mostPictures = 16;
/** What begins like a JPEG and is none. */
const mostBeginnings = 1_000;
const jpegBeginning = Buffer.from(signature.jpeg, "latin1");
const exifBeginning = "Exif\0\0";

/** A JPEG that stands there byte by byte, or a directory of the TIFF that begins at `from`. */
type Found = Part & { readonly directory?: number };

/** None of what is no picture. */
export function picturesWithin(bytes: Uint8Array): PicturesWithin {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const found: Found[] = [];
	let isMore = false;
	for (const one of search(file, formOf(bytes))) {
		if (one !== null && found.some(({ from, directory }) => from === one.from && directory === one.directory)) continue;
		isMore = one === null || found.length >= mostPictures;
		if (one === null || isMore) break;
		found.push(one);
	}
	return { pictures: found.map((one, at) => ({ name: nameOf(at + 1), cut: () => cut(file, one) })), isMore };
}

const nameOf = (number: number) => `picture ${number} within`;

/** Whether a path may be that of one. */
export function isWithinPicture(path: string): boolean {
	return /picture \d+ within$/.test(path);
}

/** Null last where there is more than is looked at. */
function* search(file: Buffer, form: Form | null): Generator<Found | null> {
	if (form === "tiff") return yield* inTiff(file, { from: 0, to: file.length }, true);
	for (const { from, to, isExif } of metadataOf(file, form)) {
		const tiffAt = file.toString("latin1", from, from + exifBeginning.length) === exifBeginning ? from + 6 : from;
		if (isExif || tiffAt > from) yield* inTiff(file, { from: tiffAt, to }, false);
		yield* jpegsIn(file, { from, to });
	}
}

/** Where makers and programs write beside the pixels. Of AVIF it may be anywhere: chance alone makes no JPEG of pixels. */
function* metadataOf(file: Buffer, form: Form | null): Generator<Part & { readonly isExif?: boolean }> {
	if (form === "jpeg") {
		for (const { code, from, to } of segmentsOfJpeg(file, 0)) if (isOfPrograms(code)) yield { from, to };
	} else if (form === "png") {
		for (let at = 8; at + 12 <= file.length; ) {
			const to = at + 8 + file.readUInt32BE(at);
			const type = file.toString("latin1", at + 4, at + 8);
			if (!["IDAT", "fdAT"].includes(type))
				yield { from: at + 8, to: Math.min(to, file.length), isExif: type === "eXIf" };
			if (type === "IEND") return;
			at = to + 4;
		}
	} else if (form === "webp") {
		for (let at = 12; at + 8 <= file.length; ) {
			const size = file.readUInt32LE(at + 4);
			const type = file.toString("latin1", at, at + 4);
			const to = Math.min(at + 8 + size, file.length);
			if (!["VP8 ", "VP8L", "ALPH", "ANMF"].includes(type)) yield { from: at + 8, to, isExif: type === "EXIF" };
			at += 8 + size + (size % 2);
		}
	} else if (form === "iso") yield { from: 0, to: endOfPicture(file) ?? file.length };
}

/** APP0 to APP15, and comments. */
function isOfPrograms(code: number): boolean {
	return (code >= 0xe0 && code <= 0xef) || code === 0xfe;
}

/** `isPicture`: its pages are the file's own, and are read with it. */
function* inTiff(file: Buffer, { from, to }: Part, isPicture: boolean): Generator<Found | null> {
	const tiff = openTiff(file.subarray(from, to));
	if (tiff === null) return;
	for (const one of everyDirectory(tiff)) {
		if (one === false) return yield null;
		const jpeg = jpegOf(tiff, one.at);
		if (jpeg !== null && isJpeg(file, from + jpeg.from)) yield { from: from + jpeg.from, to: from + jpeg.to };
		const isOwn = isPicture && one.page !== null;
		if (!isOwn && hasPixels(tiff, one.at)) yield { from, to, directory: one.at };
	}
}

function isJpeg(file: Buffer, at: number): boolean {
	return jpegBeginning.equals(file.subarray(at, at + jpegBeginning.length));
}

function* jpegsIn(file: Buffer, { from, to }: Part): Generator<Found | null> {
	const part = file.subarray(from, to);
	let tried = 0;
	for (let at = part.indexOf(jpegBeginning); at >= 0; tried += 1) {
		if (tried >= mostBeginnings) return yield null;
		const end = endOfJpeg(part, at);
		if (end !== null) yield { from: from + at, to: from + end };
		at = part.indexOf(jpegBeginning, end ?? at + 1);
	}
}

/** A directory becomes a file in which it is the first. */
function cut(file: Buffer, { from, to, directory }: Found): Uint8Array {
	const own = new Uint8Array(file.subarray(from, to));
	const tiff = directory === undefined ? null : openTiff(own);
	if (tiff !== null && directory !== undefined) leadTo(tiff, directory);
	return own;
}

function leadTo(tiff: Tiff, directory: number): void {
	const { view, isLittle, isBig } = tiff;
	if (isBig) view.setBigUint64(firstOffsetAt(tiff), BigInt(directory), isLittle);
	else view.setUint32(firstOffsetAt(tiff), directory, isLittle);
}
