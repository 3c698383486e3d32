// Terms of lists in texts, by way of the banks in memory. The terms are harmless placeholders.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Opinion } from "../../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { readCondition } from "../../../../services/core/banks/read-condition.ts";
import { hashTerm } from "../../../../services/core/hashes/term/term-hash.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { newBank, newEntry } from "../../../support/bank-fixtures.ts";

function hashOf(term: string): Uint8Array {
	const hash = hashTerm(term);
	if (typeof hash === "string") throw new Error(hash);
	return hash;
}

interface Lists {
	readonly known: readonly string[];
	readonly allowed?: readonly string[];
	readonly weight?: number;
}

function listing({ known, allowed = [], weight }: Lists) {
	const matcher = createBankMatcher({ clock: { now: () => 0 } });
	const bank = newBank({ trusted: true });
	const harmless = newBank({ kind: "exempt", trusted: true, owner: "people", expiresAt: "2100-01-01T00:00:00.000Z" });
	for (const one of [bank, harmless]) matcher.apply({ sequence: 1, kind: "bank", bank: one });
	const opinions = [
		{ source: "test", kind: "positive", ...(weight === undefined ? {} : { severity: weight }) },
	] as const;
	const put = (id: typeof bank.id, term: string) => {
		const entry = newEntry(id, { hashType: "text-term", hash: hashOf(term), opinions });
		matcher.apply({ sequence: 2, kind: "entry", entry });
		return entry;
	};
	for (const term of known) put(bank.id, term);
	for (const term of allowed) put(harmless.id, term);
	return { matcher, find: (text: string) => matcher.matchText(text), put: (term: string) => put(bank.id, term) };
}

const transforms = (lists: Lists, text: string) =>
	listing(lists)
		.find(text)
		.map(({ transform }) => transform);

describe("a term is found", () => {
	test.each([
		["as it is", "blue kettle", "She has a blue kettle.", "none"],
		["in other case and width, with characters that show nothing", "blue kettle", "ＢＬＵＥ  ket\u200btle!", "none"],
		["with signs between its words", "blue kettle", "blue-kettle, blue/kettle", "none"],
		["with its marks", "ấm nước", "Cái ẤM NƯỚC màu xanh", "none"],
		["with its tone at another vowel", "hoà bình", "hòa bình", "none"],
		["in letters and marks apart", "ấm nước", "ấm nước".normalize("NFD"), "none"],
		["without its marks", "ấm nước", "cai am nuoc", "withoutMarks"],
		["with letters that stand apart", "kettle", "my k e t t l e is blue", "respelled"],
		["with digits for letters", "kettle", "my k3ttl3 is blue", "respelled"],
		["in letters of many scripts that pass for Latin ones", "kettle", "my ҞꬲᎢƬᏞꬲ is blue", "respelled"],
		[
			"with a word that no list knows, in letters that stand apart",
			"internationalized kettle",
			"an i-n-t-e-r-n-a-t-i-o-n-a-l-i-z-e-d k-e-t-t-l-e",
			"respelled",
		],
		[
			"with a sign within a word of which the parts are words",
			"dodecahedral anteater",
			"the do*decahedral ant.eater is here",
			"respelled",
		],
		[
			"in words that run together, one of which no list knows",
			"brown quokkaburra",
			"lookatthebrownquokkaburraoverthere",
			"respelled",
		],
		[
			"in words that run together, of which no list knows but one of a long term",
			"quokkaburra and wumbledores",
			"lookatthequokkaburraandwumbledoresoverthere",
			"respelled",
		],
		["in teencode, beside a sign and another word", "phương án", "mọi thứ/fươg án/kế hoạch", "respelled"],
		["in teencode, beside a sign and what is no word", "không phải", "hàm này khôg fải-XQZOF đâu nhé", "respelled"],
		["in Vietnamese ones", "ấm nước xanh", "đâylàcáiấmnướcxanhcủatôiđấynhé", "respelled"],
		["in teencode, at its beginning and its end", "phương án", "cái fươg án này hay", "respelled"],
		["in the encoding of old fonts", "không mới", "taäp tin khoâng môùi hôn", "retyped"],
		["typed in Telex", "ấm nước", "caais aams nuwowcs xanh", "retyped"],
	])("%s", (_, term, text, transform) => expect(transforms({ known: [term] }, text)).toEqual([transform]));
});

describe("a term is not found", () => {
	test.each([
		["within a longer word", "kettle", "kettledrums"],
		["with other words between its own", "blue kettle", "blue iron kettle"],
		["where its letters bear other marks", "ấm nước", "âm nước"],
		["with marks, where it is listed without any", "am nuoc", "ấm nước"],
	])("%s", (_, term, text) => expect(transforms({ known: [term] }, text)).toEqual([]));
});

test("people are shown where it stands in the text as it came", () => {
	const text = "A  BLUE\u200b kettle, and a blue kettle";
	const [match] = listing({ known: ["blue kettle"] }).find(text);
	expect(match?.places?.map(({ from, to }) => text.slice(from, to))).toEqual(["BLUE\u200b kettle", "blue kettle"]);
});

describe("people are shown where it stands in disguise, as it came", () => {
	test.each([
		["letters that stand apart", "kettle", "look at my k-e-t-t-l-e, it is blue", "k-e-t-t-l-e,"],
		["letters parted by spaces", "kettle", "look at my k e t t l e today", "k e t t l e"],
		["digits for letters", "blue kettle", "look at my b1ue k3ttl3 over there", "b1ue k3ttl3"],
		["markup", "kettle", "look at my <i>ket</i>tle over there", "<i>ket</i>tle"],
		["character codes", "ấm nước", "đây là cái &#7845;m nước của tôi", "&#7845;m nước"],
		["keystrokes", "ấm nước", "caais aams nuwowcs xanh", "aams nuwowcs"],
	])("%s", (_, term, text, shown) => {
		const [match] = listing({ known: [term] }).find(text);
		expect(match?.places?.map(({ from, to }) => text.slice(from, to))).toEqual([shown]);
	});

	test.each([
		["at its end", `${"a word of no meaning ".repeat(30)}my k3ttl3`, "k3ttl3"],
		["in its middle", `${"a word of no meaning ".repeat(70)}my k e t t l e ${"as before ".repeat(80)}`, "k e t t l e"],
		["at its beginning", `k3ttl3s and a k3ttl3 ${"as before ".repeat(80)}`, "k3ttl3"],
		["where stretches meet", `${"x".repeat(238)} k 3 t t l 3 ${"as before ".repeat(80)}`, "k 3 t t l 3"],
	])("in a long text, too: %s", (_, text, shown) => {
		const [match] = listing({ known: ["kettle", "ấm nước"] }).find(text);
		expect(match?.places?.map(({ from, to }) => text.slice(from, to))).toEqual([shown]);
	});

	test("but one that no other form is read of is not looked through again", () => {
		const [match] = listing({ known: ["kettle"] }).find(`ket<b></b>tle ${"word ".repeat(2_000)}`);
		expect(match).toMatchObject({ transform: "unmarked", places: [] });
	});
});

describe("within a phrase of a bank of harmless ones", () => {
	const lists: Lists = { known: ["kettle"], allowed: ["kettle valley railway"] };
	test("it does not count", () => expect(transforms(lists, "the Kettle Valley Railway")).toEqual([]));
	test("but elsewhere in the text it does, and there alone", () => {
		const text = `${"kettle valley railway ".repeat(500)}and a kettle`;
		const [match] = listing(lists).find(text);
		expect(match?.places).toEqual([{ from: text.length - 6, to: text.length }]);
	});
});

describe("a term asks people, and never more", () => {
	const verdict = (weight: number | undefined, text: string) => {
		const lists = { known: ["ấm nước"], ...(weight === undefined ? {} : { weight }) };
		const signals = listing(lists)
			.find(text)
			.map((match) => matchedSignal("text", "1", match));
		const { tier, action, grounds } = decideVerdict(signals, "public", defaultPolicy);
		return [tier, action, ...(grounds[0]?.reasons ?? [])];
	};
	test("with its marks", () => expect(verdict(undefined, "ấm nước")).toEqual(["T", "review", "term-asks-people"]));
	test("without marks it weighs less: only a heavy one asks", () => {
		expect(verdict(undefined, "am nuoc")).toEqual(["none", "none", "term-light"]);
		expect(verdict(5, "am nuoc")).toEqual(["T", "review", "term-asks-people"]);
	});
	test("a light one is recorded, and nobody is asked", () =>
		expect(verdict(1, "ấm nước")).toEqual(["none", "none", "term-light"]));
});

describe("a term that a list names for some places only", () => {
	const conditionOf = (said: Parameters<typeof readCondition>[0]) => {
		const only = readCondition(said);
		if (only === undefined || typeof only === "string") throw new Error(`no condition: ${only}`);
		return only;
	};
	const listed = (...opinions: Opinion[]) => {
		const matcher = createBankMatcher({ clock: { now: () => 0 } });
		const bank = newBank({ trusted: true });
		matcher.apply({ sequence: 1, kind: "bank", bank });
		const entry = newEntry(bank.id, { hashType: "text-term", hash: hashOf("kettle"), opinions });
		matcher.apply({ sequence: 2, kind: "entry", entry });
		return (text: string) => matcher.matchText(text).map(({ places = [] }) => places.map(({ from }) => from));
	};
	const from = (source: string, said?: Parameters<typeof readCondition>[0]): Opinion => ({
		...{ source, kind: "positive" },
		...(said && { only: conditionOf(said) }),
	});

	describe("beside other words", () => {
		const find = listed(from("list", { context: ["blue", "ấm nước"], before: 2, after: 3 }));
		test.each([
			["before it", "a blue iron kettle", [[12]]],
			["behind it", "kettle that is blue", [[0]]],
			["no further than the list says", "a blue, old and heavy kettle", []],
			["nor further behind it", "kettle that is rather blue", []],
			["of several, any", "kettle, một ấm nước", [[0]]],
			["without their marks", "kettle, mot am nuoc", [[0]]],
			["wholly within reach", "kettle that is ấm nước", []],
			["nowhere", "a kettle", []],
			["in disguise, where the other is", "a b1ue iron k3ttl3", [[12]]],
			["in some of its places, and shown there", `blue kettle ${"word ".repeat(10)}kettle`, [[5]]],
		])("%s", (_, text, places) => expect(find(text)).toEqual(places));
		test("of one way, where only one is said", () => {
			const behind = listed(from("list", { context: ["blue"], after: 3 }));
			expect([behind("a blue kettle"), behind("a kettle, blue")]).toEqual([[], [[2]]]);
		});
	});

	describe("in a language", () => {
		const find = listed(from("list", { language: "vi" }));
		test.each([
			["of the sentence where it stands", "Hôm nay trời đẹp nên chúng tôi mua kettle.", [[35]]],
			[
				"not of another sentence",
				"The weather is nice and we bought a kettle. Hôm nay trời đẹp nên chúng tôi đi chơi.",
				[],
			],
			["not of another text", "The weather is nice today. Kettle!", []],
			["or in none that can be told", "kettle!!!", [[0]]],
			[
				"or in a sentence of none, within a text of several",
				"The weather is nice today. Hôm nay trời đẹp lắm nhé. Kettle!",
				[[53]],
			],
		])("%s", (_, text, places) => expect(find(text)).toEqual(places));
	});

	test("another source may say that it counts anywhere", () =>
		expect(listed(from("list", { context: ["blue"] }), from("other"))("a kettle")).toEqual([[2]]));

	test("our own people's yes is to what the list says, their no to all of it", () => {
		const find = (kind: "positive" | "negative") =>
			listed(from("list", { context: ["blue"] }), { source: "here", kind });
		expect([find("positive")("a kettle"), find("positive")("a blue kettle")]).toEqual([[], [[7]]]);
		expect(find("negative")("a blue kettle")).toEqual([]);
	});

	test("is looked for once, however often it and its others are said", () => {
		const find = listed(from("list", { context: ["blue", "a", "iron"], language: "vi", within: 100 }));
		expect(find("kettle. ".repeat(12_000))).toEqual([]);
		expect(find("kettle a. ".repeat(10_000))[0]).toHaveLength(8);
	});

	test.each([
		[{ language: "fr" }, "language"],
		[{ within: 3 }, "context"],
		[{ context: ["one two three four five six seven"] }, "context"],
		[{ context: ["blue"], within: 101 }, "within"],
		[{ context: ["blue"], before: -1 }, "before"],
		[{}, undefined],
	])("is refused where it cannot be so: %j", (said, field) => expect(readCondition(said)).toBe(field));
});

test("a list changes from one text to the next", () => {
	const { matcher, find, put } = listing({ known: [] });
	expect(find("a kettle")).toEqual([]);
	const { id, bankId } = put("kettle");
	expect(find("a kettle")).toHaveLength(1);
	matcher.apply({ sequence: 3, kind: "entry-removed", entryId: id, bankId });
	expect(find("a kettle")).toEqual([]);
});

test("any term of ordinary words is found wherever it stands among others, and nothing else is", () => {
	const word = fc.constantFrom("one", "hai", "trời", "nước", "kettle", "đồng", "hồ", "wide");
	const words = fc.array(word, { minLength: 1, maxLength: 6 });
	fc.assert(
		fc.property(words, fc.array(word, { maxLength: 12 }), fc.array(word, { maxLength: 12 }), (term, before, after) => {
			const { find } = listing({ known: [term.join(" ")] });
			expect(find([...before, ...term, ...after].join(" "))).toHaveLength(1);
			const isHeld = ` ${before.join(" ")} `.includes(` ${term.join(" ")} `);
			expect(find(before.join(" "))).toHaveLength(isHeld ? 1 : 0);
		}),
		{ numRuns: 100 },
	);
});

describe("bombs are bounded", () => {
	test("a list of prefixes of one term makes no text slow: each place is asked for six lengths", () => {
		const letters = "a".repeat(2_000);
		const { find } = listing({ known: Array.from({ length: 2_000 }, (_, at) => letters.slice(0, at + 1)) });
		expect(find(`${"a".repeat(100_000)}`)).toEqual([]);
		expect(find(letters).filter(({ transform }) => transform === "none")).toHaveLength(1);
	});

	test("100 KB of one letter, of one letter and spaces, of one term", () => {
		const { find } = listing({ known: ["b", "kettle"] });
		expect(find("b".repeat(100_000))).toEqual([]);
		expect(find("b ".repeat(50_000))).toMatchObject([{ places: { length: 8 } }]);
		expect(find("kettle ".repeat(14_000))).toHaveLength(1);
		expect(
			find(Array.from({ length: 2_000 }, (_, at) => `letterswithoutanyspace${"qx".repeat(at % 100)}`).join(" ")),
		).toEqual([]);
	});

	test("a term of more words than are looked for is refused", () => {
		expect(hashTerm("one two three four five six seven")).toBe("too-many-words");
		expect(hashTerm(" … ")).toBe("no-word");
	});
});
