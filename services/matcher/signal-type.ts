// The kinds of signal that the API speaks of: how HMA writes them, and which hash of ours each is.
import { bitsApart } from "../core/hashes/bits-apart.ts";
import { fromHex } from "../core/hashes/hash-hex.ts";
import type { HashType } from "../core/hashes/hash-type.ts";
import type { Comparison } from "../core/wire/matcher-api.ts";
import { Refusal } from "./refusal.ts";

export interface SignalType {
	readonly name: "pdq" | "video_md5";
	readonly hashType: Extract<HashType, "pdq" | "md5">;
	readonly contentType: ContentType;
	/** Within which two of them match. */
	readonly radiusBits: number;
	/** Throws an Error whose text names the kind, never the value. */
	parse(text: unknown): Uint8Array;
	distanceText(distanceBits: number): string;
	/** Whether they match, and how far apart they are where there is a distance. */
	compare(left: Uint8Array, right: Uint8Array): Comparison;
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
		return fromHex(text, pdqBytes);
	},
	distanceText: (distanceBits) => String(distanceBits),
	compare(left, right) {
		const distance = bitsApart(left, right);
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
		return fromHex(normalized, md5Bytes);
	},
	distanceText: () => "-",
	compare: (left, right) => [bitsApart(left, right) === 0, {}],
};

export const signalTypes: readonly SignalType[] = [pdq, videoMd5];

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

/** Those of a content type that a comma-separated list chooses; all of them without one. */
export function chooseSignalTypes(contentType: ContentType, list: string | undefined): readonly SignalType[] {
	const possible = signalTypes.filter((one) => one.contentType === contentType);
	if (list === undefined) return possible;
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
	return [...new Set(chosen)];
}

/** A name as it may be repeated to the caller: a hash or an address sent in its place is not. */
export function shown(name: string): string {
	return /^\w{1,31}$/.test(name) ? name : "…";
}
