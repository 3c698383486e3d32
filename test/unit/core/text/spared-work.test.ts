// What is spared where a text cannot be in disguise changes no form and no hash: each quick way against the long one.
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readWords } from "../../../../services/core/hashes/term/read-words.ts";
import { normalizeText } from "../../../../services/core/hashes/text/text-hash.ts";
import { bareLetters } from "../../../../services/core/text/bare-letters.ts";
import { correctWord } from "../../../../services/core/text/correct-word.ts";
import { costOfHashed, noLetters, withLetter } from "../../../../services/core/text/known-words.ts";
import { withoutLookAlikes } from "../../../../services/core/text/look-alikes.ts";
import { respell, skeletonOf } from "../../../../services/core/text/respell.ts";
import { shownText } from "../../../../services/core/text/shown-text.ts";
import { eachReading, readChannels } from "../../../../services/core/text/text-channels.ts";

const anyText = fc.oneof(
	fc.string({ unit: "binary", maxLength: 60 }),
	fc.string({ unit: "grapheme-ascii", maxLength: 60 }),
	fc.string({ unit: fc.constantFrom(..."abcdđeéệfﬁ₫ o0Ĳ…\u0300\u200b\t\n@".split("")), maxLength: 60 }),
);

test("plain ASCII is normalized as every text is", () => {
	fc.assert(
		fc.property(anyText, (text) => {
			const long = shownText(shownText(text).normalize("NFKC"));
			expect(normalizeText(text)).toBe(long.toLowerCase().normalize("NFC").replace(/\s+/gu, " ").trim());
		}),
		{ numRuns: 500 },
	);
});

test("bare letters are those of the text's plain channel", () => {
	const code = (letters: Uint16Array) => String.fromCharCode(...letters);
	fc.assert(
		fc.property(anyText, (text) => {
			const { plain } = readChannels(withoutLookAlikes(text));
			// Without its marks a letter may look like another, which is read where it stands so, and not here.
			fc.pre(withoutLookAlikes(plain) === plain);
			expect(code(bareLetters(text))).toBe(code(bareLetters(plain)));
		}),
		{ numRuns: 500 },
	);
});

test("both channels are made of one reading of each character", () => {
	fc.assert(
		fc.property(anyText, (text) => {
			const made = { marked: "", plain: "" };
			const offsets: { readonly marked: number[]; readonly plain: number[] } = { marked: [], plain: [] };
			eachReading(text, (reading, from) => {
				for (const channel of ["marked", "plain"] as const) {
					const piece = reading[channel];
					if (piece === " " && (made[channel] === "" || made[channel].endsWith(" "))) continue;
					made[channel] += piece;
					for (let at = 0; at < piece.length; at += 1) offsets[channel].push(from);
				}
			});
			const channels = readChannels(text);
			expect([channels.marked, channels.plain]).toEqual([made.marked, made.plain]);
			expect([...channels.markedOffsets]).toEqual([...offsets.marked, text.length]);
			expect([...channels.plainOffsets]).toEqual([...offsets.plain, text.length]);
		}),
		{ numRuns: 500 },
	);
});

test("words that both channels part alike are read as those that are read in each", () => {
	const texts = [
		fc.constant("Hôm nay trời đẹp, ½ của ﬁle CAFÉ hoà bình — kéttle 👍🏽 ok\u200b x"),
		fc.string({ unit: fc.constantFrom(...("aăâáắbđeéệ ưự.,-\n1½\u00ad\u200b👍".match(/./gsu) ?? [])), maxLength: 80 }),
	];
	fc.assert(
		fc.property(fc.oneof(anyText, ...texts), (text) => {
			// A letter with a mark that no letter has is longer in one channel than in the other.
			const apart = readWords(`${text} q\u0303`);
			const alike = readWords(text);
			const all = (column: Int32Array | Uint32Array) => [...column.subarray(0, alike.count)];
			expect(apart.count).toBe(alike.count + 1);
			for (const lane of [0, 1] as const) {
				expect(all(apart.plain[lane])).toEqual(all(alike.plain[lane]));
				expect(all(apart.marked[lane])).toEqual(all(alike.marked[lane]));
			}
			expect([all(apart.from), all(apart.to)]).toEqual([all(alike.from), all(alike.to)]);
		}),
		{ numRuns: 2_000 },
	);
});

const letters = [..."abcdefghijklmnopqrstuvwxyz"];

function costOf(word: string): number | undefined {
	let hash = noLetters;
	for (let at = 0; at < word.length; at += 1) hash = withLetter(hash, word.charCodeAt(at));
	return costOfHashed(hash, () => word);
}

/** Every word that differs by one letter, written out. */
function nearest(word: string): string | null {
	const candidates: string[] = [];
	for (let at = 0; at <= word.length; at += 1) {
		const [before, after] = [word.slice(0, at), word.slice(at)];
		const rest = before + after.slice(1);
		if (after !== "") candidates.push(rest);
		for (let to = 0; to <= rest.length && after !== ""; to += 1)
			candidates.push(rest.slice(0, to) + after.charAt(0) + rest.slice(to));
		for (const letter of letters) {
			candidates.push(before + letter + after);
			if (after !== "") candidates.push(before + letter + after.slice(1));
		}
	}
	const known = candidates.flatMap((one) => {
		const cost = costOf(one);
		return cost === undefined ? [] : [{ one, cost }];
	});
	return (
		known.reduce<(typeof known)[number] | null>(
			(best, one) => (best !== null && best.cost <= one.cost ? best : one),
			null,
		)?.one ?? null
	);
}

test("a slip of the pen is corrected to the most frequent of all words that are one letter away", () => {
	const words = fc.constantFrom(
		"harbuor",
		"freind",
		"tomorow",
		"boook",
		"qick",
		"nghe",
		"khong",
		"becuase",
		"xqzjk",
		"theer",
	);
	const made = fc.string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 8 });
	fc.assert(
		fc.property(fc.oneof(words, made), (word) => expect(correctWord(word)).toBe(nearest(word))),
		{ numRuns: 60 },
	);
});

test("a text is respelled in several ways as in each alone", () => {
	const word = fc.constantFrom(
		"the",
		"b0at",
		"h e l l o",
		"TEEEA",
		"70",
		"harbuor",
		"NamĐịnh",
		"ko",
		"đẹp",
		"kit*tens",
		"we!come",
		"…",
		"12",
	);
	const ways = ["plain", "numbers", "slips"] as const;
	fc.assert(
		fc.property(fc.array(word, { maxLength: 8 }), (all) => {
			const skeleton = skeletonOf(all.join(" "));
			expect(respell(skeleton, ways)).toEqual(ways.flatMap((how) => respell(skeleton, [how])));
		}),
	);
});
