import { describe, expect, test } from "@jest/globals";
import { splitWords } from "../../../../services/core/text/known-words.ts";
import { readLegacyEncoding } from "../../../../services/core/text/legacy-encodings.ts";
import { readTelex, readViqr, readVni } from "../../../../services/core/text/vietnamese-keystrokes.ts";
import { isSyllable } from "../../../../services/core/text/vietnamese-syllable.ts";

describe("Vietnamese syllables", () => {
	test.each("đường nghiêng quyển khuỷu giếng gì giữ xoong ưa yêu oanh nước học".split(" "))("%s is one", (word) => {
		expect(isSyllable(word)).toBe(true);
	});
	test.each("duong hoc nghieng truong".split(" "))("%s is one without its marks", (word) => {
		expect(isSyllable(word)).toBe(true);
	});
	test.each(["street", "bắk", "cêm", "hòc", "ngêm", "three", "", "ttt", "àà"])("%p is none", (word) => {
		expect(isSyllable(word)).toBe(false);
	});
});

describe("keystrokes give the marks that they should have given", () => {
	test.each([
		["dduwowcj", "được"],
		["ddwowcj", "được"],
		["dd][cj", "được"],
		["gi[f", "giờ"],
		["nguwowif", "người"],
		["nguowif", "người"],
		["tieesng", "tiếng"],
		["tieengs", "tiếng"],
		["hoaf", "hòa"],
		["toans", "toán"],
		["nguyeenx", "nguyễn"],
		["thuyr", "thủy"],
		["quyeenr", "quyển"],
		["dinhdj", "định"],
	])("Telex %s is %s", (keys, word) => {
		expect(readTelex(keys)).toBe(word);
	});
	test.each([
		["d9u7o7c5", "được"],
		["d9uo7c5", "được"],
		["tie61ng", "tiếng"],
		["nguye6n4", "nguyễn"],
		["ca8n1", "cắn"],
		["hoc5", "học"],
	])("VNI %s is %s", (keys, word) => {
		expect(readVni(keys)).toBe(word);
	});
	test.each([
		["ddu*o*.c", "được"],
		["ddu+o+`ng", "đường"],
		["Tie^'ng", "tiếng"],
		["ho.c.", "học."],
		["ba(n?", "băn?"],
	])("VIQR %s is %s", (keys, word) => {
		expect(readViqr(keys)).toBe(word);
	});
	test.each(["street.", "don't", "why?", "end.", "a.b.c"])("and in VIQR, too: %s", (word) => {
		expect(readViqr(word)).toBe(word);
	});
	test.each(["street", "mp3", "window", "2026", "x".repeat(100_000)])("and what gives no syllable stays", (word) => {
		expect([readTelex(word), readVni(word)]).toEqual([word, word]);
	});
});

describe("old encodings are read", () => {
	test("TCVN3", () => {
		expect(readLegacyEncoding("Cuèi tuÇn nµy c¶ nhµ m×nh vÒ quª")).toContain("Cuối tuần này cả nhà mình về quê");
	});
	test("VNI of old fonts", () => {
		expect(readLegacyEncoding("Cuoái tuaàn naøy caû nhaø mình veà queâ, ñöôøng xa")).toContain(
			"Cuối tuần này cả nhà mình về quê, đường xa",
		);
	});
	test("a letter that comes out is not read again", () => {
		expect(readLegacyEncoding("teân goùi chöùa kyù töï khoâng phaûi chöõ soá")).toContain(
			"tên gói chứa ký tự không phải chữ số",
		);
	});
	test("UTF-8 that was read as Windows-1252 or Latin-1", () => {
		const written = "Quán phở ở đầu ngõ";
		const latin1 = Buffer.from(written).toString("latin1");
		const windows = new TextDecoder("windows-1252").decode(Buffer.from(written));
		expect(readLegacyEncoding(latin1)).toContain(written);
		expect(readLegacyEncoding(windows)).toContain(written);
	});

	test("and a text that is in none is left alone", () => {
		expect(readLegacyEncoding("Chiều nay đường về làng đông quá")).toEqual([]);
		expect(readLegacyEncoding("Le café près de la forêt est fermé")).toEqual([]);
		expect(readLegacyEncoding("plain")).toEqual([]);
	});
});

describe("words run together are parted", () => {
	test.each([
		["lớphọcbơichothiếunhi", "lớp học bơi cho thiếu nhi"],
		["cảnhàmìnhvềquê", "cả nhà mình về quê"],
		["thelibraryclosesearlyonfriday", "the library closes early on friday"],
	])("%s", (letters, words) => {
		expect(splitWords(letters)?.join(" ")).toBe(words);
	});
	test("unless they are none", () => {
		expect(splitWords("xqzwvkjxqzzvw")).toBeNull();
	});
});
