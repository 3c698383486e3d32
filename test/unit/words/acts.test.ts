import { describe, expect, test } from "@jest/globals";
import { actCatalogue, actCodes } from "../../../services/core/acts/act-catalogue.ts";
import { subjectKinds } from "../../../services/core/acts/act-kind.ts";
import { actorWords, actSentence, subjectWords } from "../../../services/words/act-sentence.ts";
import { english } from "../../../services/words/acts.en.ts";
import { vietnamese } from "../../../services/words/acts.vi.ts";

const languages = { english, vietnamese };

describe("every act has words of its own in both languages", () => {
	test.each(Object.entries(languages))("%s", (_name, { said, subjects }) => {
		expect(Object.keys(said).toSorted()).toEqual([...actCodes, "unread"].toSorted());
		expect(Object.keys(subjects).toSorted()).toEqual([...subjectKinds].toSorted());
	});
	test("and acts are done to things of a kind that is known", () => {
		for (const { on } of Object.values(actCatalogue)) expect(subjectKinds).toContain(on);
	});
});

test("an act is one sentence: who by which door, and what", () => {
	const decided = { what: "case-decided", details: { decision: "remove", isFinal: false } } as const;
	const by = { kind: "cli", name: "lan" } as const;
	expect(actSentence(english, { ...decided, actor: by })).toBe(
		"lan (command line) decided: remove, and another person is to agree",
	);
	expect(actSentence(vietnamese, { ...decided, actor: { kind: "machine" } })).toBe(
		"hệ thống quyết định: gỡ bỏ, cần thêm một người đồng ý",
	);
	expect(actorWords(vietnamese, { kind: "key", name: "forum" })).toBe("forum (khóa API)");
});

test("what only a newer version knows is said to be so", () => {
	const newer = { what: "unread", details: { code: "moon-landed" }, actor: { kind: "machine" } } as const;
	for (const words of Object.values(languages)) expect(actSentence(words, newer)).toContain("moon-landed");
	expect(subjectWords(english, "moon")).toBe("moon");
});
