import { describe, expect, test } from "@jest/globals";
import { changesOf, newBank, valuesOf } from "../../../services/console/banks/settings-values.ts";
import { bankChangeRequest } from "../../../services/core/wire/bank-api.ts";

const values = valuesOf(newBank);
const bank = { ...newBank, owner: "an", expiresAt: "2030-01-31T09:30:00.000Z", sources: ["list-a"] };

describe("what stands in the fields of a bank's settings", () => {
	test("asks for no change where nobody touched it", () => {
		expect(changesOf(values, newBank)).toEqual({});
		expect(changesOf(valuesOf(bank), bank)).toEqual({});
	});

	test("asks for what was touched and for nothing else", () => {
		const touched = { ...valuesOf(bank), trusted: true, sources: " list-a \n\nlist, b\nlist-a", sharePercent: "12,5" };
		expect(changesOf(touched, bank)).toEqual({ trusted: true, sources: ["list-a", "list, b"], enabledRatio: 0.125 });
	});

	test("emptied, takes an owner and an end away", () => {
		expect(changesOf({ ...valuesOf(bank), owner: " ", expires: "" }, bank)).toEqual({ owner: null, expiresAt: null });
	});

	test("keeps the half of an allowance that was not touched", () => {
		expect(changesOf({ ...values, allowedPercent: "70" }, newBank)).toEqual({
			allowedChange: { share: 0.7, addedEntries: 10_000 },
		});
	});

	test.each([
		["no number", { tightRadiusBits: "near" }, "tightRadiusBits"],
		["no number at all", { wideRadiusBits: " " }, "wideRadiusBits"],
		["a share over all", { sharePercent: "101" }, "enabledRatio"],
		["no category", { category: " " }, "category"],
		["our own people", { sources: "here" }, "sources"],
	])("is refused by its field where it is %s", (_what, said, field) => {
		const { error } = bankChangeRequest.safeParse(changesOf({ ...values, category: "adult", ...said }, newBank));
		expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
	});
});
