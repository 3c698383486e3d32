// How the hashes of texts are made. Those of files are made in exact/, those of pictures where pixels are (adapters/sharp).
import { latinSkeleton } from "../text/look-alikes.ts";
import type { Rewording } from "../text/rewordings.ts";
import { declareTextHash, type TextHashDeclaration, type TextHashType } from "./hash-type.ts";
import { shinglesHeld, shinglesOfText, textShinglesVersion } from "./shingles/text-shingles.ts";
import { simhashesWithoutWord, simhashText, textSimhashVersion } from "./simhash/text-simhash.ts";
import { hashesOfText, hashText, textHashVersion } from "./text/text-hash.ts";

/** A text as it came, or as it might be meant (text/text-variants.ts). */
export interface TextForm {
	readonly transform: "none" | Rewording;
	readonly text: string;
	/** As of a variant (core/text). */
	readonly isGuessed?: boolean;
}

export interface TextMaker {
	/** The version of the way in which it is made, for verdicts to name. */
	readonly version: string;
	/** As entries have it. Null where the text has none; `why` says it in words. */
	hash(text: string): Uint8Array | null;
	readonly why: string;
	/** The hashes by which an item is looked up, given its text in all forms. */
	queries(forms: readonly TextForm[]): readonly (Pick<TextForm, "transform"> & { readonly hash: Uint8Array })[];
}

const makers: Record<TextHashType, TextMaker> = {
	text: {
		version: textHashVersion,
		hash: hashText,
		why: "nothing to read",
		queries: (forms) => forms.flatMap(({ text, transform }) => hashesOfText(text).map((hash) => ({ hash, transform }))),
	},
	"text-simhash": {
		version: textSimhashVersion,
		hash: simhashText,
		why: "too short to tell it from other texts",
		// Each whole form without each of its words, too: a slip of the pen in a short text weighs more than the word.
		queries(forms) {
			const wholes = forms.filter(({ transform }) => transform !== "excerpt");
			const without = wholes.flatMap(({ text }) => simhashesWithoutWord(text));
			return [...eachHashed(forms, simhashText), ...without.map((hash) => ({ hash, transform: "excerpt" as const }))];
		},
	},
	"text-shingles": {
		version: textShinglesVersion,
		hash: shinglesOfText,
		why: "too short to tell where it is a part of another",
		// What parts, joins or adorns letters is no matter here; keystrokes are, and look-alikes that entries are not made without.
		queries: (forms) =>
			forms
				.filter(({ transform }) => transform === "none" || transform === "retyped")
				.flatMap(({ text }) => [...new Set([text, latinSkeleton(text)])])
				.map((text) => ({ hash: shinglesHeld(text), transform: "excerpt" as const })),
	},
};

export const textMakers: Readonly<Record<TextHashType, TextMaker>> = makers;

/** All that there is to a type of hash of texts. */
export interface TextHash {
	readonly name: string;
	readonly declaration: TextHashDeclaration;
	readonly maker: TextMaker;
}

/** Adds one that is not of the catalogue. Each thread that makes hashes or looks them up must be told (parts/load-text-hashes.ts). */
export function addTextHash({ name, declaration, maker }: TextHash): void {
	makers[declareTextHash(name, declaration)] = maker;
}

/** The hashes of a type that is looked up by what an entry would have. */
function eachHashed(forms: readonly TextForm[], hashOf: (text: string) => Uint8Array | null) {
	return forms.flatMap(({ text, transform }) => {
		const hash = hashOf(text);
		return hash === null ? [] : [{ hash, transform }];
	});
}
