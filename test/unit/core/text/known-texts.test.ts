import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { simhashText } from "../../../../services/core/hashes/simhash/text-simhash.ts";
import { hashText } from "../../../../services/core/hashes/text/text-hash.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { fromPackageRoot } from "../../../../services/runtime/package-root.ts";
import { disguises, slips } from "../../../load/texts/disguises.ts";
import { createChance } from "../../../load/texts/edits.ts";
import { vietnameseDisguises } from "../../../load/texts/vietnamese-disguises.ts";
import { newBank, newEntry } from "../../../support/bank-fixtures.ts";

const sentences: readonly string[] = JSON.parse(
	readFileSync(fromPackageRoot("test/fixtures/texts/sentences.json"), "utf8"),
);
const none = new Uint8Array(32);

function matcherOf(known: readonly string[]) {
	const bank = newBank();
	const matcher = createBankMatcher({ clock: { now: () => Date.UTC(2026, 10, 24) } });
	matcher.apply({ sequence: 1, kind: "bank", bank });
	for (const text of known)
		for (const [hashType, hash] of [
			["text", hashText(text)],
			["text-simhash", simhashText(text)],
		] as const)
			matcher.apply({ sequence: 2, kind: "entry", entry: newEntry(bank.id, { hashType, hash: hash ?? none }) });
	return matcher;
}

function verdictOn(matcher: ReturnType<typeof matcherOf>, text: string) {
	const signals = matcher
		.matchText(text)
		.map((match) => ({ kind: "matched", detector: "text", version: "test", match }) as const);
	return decideVerdict(signals, "public", defaultPolicy);
}

const matchers = sentences.map((sentence) => matcherOf([sentence]));

describe("a known text is found whatever is done to it, and asks people", () => {
	test.each(Object.entries({ ...disguises, ...vietnameseDisguises }))("%s", (_kind, disguise) => {
		// Held out: the bench draws from other seeds.
		const chance = createChance(9_001);
		const missed = sentences.flatMap((sentence, at) => {
			const altered = disguise(sentence, chance);
			const { tier } = verdictOn(matchers[at] ?? matcherOf([]), altered);
			return tier === "K3" || (altered === sentence && tier === "K1") ? [] : [{ altered, tier }];
		});
		// What leaves the text as people read it is the text itself.
		const isExact = missed.length > 0 && missed.every(({ tier }) => tier === "K1");
		expect(isExact ? [] : missed).toEqual([]);
	});

	test.each(Object.entries(slips))("nearly always with %s", (_kind, slip) => {
		const chance = createChance(9_003);
		const tries = sentences.flatMap((sentence, at) =>
			[1, 2, 3, 4].map(() => verdictOn(matchers[at] ?? matcherOf([]), slip(sentence, chance)).tier),
		);
		expect(tries.filter((tier) => tier === "none").length).toBeLessThanOrEqual(0.05 * tries.length);
	});

	test("and what is written plainly is the text itself: a machine may act on it", () => {
		for (const [at, sentence] of sentences.entries()) {
			const matcher = matchers[at] ?? matcherOf([]);
			expect(verdictOn(matcher, `  ${sentence.toUpperCase()}\u200b`).tier).toBe("K1");
			expect(verdictOn(matcher, `<p>${sentence}</p>`).tier).toBe("K3");
		}
	});

	test("and the other texts are not, in any disguise", () => {
		const chance = createChance(9_002);
		for (const [at, sentence] of sentences.entries()) {
			const matcher = matcherOf(sentences.filter((_, other) => other !== at));
			for (const [kind, disguise] of Object.values(disguises).entries())
				if (kind % 3 === at % 3) expect(matcher.matchText(disguise(sentence, chance))).toEqual([]);
		}
	});
});

/** Each word by itself, where it has letters enough. */
const inWords = (text: string, change: (word: string) => string, shortest = 4) =>
	text.replace(/[\p{L}\p{M}]+/gu, (word) => ([...word].length >= shortest ? change(word) : word));
const spelled = (text: string, between: string, space = " ") =>
	text
		.split(/\s+/)
		.map((word) => [...word.replace(/[^\p{L}]/gu, "")].join(between))
		.join(space);
const wordsOf = (text: string) => text.split(/\s+/);
const subtitle = (said: string, at: number) => `${at + 1}\n00:00:${10 + at},000 --> 00:00:${11 + at},000\n${said}\n`;
const telexOf = disguises["Telex, tone last"] ?? ((text: string) => text);
const turned = new Map([..."abcdefghijkmnpqrtuvwy"].map((one, at) => [one, [..."ɐqɔpǝɟƃɥᴉɾʞɯudbɹʇnʌʍʎ"][at] ?? one]));

describe("a known text is found where two disguises meet, or one of less use", () => {
	test.each<readonly [string, (text: string) => string]>([
		[
			"words that are counted",
			(text) =>
				wordsOf(text)
					.map((word, at) => `${at + 1}.${word}`)
					.join(" "),
		],
		[
			"words that are counted, one a line",
			(text) =>
				wordsOf(text)
					.map((word, at) => `${at + 1}) ${word}`)
					.join("\n"),
		],
		[
			"subtitles",
			(text) =>
				wordsOf(text)
					.map((word, at) => subtitle(word, at))
					.join("\n"),
		],
		["letters between bars", (text) => spelled(text, "|")],
		["letters between plus signs", (text) => spelled(text, "+")],
		["letters in brackets", (text) => inWords(text, (word) => `[${[...word].join("][")}]`, 1)],
		[
			"every other word spaced",
			(text) =>
				text
					.split(" ")
					.map((word, at) => (at % 2 === 0 ? word : [...word].join(" ")))
					.join("  "),
		],
		["an apostrophe in words", (text) => inWords(text, (word) => `${word.slice(0, 2)}'${word.slice(2)}`, 5)],
		["two words run together", (text) => text.replace(/(\S+) (\S+)/g, "$1$2")],
		[
			"letters repeated in other cases",
			(text) => inWords(text, (word) => word.replace(/[aeiou]/, (one) => one + one.toUpperCase() + one)),
		],
		["signs for letters", (text) => text.replace(/[aeos]/g, (one) => ({ a: "@", e: "€", o: "0", s: "$" })[one] ?? one)],
		["an emoji for a letter", (text) => inWords(text, (word) => word.replace("o", "⭕"), 2)],
		[
			"upside down",
			(text) =>
				[...text.toLowerCase().normalize("NFC")]
					.reverse()
					.map((one) => turned.get(one) ?? one)
					.join(""),
		],
		[
			"a link for each third word",
			(text) =>
				text
					.split(" ")
					.map((word, at) => (at % 3 === 0 ? `[${word}](https://t.example/${at})` : word))
					.join(" "),
		],
		["backwards, shown forwards", (text) => `\u202e${[...text].reverse().join("")}\u202c`],
		["escaped twice as in an address", (text) => encodeURIComponent(encodeURIComponent(text))],
		["run together, and an address", (text) => `${text.replaceAll(" ", "")} https://t.example/aB3x?c=d`],
		["an address without a space", (text) => `${text}https://t.example/aB3x`],
		["in single quotes within a sentence", (text) => `He wrote '${text}' and left`],
		[
			"Telex, spaced",
			(text) =>
				spelled(
					telexOf(text, () => 0),
					" ",
					"   ",
				),
		],
		["Telex, with soft hyphens", (text) => [...telexOf(text, () => 0)].join("\u00ad")],
		[
			"Telex, in wide letters",
			(text) => telexOf(text, () => 0).replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
		],
		["spaced, with marks heaped on letters", (text) => [...text].join(" ").replace(/\p{L}/gu, "$&\u033a\u0346")],
	])("%s", (_kind, disguise) => {
		const missed = sentences.flatMap((sentence, at) => {
			const altered = disguise(sentence);
			const { tier } = verdictOn(matchers[at] ?? matcherOf([]), altered);
			return tier === "none" ? [altered] : [];
		});
		expect(missed).toEqual([]);
	});
});

describe("what was done to it is named", () => {
	const [sentence = ""] = sentences;
	const matcher = matcherOf([sentence]);
	test.each([
		["markup", `<b>${sentence}</b>`, "unmarked"],
		["letters that stand apart", [...sentence].join(" ").replaceAll("   ", "  "), "respelled"],
		["more text around it", `Listen to this:\n${sentence}\nWell?`, "excerpt"],
		["nothing", sentence, "none"],
	])("%s", (_what, text, transform) => {
		expect(matcher.matchText(text)[0]).toMatchObject({ hashType: "text", transform, distanceBits: 0 });
	});
});
