// The pages for children, parents and teachers can be read at ten years of age, and are short.
import { describe, expect, test } from "@jest/globals";
import { syllable } from "syllable";
import { helpOf } from "../../../services/portal/help/catalogue.ts";
import { audiences, type HelpPage } from "../../../services/portal/help/help-page.ts";
import { readHotlines } from "../../../services/portal/help/hotlines.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

const sentencesOf = ({ title, lead, sections }: HelpPage): readonly string[] =>
	[title, lead, ...sections.flatMap((section) => [section.title, ...section.lines])].flatMap((text) =>
		text.split(/[.!?:;]+\s|[.!?:;]$/).filter((sentence) => /\p{L}/u.test(sentence)),
	);
const wordsIn = (sentences: readonly string[]) => sentences.flatMap((one) => one.match(/[\p{L}\p{N}’'-]+/gu) ?? []);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** Kincaid et al., 1975: the school year in which an English text can be read. */
function gradeOfEnglish(page: HelpPage): number {
	const sentences = sentencesOf(page);
	const words = wordsIn(sentences);
	return (
		0.39 * (words.length / sentences.length) + 11.8 * (sum(words.map((word) => syllable(word))) / words.length) - 15.59
	);
}

/** Nguyen and Henkin, 1982: 2 × letters per word + 0.2 × words per sentence − 6. */
function gradeOfVietnamese(page: HelpPage): number {
	const sentences = sentencesOf(page);
	const words = wordsIn(sentences);
	return (
		2 * (sum(words.map((word) => [...word.normalize("NFC")].length)) / words.length) +
		0.2 * (words.length / sentences.length) -
		6
	);
}

/** Ten years of age. */
const hardestGrade = 5;
const mostWords = 300;

describe.each(audiences)("the page for %s", (audience) => {
	test("can be read at ten years of age, in both languages", () => {
		expect(gradeOfEnglish(helpOf.en[audience])).toBeLessThanOrEqual(hardestGrade);
		expect(gradeOfVietnamese(helpOf.vi[audience])).toBeLessThanOrEqual(hardestGrade);
	});

	test("has under 300 words", () => {
		for (const page of [helpOf.en[audience], helpOf.vi[audience]])
			expect(wordsIn(sentencesOf(page)).length).toBeLessThan(mostWords);
	});
});

test("the measure tells a hard text from an easy one", () => {
	const page = (lead: string): HelpPage => ({ title: "", lead, sections: [] });
	expect(
		gradeOfEnglish(
			page(
				"Administrative authorities facilitate the comprehensive evaluation of notifications received electronically.",
			),
		),
	).toBeGreaterThan(hardestGrade);
	expect(
		gradeOfVietnamese(
			page(
				"Những người thường xuyên nghiên cứu phương pháp truyền thông chuyên nghiệp trong những trường hợp nghiêm trọng khuyến nghị những nhóm chuyên trách thường trực phối hợp nghiêm chỉnh trong mọi trường hợp khẩn trương.",
			),
		),
	).toBeGreaterThan(hardestGrade);
});

test("every number to call names its source and when it was checked, and Vietnam's two are among them", () => {
	const hotlines = readHotlines(fromPackageRoot("services", "portal", "help", "hotlines.json"));
	expect(hotlines.filter(({ country }) => country === "VN").map(({ number }) => number)).toEqual(["111", "113"]);
});
