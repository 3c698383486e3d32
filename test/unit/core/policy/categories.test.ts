import { expect, test } from "@jest/globals";
import { faultOfCategory } from "../../../../services/core/policy/categories.ts";
import { sentence } from "../../../../services/words/statement.ts";
import { english } from "../../../../services/words/statements.en.ts";

const banks = [{ category: "house-rules" }];
const refusal = (category: string) => {
	const fault = faultOfCategory(category, banks);
	return fault === null ? null : sentence(english, fault);
};

test.each(["csam", "other", "unclassified", "house-rules"])("%s is a category that somebody meant", (category) => {
	expect(refusal(category)).toBeNull();
});

test("a misspelt category is refused with the nearest, one like no other with all of them", () => {
	expect(refusal("csma")).toBe("there is no category csma (is it csam?)");
	expect(refusal("house-ruls")).toMatch(/is it house-rules\?/);
	expect(refusal("gardening")).toMatch(/there are: csam, .*unclassified, house-rules\)$/);
});
