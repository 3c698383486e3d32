import { describe, expect, test } from "@jest/globals";
import { dictionaries, wordFor } from "../../../services/console/language/dictionary.ts";
import { chooseLanguage } from "../../../services/console/language/language-code.ts";
import { errorCatalogue } from "../../../services/core/errors.ts";

/** Every text of a dictionary by its path; functions are called with the number 2 for every parameter. */
function textsOf(value: unknown, path = ""): Map<string, string> {
	if (typeof value === "string") return new Map([[path, value]]);
	if (typeof value === "function") return new Map([[path, String(value(2, 2, 2, 2))]]);
	return new Map(Object.entries(value ?? {}).flatMap(([key, inner]) => [...textsOf(inner, `${path}.${key}`)]));
}

const english = textsOf(dictionaries.en);
const vietnamese = textsOf(dictionaries.vi);

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
