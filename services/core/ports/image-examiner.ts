// Decodes a picture once, away from the event loop, and brings back all that later steps need: hashes and the model's pixels.
import type { MediaHashes, PictureHashes } from "../banks/bank.ts";
import type { ExactHashes } from "../hashes/exact/exact-hashes.ts";
import type { Segment } from "../items/segment.ts";
import type { UnavailableReason } from "../signals/unavailable/reasons.ts";
import type { DrawnWriting } from "./word-reader.ts";

/** What only videos have. */
interface OfVideo {
	/** As far as it could be read; left out where it is no video. */
	readonly durationMs?: number;
	/** Left out of one that is in memory, and where there are no other files in its own. */
	readonly excerpt?: VideoExcerpt;
	/** Why not all of its sound was heard where somebody wanted that; left out where it was, and where it has none. */
	readonly soundFault?: UnavailableReason;
}

/** What is no part of a video's sound and pictures, as a small file of its own in which the others are found. */
export interface VideoExcerpt {
	readonly bytes: Uint8Array;
	/** There is more than is looked at, or where it cannot be taken out. */
	readonly isMore: boolean;
}

/** What only pictures have in whose file there are other files. */
interface OfJoined {
	/** There are some, and nobody has looked at them yet. */
	readonly isJoined?: true;
	/** Those files, and what is in them, each examined by itself. */
	readonly members?: readonly ExaminedMember[];
	/** Why not all of them are there; left out or null where they are. */
	readonly missing?: UnavailableReason | null;
}

interface ExaminedImage extends OfVideo, OfJoined {
	/** Detected from the bytes, never from a name or a header. */
	readonly mediaType: string;
	readonly width: number;
	readonly height: number;
	/** 1 for stills; frames of an animation, pages of a file. */
	readonly frameCount: number;
	/** Hashes of the first frame; `frames` holds those of all others that differ from it and from one another. */
	readonly hashes: MediaHashes & { readonly pdq: NonNullable<MediaHashes["pdq"]> };
	readonly frames: readonly NonNullable<MediaHashes["pdq"]>[];
	/**
	 * sRGB without alpha, `modelSize`×`modelSize`×3 bytes: the first frame, then some of the others, spread over the time that they are
	 * shown. None where no model will look.
	 */
	readonly rasters: readonly Uint8Array[];
	/** Where in a video or an animation each raster is shown. */
	readonly rastersShown?: readonly (readonly Segment[])[];
	/** The first frame as people see it, to be read. Left out where nobody wants it, or no words seem to be on it. */
	readonly writing?: DrawnWriting;
}

export type ImageExamination =
	| ({ readonly kind: "examined" } & ExaminedImage)
	/** SHA-256, SHA-1 and MD5 are there all the same: exact matching never depends on a decoder. */
	| ({
			readonly kind: "unavailable";
			readonly reason: UnavailableReason;
			readonly mediaType: string | null;
			/** PDQ of what could be decoded, if anything: enough to be found by, too little to be listed. */
			readonly hashes: MediaHashes;
			/** The frames of an animation that were read before it failed. */
			readonly frames: readonly NonNullable<MediaHashes["pdq"]>[];
	  } & OfVideo &
			OfJoined);

/** A file of other files, or of pages: each of them has been examined by itself. */
export interface UnpackedFile {
	readonly kind: "unpacked";
	readonly mediaType: string;
	/** They are the file's own, which has no pixels. */
	readonly hashes: MediaHashes;
	readonly frames: readonly never[];
	/** In their order; those of a container within it follow it. */
	readonly members: readonly ExaminedMember[];
	/** Why not all of them are there; null where they are. */
	readonly missing: UnavailableReason | null;
}

/** What is in something that holds others. */
export type Unpacked = Pick<UnpackedFile, "kind" | "members" | "missing">;

/** Whatever a file is. */
export type Examination = ImageExamination | UnpackedFile;

export interface ExaminedMember extends OfVideo {
	/** Its name, after those of what it is in. */
	readonly path: string;
	readonly mediaType: string | null;
	/** Null where it could not be unpacked. */
	readonly hashes: MediaHashes | null;
	readonly frames: readonly NonNullable<MediaHashes["pdq"]>[];
	readonly rasters: readonly Uint8Array[];
	readonly rastersShown: readonly (readonly Segment[])[];
	readonly writing?: DrawnWriting;
	/** The words in it, where it is a text or a page, as far as they are read. Left out where there are none. */
	readonly typed?: string;
	/** Why it could not be examined, or not wholly; null where it was, or where there is nothing in it to be seen. */
	readonly fault: UnavailableReason | null;
}

export interface ExamineRequest {
	/** On whose behalf: decoders are shared fairly among platforms, and among the surfaces of one. */
	readonly owner?: { readonly platform: string; readonly surface: string };
	/** The hashes of the bytes, where they are known already. */
	readonly exact?: ExactHashes | null;
	/** Called, once or more, where it takes long: it waits among the slow ones, and holds up nothing that is quick. */
	readonly onSlow?: () => void;
	/**
	 * Called with stills of a video while it is examined: those that were looked at since the last time, and where they have been seen so far. What is
	 * examined anew tells all of them again. Not of videos in a container.
	 */
	readonly onPart?: (stills: readonly PictureHashes[]) => void;
	/** Words in it will be read. */
	readonly wantsWriting?: boolean;
	/** Its cuts will be listed. Not of videos, nor of what is in a container. */
	readonly wantsCuts?: boolean;
	/** What is heard of it will be looked up, or listed. */
	readonly wantsSound?: boolean;
}

interface VideoFile {
	readonly path: string;
	/** Its first bytes, of which its type is told. */
	readonly head: Uint8Array;
	readonly exact: ExactHashes;
}

export interface ImageExaminer {
	readonly version: string;
	examine(bytes: Uint8Array, signal: AbortSignal, request?: ExamineRequest): Promise<ImageExamination>;
	/** Examines a video that is too large to be held in memory, in its file. Left out where no videos are examined. */
	examineFile?(file: VideoFile, signal: AbortSignal, request?: ExamineRequest): Promise<ImageExamination>;
	/** Whether it is a video by its first bytes, of which stills can be taken. Left out where no videos are examined. */
	isVideo?(bytes: Uint8Array): boolean;
	/** Stills of a video at these moments, as JPEG, for people to look at; null for one that cannot be had. Left out where no videos are examined. */
	takeStills?(
		video: Uint8Array | Pick<VideoFile, "path">,
		stillsMs: readonly number[],
		signal: AbortSignal,
	): Promise<readonly (Uint8Array | null)[]>;
	/** Pictures that wait, by lane, and files of which it is remembered that they are costly; null where it has neither. */
	load?(): { readonly waiting: { readonly quick: number; readonly slow: number }; readonly remembered: number };
	[Symbol.asyncDispose](): Promise<void>;
}

/** Whoever examines pictures and videos examines what holds none. */
export interface MediaExaminer extends Omit<ImageExaminer, "examine"> {
	examine(bytes: Uint8Array, signal: AbortSignal, request?: ExamineRequest): Promise<Examination>;
	/** Pictures of these members, or stills where they are videos, for people to look at; null for one that cannot be had. Left out where nothing is unpacked. */
	takeMembers?(
		bytes: Uint8Array,
		paths: readonly string[],
		signal: AbortSignal,
	): Promise<readonly (Uint8Array | null)[]>;
}
