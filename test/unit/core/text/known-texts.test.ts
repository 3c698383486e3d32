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
