// The words of answers as whoever knows the law edits them: what is refused, with which words, and what is put in.
import { describe, expect, test } from "@jest/globals";
import { answerLanguages, slotNames } from "../../../../services/core/answers/slots.ts";
import { checkBook, compareBooks, inWords, withChange } from "../../../../services/core/answers/template-book.ts";
import { readTemplates, writeTemplates } from "../../../../services/core/answers/template-text.ts";
import { readShippedTemplates } from "../../../../services/runtime/read-templates.ts";

const shipped = readShippedTemplates();

/** The book that ships with this text in place of what it names; or each fault. */
function edited(text: string) {
	const read = readTemplates(text);
	return read.ok ? checkBook(withChange(shipped, read.change)) : read;
}
const faultsIn = (text: string) => {
	const result = edited(text);
	return result.ok ? [] : result.faults;
};

describe("the words that ship", () => {
	test("are whole in every language, and come back from their text as they are", () => {
		const again = edited(writeTemplates(shipped, slotNames, answerLanguages));
		expect(again).toEqual({ ok: true, book: shipped });
	});
});

describe("an edited text", () => {
	test("changes what it names and leaves the rest as it is", () => {
		const result = edited("# for readers in a hurry\n[reporter/left en]\n\nIt stays,\nand this is why.\n\n");
		if (!result.ok) throw new Error(result.faults.join());
		expect(result.book["reporter/left"]).toEqual({
			en: "It stays,\nand this is why.",
			vi: shipped["reporter/left"].vi,
		});
		expect(compareBooks(shipped, result.book)).toMatchObject([{ slot: "reporter/left", language: "en" }]);
	});

	test("may come from Windows, with marks at its beginning and the ends of its lines", () => {
		expect(edited("\uFEFF[reporter/left en]\r\nIt stays.\r\n")).toMatchObject({
			book: { "reporter/left": { en: "It stays." } },
		});
	});

	test("is refused where it names what nobody knows, with what it may name", () => {
		expect(faultsIn("[authority/left en]\n{referense}, of {received}")).toEqual([
			"authority/left en: there is no {referense} here; there are: {reference}, {received}, {places}",
			"authority/left en: {reference} must stand somewhere in it",
		]);
		expect(faultsIn("[user/decided.person vi]\nMột người, mã {code}")).toEqual([
			"user/decided.person vi: there is no {code} here; nothing can be put in here",
		]);
		expect(faultsIn("[reporter/left en]\nof {received")).toEqual([
			"reporter/left en: a brace stands alone; what is put in is written {so}",
		]);
	});

	test("is refused where an appeal would have no code, or somebody would be told nothing", () => {
		expect(faultsIn("[user/redress.appeal en]\nAsk that other people decide.\n[reporter/left vi]\n")).toEqual([
			"reporter/left vi: there are no words",
			"user/redress.appeal en: {code} must stand somewhere in it",
		]);
	});

	test("is refused by its line where a place or a language is not there, or stands twice", () => {
		expect(
			faultsIn(
				"words\n[reporter/lefd en]\nx\n[reporter/left fr]\nx\n[user/facts.known vi]\nx\n[user/facts.known vi]\nx",
			),
		).toEqual([
			"line 1: these words stand above the first [place language]",
			"line 2: there is no reporter/lefd; reporter/left is meant?",
			"line 4: there is no language fr; there are: vi, en",
			"line 8: user/facts.known vi stands here twice",
		]);
	});
});

test("a place without words in one language is no book", () => {
	const { "reporter/left": left, ...others } = shipped;
	expect(checkBook({ ...others, "reporter/left": { en: left.en } })).toEqual({
		...{ ok: false, faults: ["reporter/left vi: it is missing in this language"] },
	});
});

test("days are written as the language does, in Vietnam's time, and what is put in is text and nothing else", () => {
	const facts = { reference: "{received}", received: new Date("2026-11-24T18:30:00Z"), places: "https://a.example" };
	const told = (language: "vi" | "en") => inWords(shipped, { slot: "authority/left", language }, facts);
	expect(told("en")).toContain("{received} of 25 November 2026");
	expect(told("vi")).toContain("25 tháng 11, 2026");
});
