import { expect, test } from "@jest/globals";
import { forTerminal } from "../../../services/words/for-terminal.ts";

test.each([
	["a\u001b[31mred.jpg", "a\\u001b[31mred.jpg"],
	["bell\u0007, \u009b1m, \u007f", "bell\\u0007, \\u009b1m, \\u007f"],
	["gpj\u202eexe.a", "gpj\\u202eexe.a"],
	["first\r\nsecond\tthird", "first\\u000d\nsecond\tthird"],
	["Nguyễn Ân 😀 – “plain”", "Nguyễn Ân 😀 – “plain”"],
])("nothing that a terminal would obey reaches it: %j", (text, expected) => {
	expect(forTerminal(text)).toBe(expected);
});

test("a line of JSON says the same as before", () => {
	const value = { path: "\u202egpj.exe\u009b \u001b[0m", "\u2066": "\r\n" };
	const printed = forTerminal(JSON.stringify(value));
	expect(JSON.parse(printed)).toEqual(value);
	expect(printed).not.toMatch(/\u202e|\u009b/);
});
