// The counts that rules read of a text, held against what the plain patterns say.
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readItemFacts } from "../../../../services/core/rules/item-facts.ts";

const post = { kind: "post", surface: "public", platform: "forum", language: null, mediaType: null, isEdit: false };
const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

const pieces = [
	"http://",
	"HTTPS://",
	"www.",
	"WWW.",
	"@",
	"#",
	"&",
	"ß",
	"Đ",
	"ữ",
	"Ａ",
	"９",
	"٣",
	"𝐀",
	"👨‍👩‍👧",
	"\n",
	"\ud800",
	"a",
	"Z",
	"7",
	"_",
	"/",
	".",
];
const text = fc.oneof(
	fc.string({ unit: "binary" }),
	fc.array(fc.constantFrom(...pieces)).map((all) => all.join("")),
);

test("letters, digits, lines, links and names are counted in whatever script, and by one pass as by many", () => {
	fc.assert(
		fc.property(text, (of) => {
			const letters = count(of, /\p{L}/gu);
			expect(readItemFacts({ ...post, text: of })).toMatchObject({
				textLength: of.length,
				lines: of === "" ? 0 : of.split("\n").length,
				links: count(of, /https?:\/\/|(?<![\p{L}\p{N}./])www\./giu),
				mentions: count(of, /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_]/gu),
				hashtags: count(of, /(?<![\p{L}\p{N}_&])#[\p{L}\p{N}_]/gu),
				digits: count(of, /\p{Nd}/gu),
				upperShare: letters === 0 ? 0 : count(of, /\p{Lu}/gu) / letters,
			});
		}),
		{ numRuns: 1_000 },
	);
});
