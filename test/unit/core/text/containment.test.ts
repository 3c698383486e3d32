import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { shinglesOfText } from "../../../../services/core/hashes/shingles/text-shingles.ts";
import { createPartIndex } from "../../../../services/core/index/part-index.ts";
import { bareLetters } from "../../../../services/core/text/bare-letters.ts";
import { readChannels } from "../../../../services/core/text/text-channels.ts";
import { fromPackageRoot } from "../../../../services/runtime/package-root.ts";
import { disguises } from "../../../load/texts/disguises.ts";
import { createChance } from "../../../load/texts/edits.ts";
import { newBank, newEntry } from "../../../support/bank-fixtures.ts";

const sentences: readonly string[] = JSON.parse(
	readFileSync(fromPackageRoot("test/fixtures/texts/sentences.json"), "utf8"),
);

function matcherOf(known: readonly string[]) {
	const bank = newBank();
	const matcher = createBankMatcher({ clock: { now: () => Date.UTC(2026, 10, 24) } });
	matcher.apply({ sequence: 1, kind: "bank", bank });
	for (const text of known) {
		const hash = shinglesOfText(text);
		if (hash === null) throw new Error("the text is too short");
		matcher.apply({ sequence: 2, kind: "entry", entry: newEntry(bank.id, { hashType: "text-shingles", hash }) });
	}
	return matcher;
}

describe("a known text is found within another", () => {
	const [known = "", ...others] = sentences;
	const matcher = matcherOf([known]);
	const around = others.join(". ");

	test.each([
		["with eight words after it", `${known} nhà cửa sông núi trời đất cây lá`],
		["in the middle of a long post, no line apart", `${around} ${known} ${around}`],
		["with an address at its end", `${known} https://t.example/aB3x`],
		["in a very long post", `${around.repeat(60)} ${known} ${around}`],
	])("%s, as a part of it", (_what, text) => {
		expect(matcher.matchText(text)).toMatchObject([
			{ hashType: "text-shingles", transform: "excerpt", distanceBits: 0 },
		]);
	});

	test.each(Object.entries(disguises).filter(([kind]) => !kind.startsWith("Telex") && !kind.startsWith("VNI")))(
		"in the middle of a post, %s",
		(_kind, disguise) => {
			expect(matcher.matchText(`${around} ${disguise(known, createChance(7))} ${around}`)).toHaveLength(1);
		},
	);

	test("and no other sentence is, alone or in company", () => {
		expect(matcherOf(others).matchText(known)).toEqual([]);
		expect(matcher.matchText(around)).toEqual([]);
	});

	test("nor is one whose letters are there, but far apart", () => {
		const words = known.split(" ");
		expect(matcher.matchText(words.map((word) => `${word} ${around}`).join(" "))).toEqual([]);
	});

	test("too short a text has no such hash", () => {
		expect(shinglesOfText("see you there")).toBeNull();
		expect(shinglesOfText("ha ".repeat(500))).toBeNull();
	});
});

describe("the index of parts", () => {
	test("finds what a plain search finds, after entries came and went", () => {
		const parts = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 3 });
		fc.assert(
			fc.property(fc.array(parts, { maxLength: 12 }), fc.uniqueArray(fc.integer({ min: 0, max: 60 })), (all, row) => {
				const index = createPartIndex();
				for (const [entry, own] of all.entries()) index.add(entry, Uint32Array.from(own));
				for (const [entry, own] of all.entries()) if (entry % 3 === 0) index.remove(entry, Uint32Array.from(own));
				const expected = all.flatMap((own, entry) => {
					const held = own.filter((part) => row.includes(part)).length;
					return entry % 3 !== 0 && held >= 2 ? [{ entry, parts: held }] : [];
				});
				const found = index.find(Uint32Array.from(row), 1_000, 2);
				expect(found.toSorted((a, b) => a.entry - b.entry)).toEqual(expected);
			}),
		);
	});
});

describe("a text in two channels", () => {
	test("with its marks and without, each character leading back to where it stood", () => {
		const text = "  ĐƯỜNG\u200b  hoa\u0300 ﬁn ";
		const { marked, plain, markedOffsets, plainOffsets } = readChannels(text);
		expect([marked, plain]).toEqual(["đường hoà fin ", "duong hoa fin "]);
		expect(text.slice(markedOffsets[marked.indexOf("hoà")], markedOffsets[marked.indexOf(" fin")])).toBe("hoa\u0300");
		expect(text.slice(plainOffsets[plain.indexOf("fin")], plainOffsets[plain.length - 1])).toBe("ﬁn");
		expect([markedOffsets.length, plainOffsets.length]).toEqual([marked.length + 1, plain.length + 1]);
	});

	test("offsets never go back, and bare letters are the same however they are set", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				const { plain, plainOffsets } = readChannels(text);
				expect(plainOffsets.length).toBe(plain.length + 1);
				expect(plainOffsets.every((offset, at) => at === 0 || offset >= (plainOffsets[at - 1] ?? 0))).toBe(true);
			}),
		);
		expect(bareLetters("S-p.a c e d l3tters")).toEqual(bareLetters("spaced letters"));
	});
});
