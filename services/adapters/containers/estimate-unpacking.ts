// What unpacking a container will cost, from what its header or its directory says, before anything of it is read: which lane it goes to.
// Measured on one core of an AMD EPYC. It need not be exact, and what lies is found out after a second.
import { beginsAsZstandard, mostOfFrame, zstandardFrames } from "../../core/items/zstandard-frames.ts";
import type { UnpackLimits } from "./unpacked.ts";
import type { ZipEntry } from "./zip-entries.ts";

/** For each million of unpacked bytes: to unpack and to hash them, and to hand them on. */
const msPerMegabyte = 12;
/** What compresses better unpacks more slowly: for each million of packed bytes. */
const msPerPackedMegabyte = 150;
const msPerMember = 0.1;
/** To draw a page and to write it as a picture. */
const msPerPage = 55;

type Limits = Pick<UnpackLimits, "members" | "memberBytes" | "bytes" | "pages">;

/** Milliseconds of one core. */
export function estimateArchiveMs(bytes: Uint8Array, entries: readonly ZipEntry[], limits: Limits): number {
	if (entries.length > 0) {
		const read = entries.slice(0, limits.members);
		const unpacked = read.reduce((sum, { saysBytes }) => sum + Math.min(saysBytes, limits.memberBytes), 0);
		return (Math.min(unpacked, limits.bytes) / 1e6) * msPerMegabyte + read.length * msPerMember;
	}
	if (beginsAsZstandard(bytes)) {
		const most = [...zstandardFrames(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))]
			.map(mostOfFrame)
			.reduce((sum, one) => sum + one, 0);
		return (Math.min(most, limits.memberBytes) / 1e6) * msPerMegabyte;
	}
	const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
	return isGzip ? (gzipSize(bytes) / 1e6) * msPerMegabyte : (bytes.length / 1e6) * msPerPackedMegabyte;
}

export function estimateDocumentMs(pages: number, limits: Limits): number {
	return Math.min(pages, limits.pages) * msPerPage;
}

/** RFC 1952, 2.3.1: the last four bytes say how much it was, modulo 2³². */
function gzipSize(bytes: Uint8Array): number {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Math.max(bytes.length, bytes.length < 4 ? 0 : view.getUint32(bytes.length - 4, true));
}
