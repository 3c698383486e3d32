import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bankSettings } from "../../../services/core/banks/bank.ts";
import { newOwnName, toApiName, toOwnName } from "../../../services/matcher/bank-name.ts";

const isOurs = (name: string) => bankSettings.shape.name.safeParse(name).success;

describe("names of banks", () => {
	it("stand for each other: every name of ours is one of theirs and back", () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/), (name) => {
				expect(toOwnName(toApiName(name))).toBe(name);
			}),
		);
	});

	it("made by their rules are ours, or refused with a reason; two never become one", () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,80}$/), (name) => {
				if (name.startsWith("_") || name.length > 63) {
					expect(() => newOwnName(name)).toThrow("start with a letter");
					return;
				}
				expect(isOurs(newOwnName(name))).toBe(true);
				expect(toApiName(newOwnName(name))).toBe(name);
			}),
		);
	});

	it.each(["small", "A-B", "", "Mixed_CASE", "\0", "A\0", "Ä", "A\n"])(
		"that nobody can have mean no bank (%j)",
		(name) => {
			expect(toOwnName(name)).toBeNull();
			expect(() => newOwnName(name)).toThrow("UPPER_WITH_UNDERSCORE");
		},
	);

	it.each(["_BANK", "B".repeat(64)])("that only HMA can have mean no bank here (%j)", (name) => {
		expect(toOwnName(name)).toBeNull();
	});
});
