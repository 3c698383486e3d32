// What is known of a sound when it is looked up, by which of its words an entry has it, and by which part of it a known one is told.
import { hashOfParts, partsOf } from "../hash-forms.ts";
import type { VideoFrame } from "../vpdq/video-frame.ts";
import type { Stretch } from "./follow-stretch.ts";
import { blockWords, isTelling } from "./sound-blocks.ts";
import { wordMs } from "./sound-words.ts";

/** The way in which words are made and compared. */
export const soundVersion = "sound-1";

/** The words of all of it, by each tuning; the first is as it sounds. */
export interface Sound {
	readonly tunings: readonly Uint32Array[];
}

/** Up to where a stretch is surely the same sound, and where it is one at all, of a block's 256 bits: unrelated ones are about 128 apart. */
export const soundRadii = { tightRadiusBits: 51, wideRadiusBits: 77 };

/** Less of it is in other sounds, too: 5 s. */
const fewestWords = Math.round(5_000 / wordMs);
/** The least share of a stretch's words that are unlike each other: what only repeats itself is like everything that does. */
const distinctShare = 0.3;
/** The most that is listed, 74 minutes: the beginning of what is longer. A row of a list has no more room. */
const mostBlocks = 12_000;

/** Whether so much of a sound is alike that it says which one it is. */
export function saysEnough(item: Uint32Array, { item: { from, to }, distanceBits }: Stretch): boolean {
	if (to - from < fewestWords || distanceBits > soundRadii.wideRadiusBits) return false;
	return isVaried(item.subarray(from, to));
}

function isVaried(words: Uint32Array): boolean {
	return new Set(words).size >= distinctShare * words.length;
}

/** The blocks by which a sound is listed, one after the other; none where too little of it differs from what others have, too. */
export function blocksOfSound({ tunings: [words = new Uint32Array()] }: Sound): readonly VideoFrame[] {
	const count = Math.min(mostBlocks, Math.floor(words.length / blockWords));
	const blocks = Array.from({ length: count }, (_, block) => ({
		hash: hashOfParts(words.subarray(block * blockWords, (block + 1) * blockWords)),
		quality: isTelling(words, block * blockWords) ? 100 : 0,
		atMs: Math.round(block * blockWords * wordMs),
	}));
	return usableBlocks(blocks);
}

/** All of them, for each stands where it stands; none where those that tell anything are too few. */
export function usableBlocks<F extends Pick<VideoFrame, "hash">>(blocks: readonly F[]): readonly F[] {
	const telling = blocks.map(({ hash }) => partsOf(hash)).filter((words) => isTelling(words, 0));
	const isEnough = telling.length * blockWords >= fewestWords;
	const words = isEnough ? Uint32Array.from(telling.flatMap((one) => [...one])) : new Uint32Array();
	return isEnough && isVaried(words) ? blocks.slice(0, mostBlocks) : [];
}
