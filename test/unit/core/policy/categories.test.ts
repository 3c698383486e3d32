import { expect, test } from "@jest/globals";
import { categoryRefusal } from "../../../../services/core/policy/categories.ts";

const banks = [{ category: "house-rules" }];
const refusal = (category: string) => categoryRefusal(category, banks, "--new-category");

test.each(["csam", "other", "unclassified", "house-rules"])("%s is a category that somebody meant", (category) => {
	expect(refusal(category)).toBeNull();
});

test("a misspelt category is refused with the nearest, one like no other with all of them", () => {
	expect(refusal("csma")).toBe("there is no category csma; is it csam? One of your own takes --new-category");
	expect(refusal("house-ruls")).toMatch(/is it house-rules\?/);
	expect(refusal("gardening")).toMatch(/there are: csam, .*unclassified, house-rules\. One of your own/);
});
