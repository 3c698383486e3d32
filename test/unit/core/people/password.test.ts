import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { passwordFault } from "../../../../services/core/people/password.ts";

describe("a password", () => {
	test.each([
		"correct horse battery staple",
		"tùng ơi sương mù",
		"qX7-vb!mz2Lw",
		"thuyền về bến cũ",
		"h8kw2-pz4ru-mm1q",
	])("may be used: %s", (password) => expect(passwordFault(password, "an")).toBeNull());

	test.each([
		...[
			"password1234",
			"Passw0rd2026!",
			"P@$$w0rd!!!!",
			"123456789012",
			"qwertyuiop12",
			"aaaaaaaaaaaa",
			"abcabcabcabc",
		],
		...["breakwater2026", "Breakwater!23", "welcomewelcome", "letmein123456", "iloveyou1234", "matkhau123456"],
		...["zyxwvutsrqpo", "1qaz2wsx3edc", "asdfghjkl123", "anhyeuem1234", "summer2026!!", "administrator1"],
	])("is too easy to guess: %s", (password) => expect(passwordFault(password)).toEqual({ code: "password-guessable" }));

	test("is not its owner's name with something behind it", () => {
		expect(passwordFault("nguyenthilan-2026", "nguyenthilan")).toEqual({ code: "password-guessable" });
		expect(passwordFault("nguyenthilan-2026", "somebody")).toBeNull();
	});

	test("has twelve characters at least", () => {
		expect(passwordFault("qX7-vb!mz2L")).toEqual({ code: "password-too-short", fewestCharacters: 12 });
	});

	test("that a machine drew is never refused", () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), fc.integer(), (bytes, seed) => {
				// Drawn evenly: fast-check itself prefers small numbers.
				const drawn = Buffer.from(bytes.map((byte, at) => Math.imul(byte + seed + 1, 0x9e3779b1 + at * 97) >>> 13));
				if (new Set(drawn).size < 9) return;
				expect(passwordFault(drawn.toString("base64url"))).toBeNull();
			}),
		);
	});
});
