// Which perceptual hashes of a file are fit for a bank: those of whole pictures, and of many in one file those that were asked for.
import { InvalidArgumentError } from "commander";
import type { PictureHashes } from "../core/banks/bank.ts";
import type { VideoFrame } from "../core/hashes/vpdq/video-frame.ts";
import { framesOfVideo } from "../core/items/picture/frames-of-video.ts";
import { isVideo } from "../core/items/picture/picture.ts";
import type { Examination } from "../core/ports/image-examiner.ts";

/** Numbers of frames, from 1, as `breakwater hash` prints them; null where nobody said. */
export type FrameChoice = "all" | "none" | readonly number[] | null;

export interface ListableHashes {
	readonly pdqs: readonly Pick<PictureHashes, "hash" | "quality">[];
	/** Those by which a video is known; left out of pictures. */
	readonly frames?: readonly VideoFrame[];
	/** Why others are left out; null where none is. */
	readonly leftOut: string | null;
}

/** A parser for commander's `option`. */
export function parseFrames(text: string): FrameChoice {
	if (text === "all" || text === "none") return text;
	const numbers = text.split(",").map((part) => (/^\d{1,4}$/.test(part.trim()) ? Number(part) : 0));
	if (numbers.includes(0)) throw new InvalidArgumentError("It is all, none, or numbers from 1 such as 1,4.");
	return numbers;
}

/** The pictures in the file that differ from one another, in order; none where it was cut short or could not be decoded. */
export function picturesIn(examination: Examination): readonly PictureHashes[] {
	const isCutShort = examination.kind === "unavailable" && examination.reason === "truncated";
	const { hashes, frames } = examination;
	return hashes.pdq === null || isCutShort ? [] : [hashes.pdq, ...frames];
}

export function listableHashes(examination: Examination, choice: FrameChoice): ListableHashes {
	const pictures = picturesIn(examination);
	const fault = examination.kind === "unavailable" ? examination.reason : null;
	if (examination.kind === "unpacked")
		return { pdqs: [], leftOut: `it holds ${examination.members.length} files or pages: list each by itself` };
	if (fault === "truncated")
		return { pdqs: [], leftOut: "the file is cut short (truncated), and half a picture is another picture" };
	if (pictures.length === 0) return { pdqs: [], leftOut: `it cannot be decoded (${fault ?? "undecodable"})` };
	if (fault === null && isVideo(examination.mediaType) && choice === null) return ofVideo(pictures);
	if (fault === null && pictures.length === 1) return { pdqs: pictures, leftOut: null };
	return ofMany(pictures, choice, fault === null ? "" : `, and not all could be read (${fault})`);
}

/** The whole of it: a still of its own is listed where it was asked for. */
function ofVideo(pictures: readonly PictureHashes[]): ListableHashes {
	const frames = framesOfVideo(pictures);
	return frames.length === 0
		? { pdqs: [], leftOut: "no still of the video has enough structure to be compared by" }
		: { pdqs: [], frames, leftOut: null };
}

function ofMany(pictures: readonly PictureHashes[], choice: FrameChoice, unread: string): ListableHashes {
	const count = pictures.length;
	const holds = `it holds ${count === 1 ? "one picture" : `${count} pictures that differ`}${unread}`;
	if (choice === null)
		return { pdqs: [], leftOut: `${holds}: --frames all lists each, --frames 1,2 those, --frames none the file alone` };
	if (choice === "none") return { pdqs: [], leftOut: null };
	const wanted = choice === "all" ? pictures.map((_, at) => at + 1) : [...new Set(choice)];
	const missing = wanted.filter((number) => number > count);
	const pdqs = wanted.flatMap((number) => pictures[number - 1] ?? []);
	if (missing.length > 0) return { pdqs, leftOut: `${holds}; there is no ${missing.join(", ")}` };
	return { pdqs, leftOut: unread === "" ? null : holds };
}
