import { describe, expect, test } from "@jest/globals";
import {
	accountBit,
	bankAccountBits,
	entryAccountBits,
	estimateAccounts,
} from "../../../../services/core/banks/account-bits.ts";

describe("accounts are counted without being kept", () => {
	const estimate = (count: number, bits: number) =>
		estimateAccounts(
			new Set(Array.from({ length: count }, (_, index) => accountBit("platform", `author ${index}`, bits))).size,
			bits,
		);
	test.each([
		[1, entryAccountBits],
		[100, entryAccountBits],
		[800, entryAccountBits],
		[1, bankAccountBits],
		[800, bankAccountBits],
		[20_000, bankAccountBits],
	])("%i accounts to within a fifth, in %i bits", (count, bits) => {
		expect(Math.abs(estimate(count, bits) - count)).toBeLessThanOrEqual(Math.max(1, count / 5));
	});

	test("where every bit is set there were many, and the estimate is a number", () => {
		expect(estimateAccounts(entryAccountBits, entryAccountBits)).toBeGreaterThan(1_000);
	});
});
