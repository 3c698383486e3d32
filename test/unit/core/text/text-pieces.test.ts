import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { textPieces } from "../../../../services/core/text/text-pieces.ts";

test("a text that is not long is one piece, as it is", () => {
	expect([...textPieces("quả bưởi tím")]).toEqual(["quả bưởi tím"]);
	expect([...textPieces("a".repeat(5_000))]).toHaveLength(1);
});

test("what is no longer than 500 letters is whole in one of the pieces, wherever it stands", () => {
	const word = fc.string({ minLength: 1, maxLength: 200 });
	fc.assert(
		fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat(60_000), (words, at) => {
			const text = words.join(" ").repeat(60_000).slice(0, 70_000);
			const wanted = text.slice(at, at + 500);
			expect([...textPieces(text)].some((piece) => piece.includes(wanted))).toBe(true);
		}),
		{ numRuns: 50 },
	);
});
