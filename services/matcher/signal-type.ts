// The kinds of signal that the API speaks of: how HMA writes them, and which hash of ours each is.
import { usualVideoShares } from "../core/banks/bank.ts";
import type { FoundMatch } from "../core/banks/who-answers.ts";
import { bitsApart } from "../core/hashes/bits-apart.ts";
import { fromHex, toHex } from "../core/hashes/hash-hex.ts";
import type { HashType } from "../core/hashes/hash-type.ts";
import { hashOfFrames } from "../core/hashes/vpdq/hash-of-frames.ts";
import { sharesAlike } from "../core/hashes/vpdq/shares-alike.ts";
import { usableFrames } from "../core/hashes/vpdq/usable-frames.ts";
import type { VideoFrame } from "../core/hashes/vpdq/video-frame.ts";
import { readVideoFrames, writeVideoFrames } from "../core/hashes/vpdq/video-frames.ts";
import type { Comparison } from "../core/wire/matcher-api.ts";
import { Refusal } from "./refusal.ts";

/** A hash, and of a video the frames that it names. */
export interface SignalValue {
	readonly hash: Uint8Array;
	readonly frames?: readonly VideoFrame[];
}

export interface SignalType {
	readonly name: "pdq" | "video_md5" | "vpdq";
	readonly hashType: Extract<HashType, "pdq" | "md5" | "vpdq">;
	readonly contentType: ContentType;
	/** Within which two of them match. */
	readonly radiusBits: number;
	/** Throws an Error whose text names the kind, never the value. */
	parse(text: unknown): SignalValue;
	write(value: SignalValue): string;
	distanceText(found: Pick<FoundMatch, "distanceBits" | "frames">): string;
	/** Whether they match, and how far apart they are where there is a distance. */
	compare(left: SignalValue, right: SignalValue): Comparison;
}

export const contentTypes = ["photo", "video"] as const;
export type ContentType = (typeof contentTypes)[number];

const pdqBytes = 32;
const md5Bytes = 16;

const pdq: SignalType = {
	name: "pdq",
	hashType: "pdq",
	contentType: "photo",
	radiusBits: 31,
	parse(text) {
		if (typeof text !== "string" || !/^[0-9a-f]{64}$/.test(text)) throw new Error("invalid PDQ hash");
		return { hash: fromHex(text, pdqBytes) };
	},
	write: ({ hash }) => toHex(hash),
	distanceText: ({ distanceBits }) => String(distanceBits),
	compare(left, right) {
		const distance = bitsApart(left.hash, right.hash);
		return [distance <= this.radiusBits, { distance }];
	},
};

const videoMd5: SignalType = {
	name: "video_md5",
	hashType: "md5",
	contentType: "video",
	radiusBits: 0,
	parse(text) {
		const normalized = typeof text === "string" ? text.trim().toLowerCase() : "";
		if (!/^[0-9a-f]{32}$/.test(normalized)) throw new Error("not a valid MD5 hash");
		return { hash: fromHex(normalized, md5Bytes) };
	},
	write: ({ hash }) => toHex(hash),
	distanceText: () => "-",
	compare: (left, right) => [bitsApart(left.hash, right.hash) === 0, {}],
};

const vpdq: SignalType = {
	name: "vpdq",
	hashType: "vpdq",
	contentType: "video",
	radiusBits: 31,
	parse(text) {
		const frames = usableFrames((typeof text === "string" ? readVideoFrames(text) : null) ?? []);
		if (frames.length === 0) throw new Error("no list of vPDQ features, or none of quality 50 and more");
		return { hash: hashOfFrames(frames), frames };
	},
	write: ({ frames = [] }) => writeVideoFrames(frames),
	distanceText: ({ frames }) => `${percent(frames?.ofItem)}[${percent(frames?.ofEntry)}]`,
	compare(left, right) {
		const { ofLeft, ofRight } = sharesAlike(left.frames ?? [], right.frames ?? [], this.radiusBits);
		return [ofLeft >= usualVideoShares.ofItem && ofRight >= usualVideoShares.ofEntry, {}];
	},
};

function percent(share = 0): string {
	return `${Math.round(share * 100)}%`;
}

export const signalTypes: readonly SignalType[] = [pdq, videoMd5, vpdq];

export function signalTypeOf(hashType: HashType): SignalType | null {
	return signalTypes.find((one) => one.hashType === hashType) ?? null;
}

export function findSignalType(name: string): SignalType {
	const found = signalTypes.find((one) => one.name === name);
	if (found === undefined) throw new Refusal(400, `No such SignalType '${shown(name)}'`);
	return found;
}

export function parseContentType(name: string): ContentType {
	const found = contentTypes.find((one) => one === name);
	if (found === undefined) throw new Refusal(400, `no such content_type: '${shown(name)}'`);
	return found;
}

/** What is asked of one file. */
export interface ChosenTypes {
	readonly types: readonly SignalType[];
	/** The caller named them: what cannot be made of the file is refused, and not left out. */
	readonly areNamed: boolean;
}

/** Those of a content type that a comma-separated list chooses; all of them without one. */
export function chooseSignalTypes(contentType: ContentType, list: string | undefined): ChosenTypes {
	const possible = signalTypes.filter((one) => one.contentType === contentType);
	if (list === undefined) return { types: possible, areNamed: false };
	const names = list
		.split(",")
		.map((name) => name.trim())
		.filter(Boolean);
	const chosen = names.map((name) => {
		const found = possible.find((one) => one.name === name);
		if (found === undefined) throw new Refusal(400, `signal type '${shown(name)}' doesn't exist or is disabled`);
		return found;
	});
	if (chosen.length === 0) throw new Refusal(400, "empty signal type selection");
	return { types: [...new Set(chosen)], areNamed: true };
}

/** A name as it may be repeated to the caller: a hash or an address sent in its place is not. */
export function shown(name: string): string {
	return /^\w{1,31}$/.test(name) ? name : "…";
}
