import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { foldText } from "../../../../../services/core/hashes/simhash/text-simhash.ts";
import { hashesOfText, hashText, normalizeText } from "../../../../../services/core/hashes/text/text-hash.ts";

/** By Unicode's property; formats and controls; and what is blank by its chart, though no property says so. */
const showsNothing = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]$/u;
const whiteSpace = /^\s$/u;
const blankByChart = ["\u115f", "\u1160", "\u180e", "\u2800", "\u3164", "\uffa0", "\ufeff"];

function invisibleCharacters(): readonly string[] {
	const found = new Set(blankByChart);
	for (let code = 0; code <= 0x10ffff; code += 1) {
		if (code >= 0xd800 && code <= 0xdfff) continue;
		const character = String.fromCodePoint(code);
		if (showsNothing.test(character) && !whiteSpace.test(character)) found.add(character);
	}
	return [...found];
}

const text = "Thư\u0303 viện  is open, hoà\u0323 ΑΣ 1️ﬁ";

describe("the exact hash of a text", () => {
	test("is never changed by a character that shows nothing, wherever it stands, in all of Unicode", () => {
		const expected = normalizeText(text);
		const characters = invisibleCharacters();
		expect(characters.length).toBeGreaterThan(4_000);
		const places = Array.from({ length: text.length + 1 }, (_, at) => at);
		const wrong = characters.filter((one) =>
			places.some((at) => normalizeText(text.slice(0, at) + one + text.slice(at)) !== expected),
		);
		expect(wrong.map((one) => one.codePointAt(0)?.toString(16))).toEqual([]);
		expect(foldText([...text].join("\u{e0041}\u2800"))).toBe(foldText(text));
	});

	test("is none where a text shows nothing", () => {
		expect(hashText(`${invisibleCharacters().join("")} \n`)).toBeNull();
		expect(hashesOfText("\u2800\u200b")).toEqual([]);
	});

	test("is known with blank letters in the place of spaces, too", () => {
		const hash = hashText("see you at the library");
		expect(hashesOfText("see\u2800you\u3164at the\u2800library")).toContainEqual(hash);
	});

	test("is known as earlier versions made it, which left some of those characters in: entries hold nothing else", () => {
		const before = createHash("sha256").update("i \u2764\ufe0f hanoi", "utf8").digest();
		expect(hashesOfText("I \u2764\ufe0f  Hanoi")).toContainEqual(before);
		expect(hashesOfText("A plain text")).toEqual([createHash("sha256").update("a plain text", "utf8").digest()]);
	});
});
