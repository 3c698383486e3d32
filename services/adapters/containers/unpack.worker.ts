// Runs in a worker process: one container in, some of its members out, from the one that is asked for.
import { type ExactHashes, exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { containerTypeOf } from "../../core/items/container-type.ts";
import { joinedTo } from "../../core/items/picture/files-behind.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { holdsEmbeddedMedia } from "../../core/text/embedded-media.ts";
import { type Lane, quickMs } from "../../runtime/decoding/lane.ts";
import { readArchive } from "./read-archive.ts";
import { readDocument } from "./read-document.ts";
import { readJoined } from "./read-joined.ts";
import { readOfficeText } from "./read-office-text.ts";
import { readText } from "./read-text.ts";
import { type Typed, typedUpTo } from "./typed.ts";
import type { ReadContainer, UnpackedData, UnpackLimits } from "./unpacked.ts";

/** `joined`: it is a picture in whose file there are others. */
export type ReadBy = "archive" | "document" | "joined";

export interface UnpackInput {
	readonly bytes: Uint8Array;
	readonly readBy: ReadBy;
	/** The first member that is answered; those before have been. */
	readonly from: number;
	readonly limits: Omit<UnpackLimits, "deadline">;
	readonly maxPixels: number;
	/** From when the worker begins. */
	readonly timeoutMs: number;
	/** What will take long answers `slow` in the quick lane, unread. */
	readonly lane: Lane;
}

export interface UnpackedMember {
	readonly name: string;
	/** Null where it could not be unpacked. */
	readonly exact: ExactHashes | null;
	/** Null where there is nothing in it to be looked at, or it could not be unpacked. */
	readonly bytes: Uint8Array | null;
	/** Its words, as far as they are read; null where there are none. */
	readonly typed: string | null;
	/** It is a picture in whose file there are others. */
	readonly isJoined?: true;
	readonly fault: UnavailableReason | null;
}

export interface UnpackedPart {
	readonly kind: "unpacked";
	readonly members: readonly UnpackedMember[];
	/** The next one to ask for; null where there is none. */
	readonly next: number | null;
	/** Why it is not all; null where it is. */
	readonly missing: UnavailableReason | null;
	/** There are other files in its own besides its members. */
	readonly isJoined?: true;
}

export type UnpackOutput = UnpackedPart | { readonly kind: "slow" };

/** What is answered at once; one member more than that is answered by itself. */
const batchBytes = 33_554_432;

export default async function unpack(input: UnpackInput): Promise<UnpackOutput> {
	const read = readerOf(input);
	const { from, lane } = input;
	const request = {
		...{ ...input.limits, from, deadline: performance.now() + input.timeoutMs },
		mostCostMs: lane === "quick" ? quickMs : Number.POSITIVE_INFINITY,
	};
	const members: UnpackedMember[] = [];
	const wordsOf = readUpTo(input.limits.letters);
	let size = 0;
	let next: number | null = null;
	const missing = await read(input.bytes, request, ({ name, ...member }) => {
		const bytes = "bytes" in member ? member.bytes : null;
		if (members.length > 0 && size + (bytes?.length ?? 0) > batchBytes) {
			next = from + members.length;
			return false;
		}
		size += bytes?.length ?? 0;
		members.push("bytes" in member ? memberOf(name, member, wordsOf) : faulty(name, member.fault));
		return true;
	});
	if (missing === "slow") return { kind: "slow" };
	if (next !== null) return { kind: "unpacked", members, next, missing: null };
	return { kind: "unpacked", members, next, missing, ...(input.readBy === "joined" ? {} : joinedTo(input.bytes)) };
}

function faulty(name: string, fault: UnavailableReason): UnpackedMember {
	return { name, exact: null, bytes: null, typed: null, fault };
}

type WordsOf = (read: (mostLetters: number) => Typed | null) => Pick<UnpackedMember, "typed" | "fault">;

/** So many letters of all members together. */
function readUpTo(mostLetters: number): WordsOf {
	let left = mostLetters;
	return (read) => {
		const typed = read(left);
		if (typed === null) return { typed: null, fault: "words-not-read" };
		left -= typed.text.length;
		return { typed: typed.text === "" ? null : typed.text, fault: typed.isCut ? "words-not-read" : null };
	};
}

/** A text shows nothing, but for what is embedded in it or drawn by it. */
function memberOf(name: string, { bytes, readWords }: UnpackedData, wordsOf: WordsOf): UnpackedMember {
	const exact = exactHashes(bytes);
	if (readWords !== undefined) return { name, exact, bytes, ...wordsOf(readWords) };
	if (bytes.length === 0) return { name, exact, bytes: null, typed: null, fault: null };
	const text = containerTypeOf(bytes) === null ? readText(bytes) : null;
	if (text === null) return { name, exact, bytes, typed: null, fault: null, ...joinedTo(bytes) };
	const { typed, fault } = wordsOf((most) => readOfficeText(text, most) ?? typedUpTo(text.trim(), most));
	return { name, exact, bytes: null, typed, fault: faultOfText(text) ?? fault };
}

function readerOf({ readBy, maxPixels }: UnpackInput): ReadContainer {
	if (readBy === "joined") return readJoined;
	return readBy === "archive" ? readArchive : readDocument(maxPixels);
}

/** A part of a mail that is not written as it reads (RFC 2045, 6). */
const mailWithFiles = /^content-transfer-encoding:[ \t]*base64/im;

/** Why there is more to it than its letters; null where there is not. */
function faultOfText(text: string): UnavailableReason | null {
	if (/<svg[\s>]/i.test(text)) return "undecodable";
	if (text.startsWith("{\\rtf")) return "words-not-read";
	return holdsEmbeddedMedia(text) || mailWithFiles.test(text) ? "embedded-media" : null;
}
