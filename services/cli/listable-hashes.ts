// Which perceptual hashes of a file are fit for a bank: those of whole pictures, and of many in one file those that were asked for.
import { InvalidArgumentError } from "commander";
import { assertNever } from "../core/assert-never.ts";
import type { PictureHashes } from "../core/banks/bank.ts";
import { blocksOfSound } from "../core/hashes/sound/sound.ts";
import type { VideoFrame } from "../core/hashes/vpdq/video-frame.ts";
import { framesOfVideo } from "../core/items/picture/frames-of-video.ts";
import { picturesIn, wholeHashOf } from "../core/items/picture/whole-hash.ts";
import type { Examination } from "../core/ports/image-examiner.ts";

/** Numbers of frames, from 1, as `breakwater hash` prints them; null where nobody said. */
export type FrameChoice = "all" | "none" | readonly number[] | null;

export interface ListableHashes {
	readonly pdqs: readonly Listed[];
	/** Those by which a video is known; left out of pictures. */
	readonly frames?: readonly VideoFrame[];
	/** Why others are left out; null where none is. */
	readonly leftOut: string | null;
}

type Listed = Pick<PictureHashes, "hash" | "quality" | "reframed" | "cuts">;

/** Parts of a picture that may be listed beside it: its halves find copies that something lies over, what is left of its cuts those that are cut. */
const partKinds = ["halves", "cuts"] as const;
export type PartKind = (typeof partKinds)[number];

/** A picture's hash, and those of its parts of these kinds that say enough. */
export function hashesToList(
	{ hash, quality, reframed = [], cuts = [] }: Listed,
	kinds: readonly PartKind[],
): readonly Pick<Listed, "hash" | "quality">[] {
	const halves = reframed.filter(({ transform }) => transform === "half");
	return [{ hash, quality }, ...(kinds.includes("halves") ? halves : []), ...(kinds.includes("cuts") ? cuts : [])];
}

/** A parser for commander's `option`. */
export function parseParts(text: string): readonly PartKind[] {
	if (text === "all") return partKinds;
	const kinds = text.split(",").map((part) => partKinds.find((kind) => kind === part.trim()));
	if (!kinds.every((kind) => kind !== undefined)) throw new InvalidArgumentError("It is halves, cuts, or all.");
	return kinds;
}

/** A parser for commander's `option`. */
export function parseFrames(text: string): FrameChoice {
	if (text === "all" || text === "none") return text;
	const numbers = text.split(",").map((part) => (/^\d{1,4}$/.test(part.trim()) ? Number(part) : 0));
	if (numbers.includes(0)) throw new InvalidArgumentError("It is all, none, or numbers from 1 such as 1,4.");
	return numbers;
}

export function listableHashes(examination: Examination, choice: FrameChoice): ListableHashes {
	const whole = wholeHashOf(examination);
	switch (whole.kind) {
		case "files":
			return { pdqs: [], leftOut: `it holds ${whole.count} files or pages: list each by itself` };
		case "unread":
			if (whole.reason === "truncated")
				return { pdqs: [], leftOut: "the file is cut short (truncated), and half a picture is another picture" };
			if (whole.pictures.length === 0) return { pdqs: [], leftOut: `it cannot be decoded (${whole.reason})` };
			return ofMany(whole.pictures, choice, `, and not all could be read (${whole.reason})`);
		case "video":
			return choice === null ? ofVideo(whole.stills) : ofMany(picturesIn(examination), choice, "");
		case "picture":
			return { pdqs: [whole.pdq], leftOut: null };
		case "pictures":
			return ofMany(whole.pictures, choice, "");
		default:
			return assertNever(whole);
	}
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

/** What is heard of a file, as entries have it; none, and why, where it says too little or was not heard to its end. */
export function listableSound({ hashes, ...examination }: Examination): {
	readonly blocks: readonly VideoFrame[];
	readonly leftOut: string | null;
} {
	const { sound } = hashes;
	if (sound === undefined) return { blocks: [], leftOut: null };
	if ("soundFault" in examination && examination.soundFault !== undefined)
		return { blocks: [], leftOut: "not all of its sound could be heard" };
	const blocks = blocksOfSound(sound);
	return {
		blocks,
		leftOut:
			blocks.length > 0 ? null : "less than five seconds of it differ from silence, a hum, or what repeats itself",
	};
}
