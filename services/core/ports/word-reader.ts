// Reads the words that are written in a picture. It decides nothing about them: they go the way of a post's text.

import type { UnavailableReason } from "../signals/unavailable/reasons.ts";
import type { ExamineRequest } from "./image-examiner.ts";

/** A picture as it is read, PNG. */
export interface DrawnWriting {
	readonly grey: Uint8Array;
	/** What is nearly white in it, dark on white: letters that are laid over pictures. */
	readonly light: Uint8Array;
}

export type WordsRead =
	/** Line by line, without what it is unsure of; empty where it read nothing. */
	| { readonly kind: "read"; readonly text: string }
	| { readonly kind: "unavailable"; readonly reason: UnavailableReason };

export interface WordReader {
	readonly version: string;
	/** `writing`: as ImageExaminer draws it. `owner`: on whose behalf; readers are shared fairly, as examiners are. */
	read(writing: DrawnWriting, signal: AbortSignal, owner?: ExamineRequest["owner"]): Promise<WordsRead>;
	[Symbol.asyncDispose](): Promise<void>;
}
