// Codes as RFC 6238 (appendix B) has them, of its secret and times; the last six of its eight digits.
import { expect, test } from "@jest/globals";
import { createOneTimeCodes } from "../../../../services/adapters/otpauth/one-time-codes.ts";

const codes = createOneTimeCodes();
const secret = Buffer.from("12345678901234567890");

test.each([
	[59, "287082"],
	[1_111_111_109, "081804"],
	[1_234_567_890, "005924"],
	[20_000_000_000, "353130"],
])("at %i s the code is %s", (atSeconds, code) => {
	const step = Math.floor(atSeconds / 30);
	expect(codes.stepOf(secret, code, atSeconds * 1_000)).toBe(step);
	// A phone's clock may be half a minute off, either way; not more.
	expect(codes.stepOf(secret, code, (atSeconds - 30) * 1_000)).toBe(step);
	expect(codes.stepOf(secret, code, (atSeconds + 30) * 1_000)).toBe(step);
	expect(codes.stepOf(secret, code, (atSeconds + 90) * 1_000)).toBeNull();
});

test("a new secret has 160 random bits, and an app reads it from its address", () => {
	const fresh = codes.newSecret();
	expect(fresh.length).toBe(20);
	expect(Buffer.from(fresh).equals(Buffer.from(codes.newSecret()))).toBe(false);
	const address = new URL(codes.addressOf(fresh, { issuer: "Breakwater", login: "lan" }));
	expect(address.protocol).toBe("otpauth:");
	expect(address.searchParams.get("secret")).toBe(codes.textOf(fresh));
});
