import { expect, test } from "@jest/globals";
import { wordsOf } from "../../../../services/adapters/tesseract/words-of.ts";

const row = (level: number, line: number, confidence: number, text: string) =>
	[level, 1, 1, 1, line, 1, 0, 0, 10, 10, confidence, text].join("\t");

test("words that the reader is sure of stand line by line; what it is unsure of is left out", () => {
	const answer = [
		row(4, 1, -1, ""),
		row(5, 1, 96.2, "một"),
		row(5, 1, 59.9, "~j"),
		row(5, 1, 88, "dòng"),
		row(5, 2, 91, "hai"),
	];
	expect(wordsOf(answer.join("\n"))).toEqual({ text: "một dòng\nhai", isSure: true });
});

test("a picture without words has an empty text", () => {
	expect(wordsOf("")).toEqual({ text: "", isSure: false });
	expect(wordsOf(row(5, 1, 95, " "))).toEqual({ text: "", isSure: false });
});
