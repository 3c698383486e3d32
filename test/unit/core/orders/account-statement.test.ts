// What an account's user is told when a restriction is recommended, and when it is no longer.
import { expect, test } from "@jest/globals";
import { publicPagesOf } from "../../../../services/core/answers/public-pages.ts";
import {
	type AccountReasons,
	stateAccountReasons as state,
} from "../../../../services/core/orders/account-statement/account-statement.ts";
import { accountRestrictions } from "../../../../services/core/strikes/account-restriction.ts";
import { readShippedTemplates } from "../../../../services/runtime/read-templates.ts";

const stateAccountReasons = (reasons: AccountReasons) => state(reasons, readShippedTemplates());
const law = "VN-147-REPEAT";
const suspend = { kind: "suspend", law, atLeastDays: 7, atMostDays: 30 } as const;
const reasons: Omit<AccountReasons, "action"> = {
	...{ strikes: 5, recommendations: [suspend], isAppealed: false, appealCode: "1234567890123452" },
	...{ accountRestriction: "suspend", hasAdvice: false },
};

test("a recommendation says how often something was removed, which law asks for what, that people decided, and what can be done", () => {
	const told = stateAccountReasons({ ...reasons, action: "account.restrict-recommended" });
	expect(told).toMatchObject({
		...{ restriction: "recommended", facts: ["strikes", "assessment"], strikes: 5, ground: [suspend] },
		automated: { detection: true, decision: false },
		redress: ["appeal", "platform-complaint", "dispute-settlement", "court"],
	});
	for (const part of ["5 times", "VN-147-REPEAT: a suspension of 7 to 30 days", "1234 5678 9012 3452", "court"])
		expect(told.text.en).toContain(part);
	for (const part of ["5 lần", "tạm khóa từ 7 đến 30 ngày", "không phải chương trình"])
		expect(told.text.vi).toContain(part);
	expect(told.text.en + told.text.vi).not.toMatch(/[{}]/);
});

test("a suspension for good has no days", () => {
	const recommendations = [{ kind: "suspend-permanently", law } as const];
	const told = stateAccountReasons({ ...reasons, recommendations, action: "account.restrict-recommended" });
	expect(told.text.en).toContain("VN-147-REPEAT: a suspension for good.");
	expect(told.text.en + told.text.vi).not.toMatch(/[{}]/);
});

test("a withdrawal restricts nothing: it names no law, no strikes and no code", () => {
	const told = stateAccountReasons({ ...reasons, isAppealed: true, action: "account.restriction-withdrawn" });
	expect(told).toMatchObject({ restriction: "withdrawn", strikes: 0, ground: [], redress: [], appealCode: null });
	expect(told.promptedBy).toEqual(["appeal"]);
	expect(told.text.en).toContain("no longer recommended");
	expect(told.text.en).not.toContain("VN-147");
});

test("where the public's address is known the statement says on which page one appeals, in its language; a withdrawal does not", () => {
	const pages = publicPagesOf("https://report.example/");
	const told = state({ ...reasons, action: "account.restrict-recommended" }, readShippedTemplates(), pages);
	expect(told.appealPages).toEqual({ vi: "https://report.example/appeal", en: "https://report.example/en/appeal" });
	expect(told.text.en).toContain("The page: https://report.example/en/appeal");
	expect(told.text.vi).toContain("https://report.example/appeal");
	const lifted = state({ ...reasons, action: "account.restriction-withdrawn" }, readShippedTemplates(), pages);
	expect(lifted.appealPages).toBeNull();
	expect(lifted.text.en).not.toContain("report.example");
});

test("it says which restriction is recommended, of those that can be, in both languages; a withdrawal recommends none", () => {
	const texts = accountRestrictions.map((accountRestriction) => {
		const told = stateAccountReasons({ ...reasons, accountRestriction, action: "account.restrict-recommended" });
		expect(told.recommended).toBe(accountRestriction);
		return told.text;
	});
	for (const language of ["vi", "en"] as const)
		expect(new Set(texts.map((text) => text[language])).size).toBe(accountRestrictions.length);
	const lifted = stateAccountReasons({ ...reasons, action: "account.restriction-withdrawn" });
	expect(lifted.recommended).toBeNull();
	expect(lifted.text.en).not.toContain("What is recommended");
});

test("where what was removed may concern a child it leads to the pages of advice", () => {
	const pages = publicPagesOf("https://report.example");
	const told = (hasAdvice: boolean) =>
		state({ ...reasons, hasAdvice, action: "account.restrict-recommended" }, readShippedTemplates(), pages);
	expect(told(true)).toMatchObject({ helpPages: { vi: "https://report.example/help" } });
	expect(told(true).text.vi).toContain("https://report.example/help");
	expect(told(false)).toMatchObject({ helpPages: null });
	expect(told(false).text.vi).not.toContain("/help");
});
