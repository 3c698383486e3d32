// The two forms that hashes have: equal or not, and near by some of their bits. Both are written in hex.
import { bitsApart } from "./bits-apart.ts";
import type { HashDeclaration } from "./hash-declaration.ts";

/** A digest: another one says nothing. */
export function exactHash<Bits extends number>(bits: Bits) {
	return {
		bits,
		comparison: "exact",
		read: hexReader(bits),
		compare: (left: Uint8Array, right: Uint8Array) => (bitsApart(left, right) === 0 ? 0 : null),
	} as const;
}

/** A hash whose distance from another, in bits, says how much what they were made of differs. */
export function nearHash() {
	return { bits: 256, comparison: "near", read: hexReader(256), compare: bitsApart } as const;
}

/** A few numbers of 32 bits: what another has not of them counts, and what it has besides does not. */
export function partsHash() {
	return { bits: 256, comparison: "parts", read: hexReader(256), compare: bitsOfMissingParts } as const;
}

/** The name of a list of frames, which are kept beside it, those that are usable: it says nothing of a list that differs in one of them. */
export function framesHash(usable: NonNullable<HashDeclaration["usable"]>) {
	const examples = { made: [], alike: [[aName, aName]], apart: [[aName, anotherName]] } as const;
	return { ...exactHash(256), comparison: "frames", usable, examples } as const;
}

const aName = "6be0ce8ae0a8524ac5e0d24a79cb3b1aee103a4ad36245ba31e100abfff9aff5";
const anotherName = "6be0ce8ae0a8524ac5e0d24a79cb3b1aee103a4ad36245ba31e100abfff9aff4";

function bitsOfMissingParts(left: Uint8Array, right: Uint8Array): number {
	const held = new Set(partsOf(right));
	return bitsOfPart * partsOf(left).filter((part) => !held.has(part)).length;
}

export const bitsOfPart = 32;

/** Numbers in the order of their bytes, the highest first. */
export function partsOf(hash: Uint8Array): Uint32Array {
	const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength);
	return Uint32Array.from({ length: hash.length / 4 }, (_, at) => view.getUint32(at * 4));
}

export function hashOfParts(parts: Uint32Array): Uint8Array {
	const hash = new Uint8Array(parts.length * 4);
	const view = new DataView(hash.buffer);
	for (const [at, part] of parts.entries()) view.setUint32(at * 4, part);
	return hash;
}

function hexReader(bits: number): (text: string) => Uint8Array | null {
	const digits = bits / 4;
	const form = new RegExp(`^[0-9a-f]{${digits}}$`, "i");
	return (text) => (form.test(text) ? toBytes(text, bits / 8) : null);
}

function toBytes(text: string, length: number): Uint8Array {
	return Uint8Array.from({ length }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
}
