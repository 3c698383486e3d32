// A PNG that moves (PNG, third edition, 11.3.2), by its chunks alone: how many frames it says it has, and how long one turn takes.

import { signature } from "../../core/items/signatures.ts";

export const animatedPng = "image/apng";

export interface PngAnimation {
	readonly frames: number;
	readonly turnMs: number;
}

const beginning = Buffer.from(signature.png, "latin1");
/** A frame without a time is shown for so long by FFmpeg, by which the others are timed. */
const untimedMs = 1_000 / 15;

/** Null where it is none: its control chunk stands before the first pixels. */
export function pngAnimationOf(bytes: Uint8Array): PngAnimation | null {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (!file.subarray(0, beginning.length).equals(beginning)) return null;
	let frames: number | null = null;
	let turnMs = 0;
	for (const { type, data } of chunksOf(file)) {
		if (type === "acTL" && data.length >= 8) frames = data.readUInt32BE(0);
		if (type === "IDAT" && frames === null) return null;
		if (type === "fcTL" && data.length >= 26) turnMs += delayMs(data.readUInt16BE(20), data.readUInt16BE(22));
	}
	return frames === null ? null : { frames, turnMs: Math.max(1, Math.round(turnMs)) };
}

function* chunksOf(file: Buffer): Generator<{ readonly type: string; readonly data: Buffer }> {
	for (let at = beginning.length; at + 8 <= file.length; ) {
		const length = file.readUInt32BE(at);
		yield { type: file.toString("latin1", at + 4, at + 8), data: file.subarray(at + 8, at + 8 + length) };
		at += 12 + length;
	}
}

function delayMs(numerator: number, denominator: number): number {
	return numerator === 0 ? untimedMs : (1_000 * numerator) / (denominator || 100);
}
