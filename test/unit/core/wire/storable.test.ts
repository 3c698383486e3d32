import { describe, expect, it } from "@jest/globals";
import { isStorable } from "../../../../services/core/wire/storable.ts";

const nested = (levels: number) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

describe("what clients send as JSON", () => {
	it.each([
		["text of any script", "Ä 🐚 \n"],
		["what only looks like an escape", "\\u0000"],
		["numbers, nothing and yes", { a: [1, null, true] }],
		["a hundred levels", nested(100)],
	])("is kept: %s", (_what, value) => {
		expect(isStorable(value)).toBe(true);
	});

	it.each([
		["a NUL", "a\0"],
		["a NUL in a list", { a: ["\0"] }],
		["a NUL in a key", { a: { "\0": 1 } }],
		["half of a surrogate pair", ["\ud800"]],
		["more levels", nested(101)],
		["as many as fit in a body", nested(50_000)],
	])("is not kept: %s", (_what, value) => {
		expect(isStorable(value)).toBe(false);
	});
});
