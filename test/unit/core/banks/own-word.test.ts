import { expect, test } from "@jest/globals";
import { ownWordAfterUndo } from "../../../../services/core/banks/own-word.ts";

const word = (note: string) => ({ kind: "investigate", note }) as const;
const written = (note: string, stands: boolean) => ({ ...word(note), stands });
const unchanged = { kind: "unchanged" } as const;

test("a word whose decision is taken back gives way to none, or to what was said before", () => {
	expect(ownWordAfterUndo([null, word("a")], [written("a", false)])).toEqual({ kind: "becomes", word: null });
	const said = [null, word("asked"), word("a"), word("a")];
	expect(ownWordAfterUndo(said, [written("a", false)])).toEqual({ kind: "becomes", word: word("asked") });
});

test("what was taken back before does not come again", () => {
	const taken = [written("a", false), written("b", false)];
	expect(ownWordAfterUndo([null, word("a"), word("b")], taken)).toEqual({ kind: "becomes", word: null });
});

test("a word stays that another case stands by, that came later, or that no case wrote", () => {
	expect(ownWordAfterUndo([null, word("a")], [written("a", false), written("a", true)])).toEqual(unchanged);
	expect(ownWordAfterUndo([word("a"), word("b")], [written("a", false), written("b", true)])).toEqual(unchanged);
	expect(ownWordAfterUndo([word("a"), word("desk")], [written("a", false)])).toEqual(unchanged);
	expect(ownWordAfterUndo([null], [written("a", false)])).toEqual(unchanged);
});
