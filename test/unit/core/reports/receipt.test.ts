import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatReceipt, parseReceipt, receiptLength, toReceipt } from "../../../../services/core/reports/receipt.ts";

const anyReceipt = fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }).map(toReceipt);
const at = (text: string, index: number) => text[index] ?? "";

describe("a receipt", () => {
	test("has sixteen digits and is read again as it is shown, and as people type it", () => {
		fc.assert(
			fc.property(anyReceipt, fc.constantFrom(" ", "-", ".", " – ", ""), (receipt, between) => {
				expect(receipt).toMatch(/^\d{16}$/);
				expect(parseReceipt(formatReceipt(receipt))).toEqual({ ok: true, receipt });
				expect(parseReceipt(` ${formatReceipt(receipt).replaceAll(" ", between)} `)).toEqual({ ok: true, receipt });
			}),
		);
	});

	test("with one wrong digit is not taken for another", () => {
		fc.assert(
			fc.property(
				anyReceipt,
				fc.nat({ max: receiptLength - 1 }),
				fc.integer({ min: 1, max: 9 }),
				(receipt, index, by) => {
					const wrong = String((Number(at(receipt, index)) + by) % 10);
					const typed = receipt.slice(0, index) + wrong + receipt.slice(index + 1);
					expect(parseReceipt(typed)).toEqual({ ok: false, fault: "check" });
				},
			),
		);
	});

	test("with two neighbours that changed places is not taken for another", () => {
		fc.assert(
			fc.property(anyReceipt, fc.nat({ max: receiptLength - 2 }), (receipt, index) => {
				fc.pre(at(receipt, index) !== at(receipt, index + 1));
				const typed = receipt.slice(0, index) + at(receipt, index + 1) + at(receipt, index) + receipt.slice(index + 2);
				expect(parseReceipt(typed)).toEqual({ ok: false, fault: "check" });
			}),
		);
	});

	test("says what is wrong with it", () => {
		expect(parseReceipt("1234")).toEqual({ ok: false, fault: "length" });
		expect(parseReceipt("12345678901234567")).toEqual({ ok: false, fault: "length" });
		expect(parseReceipt("1234 5678 9O12 3456")).toEqual({ ok: false, fault: "digits" });
	});
});
