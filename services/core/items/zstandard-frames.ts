// How a Zstandard file is divided (RFC 8878, 3.1), without unpacking anything: its frames, and how much may come out of each at most.
import { signature } from "./signatures.ts";

export interface ZstandardFrame {
	readonly from: number;
	/** Behind the last block that is there whole; behind its sum where it is whole itself. */
	readonly to: number;
	readonly blocksAt: number;
	/** Comes out of a block that is compressed, at most, and out of all of them. */
	readonly blockBytes: number;
	readonly mostBytes: number;
	readonly windowBytes: number;
	/** What it says that comes out of it; null where it does not. */
	readonly saysBytes: number | null;
	readonly needsDictionary: boolean;
	readonly isCutShort: boolean;
}

const magicBytes = 4;
/** 0x184D2A50 to 0x184D2A5F: what follows is for programs of their own. */
const isSkippable = (file: Buffer, at: number) => at + 8 <= file.length && file.readUInt32LE(at) >>> 4 === 0x184d2a5;
/** Before the first that holds something; writers put one there. */
const mostSkipped = 100;
const largestBlock = 131_072;

/** Whether it begins with a frame, behind those that are skipped. */
export function beginsAsZstandard(bytes: Uint8Array): boolean {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const at = pastSkippable(file, 0, mostSkipped);
	return (
		file.toString("latin1", at, at + magicBytes) === signature.zstandard && ((file[at + magicBytes] ?? 8) & 8) === 0
	);
}

export function* zstandardFrames(file: Buffer): Generator<ZstandardFrame> {
	for (let at = pastSkippable(file, 0); ; ) {
		const frame = frameAt(file, at);
		if (frame === null) return;
		yield frame;
		if (frame.isCutShort) return;
		at = pastSkippable(file, frame.to);
	}
}

/** So much comes out of a frame: what it says of itself is believed only as far as its blocks can be that. */
export function mostOfFrame({ mostBytes, saysBytes }: Pick<ZstandardFrame, "mostBytes" | "saysBytes">): number {
	return Math.min(mostBytes, saysBytes ?? mostBytes);
}

/** Where its last frame ends. */
export function endOfZstandard(file: Buffer): number {
	let end = 0;
	for (const { to, isCutShort } of zstandardFrames(file)) end = isCutShort ? file.length : to;
	return pastSkippable(file, end);
}

function pastSkippable(file: Buffer, from: number, most = Number.POSITIVE_INFINITY): number {
	let at = from;
	for (let skipped = 0; skipped < most && isSkippable(file, at); skipped += 1) at += 8 + file.readUInt32LE(at + 4);
	return Math.min(at, file.length);
}

/** Null where none begins. */
function frameAt(file: Buffer, from: number): ZstandardFrame | null {
	if (file.toString("latin1", from, from + magicBytes) !== signature.zstandard) return null;
	const described = file[from + magicBytes] ?? 8;
	if ((described & 8) !== 0) return null;
	const isSingle = (described & 0x20) !== 0;
	const windowAt = from + magicBytes + 1;
	const dictionaryAt = windowAt + (isSingle ? 0 : 1);
	const dictionaryBytes = [0, 1, 2, 4][described & 3] ?? 0;
	const sizeAt = dictionaryAt + dictionaryBytes;
	const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][described >> 6] ?? 0;
	const blocksAt = sizeAt + sizeBytes;
	if (blocksAt > file.length) return null;
	const saysBytes = sizeBytes === 0 ? null : numberOf(file, sizeAt, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
	const windowBytes = isSingle ? (saysBytes ?? 0) : windowOf(file[windowAt] ?? 0);
	const needsDictionary = numberOf(file, dictionaryAt, dictionaryBytes) !== 0;
	const blockBytes = Math.min(largestBlock, windowBytes);
	const { end, mostBytes, isLast } = blocksWithin(file, { blocksAt, blockBytes }, Number.POSITIVE_INFINITY);
	const to = end + (isLast && (described & 4) !== 0 ? 4 : 0);
	const isCutShort = !isLast || to > file.length;
	const size = { blockBytes, mostBytes, windowBytes, saysBytes };
	return { from, to: isCutShort ? end : to, blocksAt, ...size, needsDictionary, isCutShort };
}

/** The blocks of a frame that are there whole, as far as there is room for what may come out of them; none where `lastAt` is null. */
export function blocksWithin(
	file: Buffer,
	{ blocksAt, blockBytes }: Pick<ZstandardFrame, "blocksAt" | "blockBytes">,
	room: number,
) {
	let [at, mostBytes, isLast] = [blocksAt, 0, false];
	let lastAt: number | null = null;
	while (!isLast && at + 3 <= file.length) {
		const head = file.readUIntLE(at, 3);
		const [kind, size] = [(head >> 1) & 3, head >> 3];
		// One byte of a run is there, however long it is.
		const end = at + 3 + (kind === 1 ? 1 : size);
		const bytes = kind === 2 ? blockBytes : size;
		if (kind === 3 || end > file.length || mostBytes + bytes > room) break;
		mostBytes += bytes;
		isLast = (head & 1) === 1;
		lastAt = at;
		at = end;
	}
	return { end: at, mostBytes, isLast, lastAt };
}

/** RFC 8878, 3.1.1.1.2. */
function windowOf(described: number): number {
	const base = 2 ** (10 + (described >> 3));
	return base + (base / 8) * (described & 7);
}

function numberOf(file: Buffer, at: number, bytes: number): number {
	return bytes === 8 ? Number(file.readBigUInt64LE(at)) : bytes === 0 ? 0 : file.readUIntLE(at, bytes);
}
