// By what a video is one thing with others: by frames of it, no more than a few dozen, taken at the same times of every copy. A video in which little
// changes says too little: a studio, a game or a still picture under a song are in many videos that are not the same.
import type { PictureHashes } from "../banks/bank.ts";
import { bitsApart } from "../hashes/bits-apart.ts";
import { hashOfFrames } from "../hashes/vpdq/hash-of-frames.ts";
import { usableFrames } from "../hashes/vpdq/usable-frames.ts";
import { pdqsOf } from "../hashes/vpdq/video-frames.ts";
import { mostBits } from "./cluster-type.ts";
import type { Likeness } from "./likeness.ts";

/** The frames by which a cluster of videos is held in memory, at about 110 bytes each. */
const mostFrames = 32;
const second = 1_000;
/** So many of them, at least, are like none of the others. */
const fewestScenes = 4;

export function likenessOfVideo(stills: readonly PictureHashes[]): Likeness | null {
	const frames = atSteps(usableFrames(stills));
	if (!hasScenes(frames)) return null;
	const own = pdqsOf(frames);
	const transforms = new Set(frames.flatMap(({ reframed = [] }) => reframed.map(({ transform }) => transform)));
	const turns = frames.reduce((fewest, { dihedral }) => Math.min(fewest, dihedral.length), Number.POSITIVE_INFINITY);
	const framings = [
		own,
		...Array.from({ length: turns }, (_, at) => pdqsOf(frames.map((one) => ({ hash: one.dihedral[at] ?? one.hash })))),
		...[...transforms].map((transform) => pdqsOf(frames.map((one) => ({ hash: inFraming(one, transform) })))),
	];
	return { type: "vpdq", hash: hashOfFrames(frames), framings, frames: own };
}

/** The first of each step; steps are of as many seconds as it takes, doubled, so that copies that end a little sooner have the same. */
function atSteps(frames: readonly PictureHashes[]): readonly PictureHashes[] {
	let stepMs = second;
	while (atMs(frames.at(-1)) >= stepMs * mostFrames) stepMs *= 2;
	const steps = new Map<number, PictureHashes>();
	for (const frame of frames) {
		const step = Math.floor(atMs(frame) / stepMs);
		if (!steps.has(step)) steps.set(step, frame);
	}
	return [...steps.values()];
}

function atMs(frame: PictureHashes | undefined): number {
	return frame?.shown?.[0]?.fromMs ?? 0;
}

function hasScenes(frames: readonly PictureHashes[]): boolean {
	const scenes: Uint8Array[] = [];
	for (const { hash } of frames) {
		if (scenes.every((scene) => bitsApart(scene, hash) > mostBits)) scenes.push(hash);
		if (scenes.length === fewestScenes) return true;
	}
	return false;
}

/** A frame that has no border is in the framing as it is. */
function inFraming({ hash, reframed = [] }: PictureHashes, transform: string): Uint8Array {
	return reframed.find((one) => one.transform === transform)?.hash ?? hash;
}
