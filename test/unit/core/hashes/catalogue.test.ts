// What is asked of every type of hash, whichever there are: its own examples hold, and the banks in memory find what it calls alike.
import { describe, expect, test } from "@jest/globals";
import type { MediaHashes } from "../../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { exactHashes } from "../../../../services/core/hashes/exact/exact-hashes.ts";
import { toHex } from "../../../../services/core/hashes/hash-hex.ts";
import {
	declarationOf,
	type HashType,
	hashBitsOf,
	hashTypes,
	isNear,
	isOfFiles,
	isOfFrames,
	isOfLinks,
	isOfTerms,
	isOfTexts,
	isWithinTexts,
	radiiOf,
} from "../../../../services/core/hashes/hash-type.ts";
import { hashLink } from "../../../../services/core/hashes/link/link-hash.ts";
import { textMakers } from "../../../../services/core/hashes/makers.ts";
import { hashTerm } from "../../../../services/core/hashes/term/term-hash.ts";
import { mediaHashesOf, textHashesOf } from "../../../../services/core/items/item-hashes.ts";
import { hashesOf, newBank, newEntry } from "../../../support/bank-fixtures.ts";

const bank = newBank();
const read = (type: HashType, hash: string): Uint8Array => {
	const bytes = declarationOf(type).read(hash);
	if (bytes === null) throw new Error(`${type} does not read its own example`);
	return bytes;
};
const hexOfLink = (address: string): string => {
	const hash = hashLink(address);
	return typeof hash === "string" ? hash : toHex(hash);
};
const radiusOf = (type: HashType) => radiiOf(type, bank).wideRadiusBits;

describe.each(hashTypes)("%s", (type) => {
	const { examples, names, compare, read: reads, bits } = declarationOf(type);

	test("has a name in each language, and says by examples what it is made of and what is like what", () => {
		expect([names.en, names.vi].every((name) => name.length > 0)).toBe(true);
		expect(examples.made.length + examples.alike.length).toBeGreaterThan(0);
		expect(examples.apart.length).toBeGreaterThan(0);
	});

	test("reads hashes of its length, in either case, and nothing else", () => {
		const hash = "a1".repeat(hashBitsOf(type) / 8);
		expect(reads(hash)?.length).toBe(bits / 8);
		expect(reads(hash.toUpperCase())).toEqual(reads(hash));
		for (const other of [hash.slice(2), `${hash}a1`, hash.replace("a", "x"), ""]) expect(reads(other)).toBeNull();
	});

	test("makes what its examples say of files and texts", () => {
		for (const { from, hash } of examples.made) {
			if (isOfFiles(type)) expect(toHex(exactHashes(Buffer.from(from))[type])).toBe(hash);
			if (isOfTerms(type)) expect(toHex(hashTerm(from) as Uint8Array)).toBe(hash);
			if (isOfLinks(type)) expect(hexOfLink(from).slice(0, hash.length)).toBe(hash);
			if (isOfTexts(type)) expect(toHex(textMakers[type].hash(from) ?? new Uint8Array())).toBe(hash);
		}
	});

	test("calls alike what is within its radius, and so does the banks' index", () => {
		const pairs = [
			...examples.made.map(({ hash }) => [hash, hash] as const),
			...examples.alike,
			...examples.apart,
		] as const;
		for (const [at, [left, right]] of pairs.entries()) {
			const isApart = at >= pairs.length - examples.apart.length;
			const distance = compare(read(type, left), read(type, right));
			expect(distance === null || distance > radiusOf(type)).toBe(isApart);
			const matcher = createBankMatcher({ clock: { now: () => 0 } });
			matcher.apply({ sequence: 1, kind: "bank", bank });
			matcher.apply({
				sequence: 2,
				kind: "entry",
				entry: newEntry(bank.id, { hashType: type, hash: read(type, left) }),
			});
			const found = matcher.lookUp(type, read(type, right), radiusOf(type));
			expect(found.map(({ distanceBits }) => distanceBits)).toEqual(isApart ? [] : [distance]);
		}
	});

	test("fits into a snapshot's row, and where it is near into the index", () => {
		expect(bits % 8).toBe(0);
		expect(bits).toBeLessThanOrEqual(256);
		if (isNear(type)) expect(bits).toBe(256);
	});
});

test("an item has one hash of each type that can be made of it; frames are of videos", () => {
	const media: MediaHashes = hashesOf("picture");
	const types = (hashes: readonly { readonly type: HashType }[]) => hashes.map(({ type }) => type).toSorted();
	expect(types([...mediaHashesOf(media), ...textHashesOf("a text")])).toEqual(
		hashTypes.filter((type) => !isWithinTexts(type) && !isOfFrames(type)).toSorted(),
	);
	expect(mediaHashesOf(hashesOf("no picture", null)).every(({ type }) => isOfFiles(type))).toBe(true);
});
