import { describe, expect, test } from "@jest/globals";
import { evidence } from "../../../services/console/evidence/catalogue.ts";
import { dictionaries } from "../../../services/console/language/dictionary.ts";
import type { HashType } from "../../../services/core/hashes/hash-type.ts";
import { newMatch, ofNearText } from "../../support/bank-fixtures.ts";

function sentenceOf(hashType: HashType, distanceBits: number, language: "en" | "vi" = "en") {
	const match = newMatch({ ...ofNearText, hashType, distanceBits, positiveSources: 1 });
	const signal = { kind: "matched", detector: "text", version: "1", ground: null, match } as const;
	return evidence.sentence(signal, dictionaries[language], language);
}

describe("what a reviewer reads of a known text", () => {
	test("the same text, a text without a difference that was found, and an edited one are told apart", () => {
		expect(sentenceOf("text", 0)).toBe("The same text as a known entry of bank known");
		expect(sentenceOf("text-simhash", 0)).toBe(
			"No difference found from an entry of bank known, leaving aside case, marks and punctuation (0 of 31 bits)",
		);
		expect(sentenceOf("text-simhash", 12)).toBe("Nearly the text of an entry of bank known, 12 of 31 bits away");
	});
	test("in Vietnamese, too", () => {
		const sentences = [
			sentenceOf("text", 0, "vi"),
			sentenceOf("text-simhash", 0, "vi"),
			sentenceOf("text-simhash", 12, "vi"),
		];
		expect(new Set(sentences).size).toBe(3);
		expect(sentences[2]).toContain("12 trên 31 bit");
	});
});

test("what is found within an archive is said with the names of the files, the first few of many", () => {
	const said = (within: readonly string[], language: "en" | "vi" = "en") => {
		const match = newMatch({ hashType: "sha256", distanceBits: 0, within });
		const signal = { kind: "matched", detector: "hash", version: "1", ground: null, match } as const;
		return evidence.sentence(signal, dictionaries[language], language);
	};
	expect(said(["in.zip/a.jpg"])).toMatch(/, in “in\.zip\/a\.jpg”$/);
	expect(said(["a", "b", "c", "d", "e"])).toMatch(/, in “a”, “b”, “c” and 2 more$/);
	expect(said(["a", "b", "c", "d"], "vi")).toMatch(/, trong “a”, “b”, “c” và 1 tệp khác$/);
	const locked = { kind: "unavailable", detector: "media", version: "1", reason: "encrypted", within: ["a.zip"] };
	expect(evidence.sentence({ ...locked, ground: null }, dictionaries.en, "en")).toBe(
		"Could not be examined: it is encrypted, in “a.zip”",
	);
});
