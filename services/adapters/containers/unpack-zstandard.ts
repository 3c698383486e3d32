// Zstandard, unpacked by its own library compiled to WebAssembly, frame by frame into as much memory as its blocks can fill at most: however
// large a window a frame asks for, it has that and no more.
import type { ZSTDDecoder as Decoder } from "zstddec";
import { blocksWithin, mostOfFrame, type ZstandardFrame, zstandardFrames } from "../../core/items/zstandard-frames.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";

interface ZstandardContent {
	/** As far as it could be had. */
	readonly bytes: Buffer;
	/** Why it is not all; null where it is. */
	readonly missing: UnavailableReason | null;
}

interface Limits {
	/** No more comes out of all frames. */
	readonly bytes: number;
	/** On `performance.now()`'s clock. */
	readonly deadline: number;
}

export type UnpackZstandard = (bytes: Uint8Array, limits: Limits) => ZstandardContent;

export async function openZstandard(): Promise<UnpackZstandard> {
	const { ZSTDDecoder } = await import("zstddec");
	const decoder = new ZSTDDecoder();
	await decoder.init();
	return (bytes, limits) => unpack(decoder, bytes, limits);
}

function unpack(decoder: Decoder, bytes: Uint8Array, limits: Limits): ZstandardContent {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const parts: Uint8Array[] = [];
	let left = limits.bytes;
	let missing: UnavailableReason | null = "undecodable";
	for (const frame of zstandardFrames(file)) {
		missing = faultOf(frame, left, limits.deadline);
		if (missing === "undecodable") break;
		const part = missing === null ? decodeWhole(decoder, file, frame) : decodeBeginning(decoder, file, frame, left);
		if (part === null) missing = "undecodable";
		else parts.push(part);
		left -= part?.length ?? 0;
		if (missing !== null) break;
	}
	return { bytes: Buffer.concat(parts), missing };
}

function faultOf(frame: ZstandardFrame, left: number, deadline: number): UnavailableReason | null {
	if (frame.needsDictionary) return "undecodable";
	if (mostOfFrame(frame) > left || performance.now() > deadline) return "members-not-read";
	return frame.isCutShort ? "truncated" : null;
}

/** Null where it is broken, which the library says by answering nothing. */
function decodeWhole(decoder: Decoder, file: Buffer, frame: ZstandardFrame): Uint8Array | null {
	const size = mostOfFrame(frame);
	if (size === 0) return frame.mostBytes === 0 ? new Uint8Array(0) : null;
	const part = decoder.decode(file.subarray(frame.from, frame.to), size);
	return part.length === 0 ? null : part;
}

/** The blocks that are there and for which there is room, in a frame that ends with them and says nothing of its size. */
function decodeBeginning(decoder: Decoder, file: Buffer, frame: ZstandardFrame, left: number): Uint8Array | null {
	const { end, lastAt, mostBytes: room } = blocksWithin(file, frame, left);
	if (lastAt === null || room === 0) return new Uint8Array(0);
	const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, windowFor(frame.windowBytes)]);
	const cut = Buffer.concat([head, file.subarray(frame.blocksAt, end)]);
	const at = head.length + lastAt - frame.blocksAt;
	cut[at] = (cut[at] ?? 0) | 1;
	const part = decoder.decode(cut, room);
	return part.length === 0 ? null : part;
}

/** The byte that asks for at least as large a window, as a power of two (RFC 8878, 3.1.1.1.2). */
function windowFor(bytes: number): number {
	return Math.max(0, Math.ceil(Math.log2(Math.max(1_024, bytes))) - 10) << 3;
}
