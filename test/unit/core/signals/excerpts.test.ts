// Which words of a picture or document people are shown: what was named, with what stands around it, and no more.
import { describe, expect, test } from "@jest/globals";
import { entryId, uuidv7 } from "../../../../services/core/ids.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { chooseExcerpts, quote } from "../../../../services/core/signals/written/excerpts.ts";
import { newMatch, ofNearText } from "../../../support/bank-fixtures.ts";

const term = "quả bưởi tím";
const piece = `${"xa ".repeat(400)}${term}${" gần".repeat(400)}`;
const from = piece.indexOf(term);
const typed = { version: "1", isTyped: true, within: ["a.docx/word/document.xml"] } as const;
const ids = Array.from({ length: 20 }, () => entryId.parse(uuidv7(0)));
const named = (id: number, places?: readonly { readonly from: number; readonly to: number }[]) =>
	matchedSignal(
		"text",
		"1",
		newMatch({ ...ofNearText, ...(ids[id] && { entryId: ids[id] }), hashType: "text-term", ...(places && { places }) }),
	);

describe("an excerpt", () => {
	test("has the term with some words around it, where it is in the file, and who read it", () => {
		const { excerpt, signal } = quote(named(1, [{ from, to: from + term.length }]), piece, typed);
		const [place] = excerpt.places;
		expect(excerpt.text.slice(place?.from, place?.to)).toBe(term);
		expect(excerpt.text.length).toBe(600 + term.length);
		expect([excerpt.path, excerpt.isTyped]).toEqual(["a.docx/word/document.xml", true]);
		expect(quote(named(1), piece, { version: "1" }).excerpt).toMatchObject({ path: null, isTyped: false, places: [] });
		expect(JSON.stringify(signal)).not.toContain(term);
	});

	test("of what is named without a place is the piece that was looked up, as the record can keep it", () => {
		const { excerpt } = quote(named(1), `a\0b\ud800${"c".repeat(9_000)}`, { version: "1" });
		expect(excerpt.text.length).toBe(5_000);
		expect(excerpt.text.startsWith("a\ufffdb\ufffdc")).toBe(true);
	});
});

describe("people are shown", () => {
	const at = (id: number, start: number) => quote(named(id, [{ from: start, to: start + 2 }]), "mot hai ba", typed);

	test("one excerpt for each entry, and words that several name once, with each marked", () => {
		expect(chooseExcerpts([at(1, 0), at(1, 4), at(2, 8)])).toMatchObject([
			{
				text: "mot hai ba",
				places: [
					{ from: 0, to: 2 },
					{ from: 8, to: 10 },
				],
			},
		]);
	});

	test("eight at most", () => {
		const many = Array.from({ length: 20 }, (_, id) => quote(named(id), `text ${id}`, typed));
		expect(chooseExcerpts(many)).toHaveLength(8);
	});
});
