import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { toHex } from "../../../../../services/core/hashes/hash-hex.ts";
import { foldText, simhashText } from "../../../../../services/core/hashes/simhash/text-simhash.ts";
import { fromPackageRoot } from "../../../../../services/runtime/package-root.ts";

const vectors: readonly { readonly text: string; readonly hash: string | null }[] = JSON.parse(
	readFileSync(fromPackageRoot("test/fixtures/hashing/text-vectors.json"), "utf8"),
);
const library =
	"Thư viện mở cửa từ thứ Hai đến thứ Sáu, từ tám giờ sáng đến năm giờ chiều. Độc giả cần mang theo thẻ và giữ trật tự.";
const notice =
	"The library is open from Monday to Friday, from eight in the morning to five in the afternoon. Readers bring their card and keep quiet.";

function hashOf(text: string): Uint8Array {
	const hash = simhashText(text);
	if (hash === null) throw new Error("the text has no near-duplicate hash");
	return hash;
}
function distance(a: string, b: string): number {
	const other = hashOf(b);
	return hashOf(a).reduce((sum, byte, at) => sum + (byte ^ (other[at] ?? 0)).toString(2).replaceAll("0", "").length, 0);
}

describe("the near-duplicate hash of a text", () => {
	test.each(vectors)("is the one that an independent implementation gives (text %#)", ({ text, hash }) => {
		const own = simhashText(text);
		expect(own === null ? null : toHex(own)).toBe(hash);
	});

	test.each([
		["other cases, spaces and punctuation", notice.toUpperCase().replaceAll(", ", " --  ")],
		["letters of other scripts that look the same", notice.replaceAll("e", "\u0435").replaceAll("o", "\u043e")],
		["invisible characters between its letters", [...notice].join("\u200b")],
	])("is the same with %s", (_what, copy) => {
		expect(distance(notice, copy)).toBe(0);
	});

	test("is the same for Vietnamese with and without its marks, composed or not", () => {
		const plain =
			"Thu vien mo cua tu thu Hai den thu Sau, tu tam gio sang den nam gio chieu. Doc gia can mang theo the va giu trat tu.";
		expect(distance(library, plain)).toBe(0);
		expect(distance(library, library.normalize("NFD"))).toBe(0);
		expect(foldText("Đường HOÀ-bình")).toBe("duong hoa binh");
	});

	test("keeps the marks of scripts in which they are the vowels", () => {
		expect(foldText("ภาษาไทย")).toBe("ภาษาไทย".normalize("NFC"));
		expect(foldText("हिन्दी")).toBe("हिन्दी");
	});

	test("is near where a word was changed or a slip was made, and far for another text of the same language", () => {
		expect(distance(notice, notice.replace("Monday", "Tuesday"))).toBeLessThanOrEqual(31);
		expect(distance(notice, notice.replace("morning", "mornign"))).toBeLessThanOrEqual(31);
		expect(distance(library, library.replace("giờ sáng", "giờ tối"))).toBeLessThanOrEqual(31);
		expect(distance(notice, vectors[1]?.text ?? "")).toBeGreaterThan(60);
		expect(distance(library, vectors[0]?.text ?? "")).toBeGreaterThan(60);
	});

	test("is not given to texts that are too short, or that repeat a few words, to tell them from others", () => {
		for (const text of ["", "see you at eight", "ha ".repeat(500), "\u200b"]) expect(simhashText(text)).toBeNull();
	});
});
