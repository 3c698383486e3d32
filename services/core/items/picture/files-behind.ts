// Other files in that of a picture or a video: the film of a moving photograph, a video's cover, an archive that opens once it is renamed. Viewers show the
// picture alone, and decoders read nothing else. What begins as no file that is known here (padding, notes of the maker's, depth of the scene) is none.
import { type ContainerType, containerTypeOf, zstandardType } from "../container-type.ts";
import { endOfIso } from "../iso-boxes.ts";
import { pdfWithin, signature, tarAt } from "../signatures.ts";
import { type Part, sourceOf } from "../source.ts";
import { partsOfVideo } from "../video-parts.ts";
import { videoTypeOf } from "../video-type.ts";
import { endOfZstandard } from "../zstandard-frames.ts";
import { endOfJpeg } from "./jpeg-end.ts";
import { beginsAsPicture, endOfPicture, endOfRiff } from "./picture-end.ts";

export interface FilesBehind {
	readonly files: readonly Part[];
	/** There is more, or more that begins like a file, than is looked at. */
	readonly isMore: boolean;
}

/** By how a file begins: its first bytes, how far into it they stand, and where its own end is known, where that is. */
interface Beginning {
	readonly bytes: Buffer;
	readonly into?: number;
	/** The bytes are few, or common: what else must be so. */
	readonly isSure?: (file: Buffer, begin: number) => boolean;
	readonly endOf?: (file: Buffer, begin: number) => number | null;
}

const latin1 = (text: string) => Buffer.from(text, "latin1");
export const zipEnd = latin1(signature.zipEnd);
const zipEndBytes = 22;
/** Its end, and the longest comment that may follow. */
export const zipEndWithin = zipEndBytes + 65_535;

/** Behind a JPEG they are pictures of the same file, and are looked at with it; what is in them is theirs. */
const jpeg: Beginning = { bytes: latin1(signature.jpeg), endOf: endOfJpeg };

const beginnings: readonly Beginning[] = [
	jpeg,
	{ bytes: latin1(signature.fileType), into: 4, isSure: isFileType, endOf: (file, at) => endOfIso(sourceOf(file), at) },
	{ bytes: latin1(signature.zipEntry), isSure: isZipEntry, endOf: endOfZip },
	{ bytes: latin1(signature.pdf) },
	{ bytes: latin1(signature.sevenZip) },
	{ bytes: latin1(signature.rar) },
	{ bytes: latin1(signature.gzip), isSure: isGzip },
	{
		bytes: latin1(signature.bzip2),
		isSure: (file, at) => /^[1-9]1AY&SY/.test(file.toString("latin1", at + 3, at + 10)),
	},
	{ bytes: latin1(signature.xz) },
	// RFC 8878, 3.1.1: one bit of the next byte is reserved.
	{ bytes: latin1(signature.zstandard), isSure: (file, at) => ((file[at + 4] ?? 8) & 8) === 0 },
	{ bytes: latin1(`${signature.cabinet}\0\0\0\0`) },
	{ bytes: latin1(signature.tar), into: tarAt },
	{ bytes: latin1(signature.ole) },
	{
		bytes: latin1(signature.ebml),
		isSure: (file, at) => /webm|matroska/.test(file.toString("latin1", at, at + 64)),
	},
	{
		bytes: latin1(signature.riff),
		isSure: (file, at) => /^(?:AVI |WEBP)/.test(file.toString("latin1", at + 8, at + 12)),
		endOf: endOfRiff,
	},
	{ bytes: latin1(signature.png) },
	{ bytes: latin1(signature.gif), isSure: (file, at) => /^[79]a/.test(file.toString("latin1", at + 4, at + 6)) },
];

/** What begins like one and is none stands in large files by chance; who has put more than so many there hides something. */
const mostTried = 1_000;
const mostFiles = 32;

/** Nothing of what is neither. */
export function filesBehind(bytes: Uint8Array): FilesBehind {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (beginsAsPicture(bytes)) return behindPicture(file);
	const container = containerTypeOf(bytes);
	if (container !== null) return besideContainer(file, container);
	return videoTypeOf(bytes) === null ? { files: [], isMore: false } : inVideo(file);
}

/**
 * Readers of ZIP begin at the end of a file, those of PDF are content with its first kibibyte: either may be another container's, too. What
 * that one holds uncompressed is found as well.
 */
function besideContainer(file: Buffer, { mediaType }: ContainerType): FilesBehind {
	const [isZip, isPdf, isTarType] = ["zip", "pdf", "x-tar"].map((type) => mediaType === `application/${type}`);
	const firstAt = isZip ? 30 + file.readUInt16LE(26) + file.readUInt16LE(28) : isTarType ? 512 : 0;
	const pdfAt = isPdf ? -1 : file.subarray(0, pdfWithin).indexOf(signature.pdf);
	const zipAt = isZip ? -1 : zipBeside(file, file.length);
	const files = [
		...(pdfAt > 0 && pdfAt !== firstAt ? [{ from: pdfAt, to: file.length }] : []),
		...(zipAt > 0 ? [{ from: zipAt, to: endOfZip(file, zipAt) }] : []),
	];
	const end = ownEnd(file, mediaType);
	const isMore = !isTarType && isTar(file);
	return joinedBy([{ files, isMore }, search(file, end, null)]);
}

function behindPicture(file: Buffer): FilesBehind {
	const end = endOfPicture(file) ?? file.length;
	const isJpeg = jpeg.bytes.equals(file.subarray(0, jpeg.bytes.length));
	const behind = isJpeg ? search(file, pastJpegs(file, end), jpeg) : search(file, end, null);
	return joinedBy([besideMedia(file, end), behind]);
}

function inVideo(file: Buffer): FilesBehind {
	const { besides, end, isMore } = partsOfVideo(sourceOf(file));
	const within = besides.map(({ from, to }) => search(file.subarray(0, to), from, null));
	return joinedBy([besideMedia(file, end), ...within, search(file, end, null), { files: [], isMore }]);
}

/** Each file once, and no more of them than are looked at. */
function joinedBy(found: readonly FilesBehind[]): FilesBehind {
	const files = found.flatMap((one) => one.files).toSorted((one, other) => one.from - other.from);
	const distinct = files.filter(({ from }, at) => files.findIndex((one) => one.from === from) === at);
	const isMore = found.some((one) => one.isMore) || distinct.length > mostFiles;
	return { files: distinct.slice(0, mostFiles), isMore };
}

/** Whether there are any, to be looked at by who takes them out. */
export function joinedTo(bytes: Uint8Array): { readonly isJoined?: true } {
	const { files, isMore } = filesBehind(bytes);
	return files.length > 0 || isMore ? { isJoined: true } : {};
}

function besideMedia(file: Buffer, end: number): FilesBehind {
	const pdfAt = file.subarray(0, Math.min(pdfWithin, end)).indexOf(signature.pdf);
	const zipAt = zipBeside(file, end);
	return {
		files: [pdfAt, zipAt].flatMap((from) => (from > 0 ? [{ from, to: file.length }] : [])),
		isMore: isTar(file),
	};
}

/** A tar archive that begins as something else is made to be both, by hand. */
function isTar(file: Buffer): boolean {
	return file.toString("latin1", tarAt, tarAt + signature.tar.length) === signature.tar;
}

/** Where a container's own file ends, where that is read; the end of all of it otherwise. */
function ownEnd(file: Buffer, mediaType: string): number {
	if (mediaType === "application/zip") return endOfZip(file, 0);
	if (mediaType === zstandardType) return endOfZstandard(file);
	const pdfEndsAt = mediaType === "application/pdf" ? file.lastIndexOf("%%EOF") : -1;
	return pdfEndsAt < 0 ? file.length : pdfEndsAt;
}

/** Whether it ends where a ZIP does. */
export function endsAsZip(file: Buffer): boolean {
	const at = file.lastIndexOf(zipEnd);
	return at >= 0 && at + zipEndBytes <= file.length && at + zipEndBytes + file.readUInt16LE(at + 20) === file.length;
}

/** Readers of ZIP begin at its end, and are led from there to wherever its files lie: here, within the picture or the video. */
function zipBeside(file: Buffer, end: number): number {
	const least = Math.max(0, file.length - zipEndWithin);
	const at = file.lastIndexOf(zipEnd);
	if (at < least || at + zipEndBytes > file.length) return -1;
	const isAt = (offset: number, bytes: string) => file.toString("latin1", offset, offset + bytes.length) === bytes;
	// Offsets count from the beginning of the file, or from that of the archive, which readers find by where its directory ends.
	const said = file.readUInt32LE(at + 16);
	for (const base of [0, at - file.readUInt32LE(at + 12) - said]) {
		const directoryAt = base + said;
		if (base < 0 || directoryAt + 46 > file.length || !isAt(directoryAt, signature.zipDirectory)) continue;
		const from = base + file.readUInt32LE(directoryAt + 42);
		if (from < end && isAt(from, signature.zipEntry)) return from;
	}
	return -1;
}

/** Most of what stands behind pictures is more of them, one after the other: nothing is looked for in those. */
function pastJpegs(file: Buffer, from: number): number {
	let at = from;
	for (let jpegs = 0; jpegs < mostFiles; jpegs += 1) {
		let begin = at;
		while (file[begin] === 0) begin += 1;
		const end = jpeg.bytes.equals(file.subarray(begin, begin + 3)) ? endOfJpeg(file, begin) : null;
		if (end === null) break;
		at = end;
	}
	return at;
}

/** `skipped`: what begins so is none, and nothing is looked for in it. */
function search(file: Buffer, from: number, skipped: Beginning | null): FilesBehind {
	const files: { from: number; to: number }[] = [];
	const next = beginnings.map((beginning) => nextOf(file, beginning, from));
	for (let tried = 0; ; tried += 1) {
		const first = next.reduce((best, at, which) => (at < (next[best] ?? 0) ? which : best), 0);
		const begin = next[first] ?? Number.POSITIVE_INFINITY;
		const beginning = beginnings[first];
		if (beginning === undefined || begin >= file.length) return { files, isMore: false };
		if (tried >= mostTried || files.length >= mostFiles) return { files, isMore: true };
		const isSure = beginning.isSure?.(file, begin) ?? true;
		const end = isSure ? (beginning.endOf === undefined ? file.length : beginning.endOf(file, begin)) : null;
		if (end !== null && beginning !== skipped) files.push({ from: begin, to: end });
		const resumeAt = end === null || end <= begin ? begin + 1 : end;
		for (const [which, one] of beginnings.entries())
			if ((next[which] ?? 0) < resumeAt) next[which] = nextOf(file, one, resumeAt);
	}
}

function nextOf(file: Buffer, { bytes, into = 0 }: Beginning, from: number): number {
	const at = file.indexOf(bytes, from + into);
	return at < 0 ? Number.POSITIVE_INFINITY : at - into;
}

/** A box of a few brands. */
function isFileType(file: Buffer, begin: number): boolean {
	const size = file.readUInt32BE(begin);
	return size >= 16 && size <= 4_096 && /^[\x20-\x7e]{4}$/.test(file.toString("latin1", begin + 8, begin + 12));
}

/** APPNOTE 6.3, 4.4.3 and 4.4.5: versions and methods are small numbers. */
function isZipEntry(file: Buffer, begin: number): boolean {
	if (begin + 30 > file.length) return false;
	return (file[begin + 4] ?? 0) <= 63 && file.readUInt16LE(begin + 8) <= 99;
}

/** Its end says where its directory is, from its own beginning or from that of the whole file. One within it is not meant. */
export function endOfZip(file: Buffer, begin: number): number {
	let end = file.length;
	for (
		let at = file.indexOf(zipEnd, begin);
		at >= 0 && at + zipEndBytes <= file.length;
		at = file.indexOf(zipEnd, at + 4)
	) {
		end = Math.min(file.length, at + zipEndBytes + file.readUInt16LE(at + 20));
		const directoryEnd = file.readUInt32LE(at + 12) + file.readUInt32LE(at + 16);
		if (directoryEnd === at - begin || directoryEnd === at) break;
	}
	return end;
}

/** RFC 1952, 2.3.1: flags of which three are reserved, and small numbers. */
function isGzip(file: Buffer, begin: number): boolean {
	const [flags = 255, level = 255, system = 254] = [file[begin + 3], file[begin + 8], file[begin + 9]];
	return flags < 32 && [0, 2, 4].includes(level) && (system <= 13 || system === 255);
}
