// The frames by which a video is known, and how lists and tools write them. Which videos match is decided in core/banks.
import { z } from "zod";
import { fromHex, toHex } from "../hash-hex.ts";
import type { VideoFrame } from "./video-frame.ts";

const hex = z.string().regex(/^[0-9a-f]{64}$/i);
const quality = z.coerce.number().int().min(0).max(100);
/** A list of days is none of a video's frames. */
const seconds = z.coerce.number().min(0).max(1_000_000);

/** As ThreatExchange's library and HMA write them: `["hash,quality,seconds", …]`. */
const asTexts = z.array(z.string().max(128)).min(1);
/** As that library wrote them before, by the frame's number. */
const asObjects = z.record(z.string(), z.object({ hash: hex, quality, timestamp: seconds }));

/** Null where it is no list of frames: JSON of either form, or lines as the vpdq program prints them (`number,quality,hash,seconds`). */
export function readVideoFrames(text: string): readonly VideoFrame[] | null {
	const trimmed = text.trim();
	const rows = /^[[{]/.test(trimmed) ? rowsOfJson(trimmed) : trimmed.split(/\r\n?|\n/).map(rowOfLine);
	const frames = rows?.map(readRow) ?? [];
	const read = frames.flatMap((frame) => frame ?? []);
	return read.length === 0 || read.length < frames.length ? null : read.toSorted((a, b) => a.atMs - b.atMs);
}

type Row = readonly [hash: unknown, quality: unknown, seconds: unknown];

function rowsOfJson(text: string): readonly (Row | null)[] | null {
	try {
		const json: unknown = JSON.parse(text);
		const texts = asTexts.safeParse(json);
		if (texts.success) return texts.data.map((one) => rowOf(one.split(",")));
		const objects = asObjects.safeParse(json);
		return objects.success ? Object.values(objects.data).map((one) => [one.hash, one.quality, one.timestamp]) : null;
	} catch {
		return null;
	}
}

function rowOf(parts: readonly string[]): Row | null {
	const [hash, of100, at] = parts;
	return parts.length === 3 && of100 !== "" && at !== "" ? [hash, of100, at] : null;
}

function rowOfLine(line: string): Row | null {
	const [number = "", of100 = "", hash = "", at = "", ...more] = line.split(",");
	return /^\d+$/.test(number) && more.length === 0 ? rowOf([hash, of100, at]) : null;
}

function readRow(row: Row | null): VideoFrame | null {
	const read = z.tuple([hex, quality, seconds]).safeParse(row);
	if (!read.success) return null;
	const [hash, of100, at] = read.data;
	return { hash: fromHex(hash, pdqBytes), quality: of100, atMs: Math.round(at * 1_000) };
}

/** As ThreatExchange's library reads them. */
export function writeVideoFrames(frames: readonly VideoFrame[]): string {
	return JSON.stringify(frames.map((one) => `${toHex(one.hash)},${one.quality},${(one.atMs / 1_000).toFixed(3)}`));
}

const pdqBytes = 32;
/** Its PDQ, its quality, and when it is shown in milliseconds (32 bits, little-endian). */
const frameBytes = pdqBytes + 1 + 4;

/** As the record keeps them. */
export function packFrames(frames: readonly VideoFrame[]): Uint8Array {
	const packed = new Uint8Array(frames.length * frameBytes);
	const view = new DataView(packed.buffer);
	for (const [at, frame] of frames.entries()) {
		packed.set(frame.hash, at * frameBytes);
		packed[at * frameBytes + pdqBytes] = frame.quality;
		view.setUint32(at * frameBytes + pdqBytes + 1, frame.atMs, true);
	}
	return packed;
}

export function unpackFrames(packed: Uint8Array): readonly VideoFrame[] {
	const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
	return Array.from({ length: Math.floor(packed.length / frameBytes) }, (_, at) => ({
		hash: packed.slice(at * frameBytes, at * frameBytes + pdqBytes),
		quality: view.getUint8(at * frameBytes + pdqBytes),
		atMs: view.getUint32(at * frameBytes + pdqBytes + 1, true),
	}));
}

/** One after the other: what matchers hold of them. */
export function pdqsOf(frames: readonly Pick<VideoFrame, "hash">[]): Uint8Array {
	const pdqs = new Uint8Array(frames.length * pdqBytes);
	for (const [at, { hash }] of frames.entries()) pdqs.set(hash, at * pdqBytes);
	return pdqs;
}
