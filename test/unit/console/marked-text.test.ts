import { describe, expect, test } from "@jest/globals";
import { markText } from "../../../services/console/reveal/marked-text.ts";

const shown = (text: string, ...places: readonly (readonly [number, number])[]) =>
	markText(
		text,
		places.map(([from, to]) => ({ from, to })),
	)
		.map((part) => (part.isMarked ? `[${part.text}]` : part.text))
		.join("");

describe("what a list knows is marked in a text", () => {
	test("where it stands", () => expect(shown("a blue kettle", [2, 13])).toBe("a [blue kettle]"));
	test("several times, in any order", () => expect(shown("pot, pan, pot", [10, 13], [0, 3])).toBe("[pot], pan, [pot]"));
	test("once where places lie within one another or meet", () =>
		expect(shown("blue kettle", [0, 11], [5, 11], [0, 4])).toBe("[blue kettle]"));
	test("and nothing where there is no place, nor beyond the end", () => {
		expect(shown("a pot")).toBe("a pot");
		expect(shown("a pot", [2, 99], [50, 60])).toBe("a [pot]");
		expect(shown("")).toBe("");
	});
});
