import { describe, expect, test } from "@jest/globals";
import { evidenceParts } from "../../../services/console/evidence/catalogue.ts";
import { dictionaries, wordFor } from "../../../services/console/language/dictionary.ts";
import { chooseLanguage, type LanguageCode } from "../../../services/console/language/language-code.ts";
import { errorCatalogue } from "../../../services/core/errors.ts";
import { hashTypes } from "../../../services/core/hashes/hash-type.ts";
import { matchWordsOf } from "../../../services/core/hashes/match-words.ts";
import { itemKindParts } from "../../../services/core/items/catalogue.ts";

/** Every text of a dictionary by its path; functions are called with the number 2 for every parameter. */
function textsOf(value: unknown, path = ""): Map<string, string> {
	if (typeof value === "string") return new Map([[path, value]]);
	if (typeof value === "function") return new Map([[path, String(value(2, 2, 2, 2))]]);
	return new Map(Object.entries(value ?? {}).flatMap(([key, inner]) => [...textsOf(inner, `${path}.${key}`)]));
}

/** The page's, and those that kinds of signals, kinds of items and types of hashes bring with them. */
const saidIn = (language: LanguageCode) => ({
	...dictionaries[language],
	kinds: Object.fromEntries(Object.entries(evidenceParts).map(([kind, { words }]) => [kind, words[language]])),
	items: Object.values(itemKindParts).map((part) => part.nameOf({ mediaType: null })[language]),
	hashes: Object.fromEntries(
		hashTypes.map((type) => {
			const { title, sentence } = matchWordsOf(type, language);
			const near = { bankName: "x", distanceBits: 2, wideRadiusBits: 2, isReworded: true, shareOfItem: 1 };
			const same = { ...near, distanceBits: 0, isReworded: false };
			return [type, [title(near), sentence(near), title(same), sentence(same)]];
		}),
	),
});

const english = textsOf(saidIn("en"));
const vietnamese = textsOf(saidIn("vi"));

describe("the two languages", () => {
	test("say the same things", () => expect([...vietnamese.keys()].sort()).toEqual([...english.keys()].sort()));

	test("leave nothing unsaid", () => {
		for (const [path, text] of [...english, ...vietnamese]) expect([path, text.trim()]).not.toEqual([path, ""]);
	});

	test("are composed (NFC), so that Vietnamese letters are one character each and search finds them", () => {
		for (const text of vietnamese.values()) expect(text.normalize("NFC")).toBe(text);
	});

	test("are two languages: few texts are the same in both, and those are names", () => {
		const same = [...english].filter(([path, text]) => vietnamese.get(path) === text).map(([path]) => path);
		expect(same.filter((path) => !/hashType|\.name$|orders\.version$/.test(path))).toEqual([]);
	});
});

test.each(Object.keys(errorCatalogue))(
	"an error that the server may answer with (%s) is said in both languages",
	(code) => {
		for (const { shell } of Object.values(dictionaries))
			expect(shell.errors).toHaveProperty([code], expect.any(String));
	},
);

describe("the page's language", () => {
	test("is the one chosen before", () => expect(chooseLanguage("en", ["vi-VN"])).toBe("en"));
	test("else the browser's", () => expect(chooseLanguage(null, ["fr-FR", "en-GB", "vi"])).toBe("en"));
	test("else Vietnamese", () => expect(chooseLanguage("xx", ["fr-FR"])).toBe("vi"));
});

test("a code without a word is shown as it is, never as nothing", () => {
	expect(wordFor(dictionaries.en.terms.category, "adult")).toBe("Adult content");
	expect(wordFor(dictionaries.en.terms.category, "toString")).toBe("toString");
});
