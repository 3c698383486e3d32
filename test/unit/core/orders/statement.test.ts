// What an affected user is told of an order, with the parts of Art. 17(3) of the Digital Services Act.
import { describe, expect, test } from "@jest/globals";
import { publicPagesOf } from "../../../../services/core/answers/public-pages.ts";
import { answerLanguages } from "../../../../services/core/answers/slots.ts";
import { orderActions } from "../../../../services/core/orders/order.ts";
import {
	type OrderReasons,
	stateReasons as stateBy,
	statementOfReasons,
} from "../../../../services/core/orders/statement/statement.ts";
import { policyCategories } from "../../../../services/core/policy/categories.ts";
import { tiers } from "../../../../services/core/policy/verdict.ts";
import { readShippedTemplates } from "../../../../services/runtime/read-templates.ts";

const templates = readShippedTemplates();
const stateReasons = (reasons: OrderReasons) => stateBy(reasons, templates);

const removal: OrderReasons = {
	...{ action: "remove", tier: "K1", category: "csam", decidedBy: "person" },
	...{ isSpreading: false, isReported: false, isAskedFor: false, isAppealed: false, appealCode: null },
};

/** Every order that the record can hold. */
const all = orderActions.flatMap((action) =>
	tiers.flatMap((tier) =>
		[null, ...policyCategories, "one-of-their-own"].flatMap((category) =>
			(["machine", "person"] as const).flatMap((decidedBy) =>
				[false, true].map((isReported) => ({
					...{ action, tier, category, decidedBy, isReported, isAskedFor: !isReported },
					...{ isAppealed: isReported, appealCode: isReported ? "1234567890123456" : null, isSpreading: false },
				})),
			),
		),
	),
);

describe("a statement of reasons", () => {
	test("says what is done, on which facts, by which law, how far by a machine, and what the user may do", () => {
		expect(stateReasons(removal)).toMatchObject({
			restriction: "removed",
			facts: ["known", "assessment"],
			promptedBy: ["detection"],
			automated: { detection: true, decision: false },
			ground: { kind: "illegal-content", laws: [{ place: "VN" }, { place: "EU" }] },
			redress: ["platform-complaint", "dispute-settlement", "court"],
		});
	});

	test("says that a machine decided where one did, and that a person follows", () => {
		const { automated, facts, text } = stateReasons({ ...removal, action: "withhold", decidedBy: "machine" });
		expect({ automated, facts }).toEqual({ automated: { detection: true, decision: true }, facts: ["known"] });
		expect(text.en).toContain("A program decided to hide it. A person looks at it next.");
		expect(text.vi).toContain("Một chương trình đã quyết định ẩn nội dung này.");
	});

	test("names no machine where only people spoke", () => {
		const { automated, promptedBy, facts } = stateReasons({ ...removal, tier: "none", isReported: true });
		expect({ automated, promptedBy, facts }).toEqual({
			automated: { detection: false, decision: false },
			promptedBy: ["report"],
			facts: ["assessment"],
		});
	});

	test("holds what no law of the data is against to the platform's rules", () => {
		expect(stateReasons({ ...removal, category: "offensive" }).ground).toEqual({ kind: "incompatible-content" });
		expect(stateReasons({ ...removal, category: null }).ground).toEqual({ kind: "incompatible-content" });
	});

	test("of a restored item holds nothing against it, and says what a person did", () => {
		const { restriction, facts, ground, redress, text } = stateReasons({ ...removal, action: "restore" });
		expect({ restriction, facts, ground, redress }).toEqual({
			...{ restriction: "lifted", facts: ["assessment"], ground: null, redress: [] },
		});
		expect(text.en.split("\n")[0]).toContain("may be shown again");
	});

	test("of something whose spread is limited says that it stays up, and holds nothing against it", () => {
		const spreading = {
			...removal,
			action: "limit-spread",
			tier: "T",
			decidedBy: "machine",
			isSpreading: true,
		} as const;
		const { restriction, facts, ground, appealCode, text } = stateReasons({
			...spreading,
			appealCode: "1234567890123456",
		});
		expect({ restriction, facts, ground, appealCode }).toEqual({
			...{ restriction: "limited", facts: ["spread"], ground: null, appealCode: "1234567890123456" },
		});
		expect(text.en).toContain("stays up");
		expect(text.en).not.toContain("hide");
		const lifted = stateReasons({ ...spreading, action: "lift-limit" });
		expect(lifted).toMatchObject({ restriction: "limit-lifted", facts: [], ground: null, redress: [] });
	});

	test("names the label that something carries, says that an account is slowed down, and holds neither against a law", () => {
		const base = {
			...removal,
			tier: "T",
			category: null,
			decidedBy: "machine",
			appealCode: "1234567890123456",
		} as const;
		const labelled = stateReasons({ ...base, action: "label", label: "advertising" });
		expect(labelled).toMatchObject({
			...{ restriction: "labelled", label: "advertising", facts: ["words"], ground: null },
			appealCode: base.appealCode,
		});
		for (const language of answerLanguages) expect(labelled.text[language]).toContain("“advertising”");
		const slowed = stateReasons({ ...base, action: "add-friction" });
		expect(slowed).toMatchObject({ restriction: "slowed", label: null, ground: null });
		expect(slowed.text.en).not.toContain("hide");
		const ended = stateReasons({ ...base, action: "unlabel", label: "advertising" });
		expect(ended).toMatchObject({ restriction: "label-lifted", redress: [], appealCode: null });
	});

	test("gives whoever is restricted a code to appeal with, and whoever is not any more none", () => {
		const withCode = { ...removal, appealCode: "1234567890123456" };
		const { redress, appealCode, text } = stateReasons(withCode);
		expect({ redress: redress[0], appealCode }).toEqual({ redress: "appeal", appealCode: "1234567890123456" });
		for (const language of answerLanguages) expect(text[language]).toContain("1234 5678 9012 3456");
		const lifted = stateReasons({ ...withCode, action: "restore", isAppealed: true });
		expect(lifted).toMatchObject({ appealCode: null, redress: [], promptedBy: ["detection", "appeal"] });
		expect(lifted.text.en).toContain("by other people");
	});

	test("leads whoever may be a child, or shown in it, to the pages of advice in their language, and nobody else", () => {
		const pages = publicPagesOf("https://report.example/");
		const stated = (reasons: Partial<OrderReasons>) => stateBy({ ...removal, ...reasons }, templates, pages);
		for (const category of ["csam", "ncii"]) {
			const { helpPages, text } = stated({ category });
			expect(helpPages).toEqual({ vi: "https://report.example/help", en: "https://report.example/en/help" });
			expect(text.en).toContain("Are you a child");
			expect(text.en).toContain("https://report.example/en/help");
			expect(text.vi).toContain("https://report.example/help");
		}
		for (const other of [{ category: "terrorism" }, { category: null }, { action: "restore" } as const]) {
			expect(stated(other).helpPages).toBeNull();
			expect(stated(other).text.en).not.toContain("/help");
		}
		expect(stateReasons(removal).helpPages).toBeNull();
	});

	test("is whole for every order, in both languages, and the same each time", () => {
		for (const reasons of all) {
			const statement = stateReasons(reasons);
			expect(statementOfReasons.parse(statement)).toEqual(stateReasons(reasons));
			for (const language of answerLanguages)
				expect(statement.text[language].split("\n").every((line) => line.length > 0)).toBe(true);
		}
	});

	test("names neither tier, category, bank nor who reported", () => {
		for (const reasons of all) {
			const said = JSON.stringify(stateReasons(reasons));
			expect(said).not.toMatch(/\bK[123]\b|one-of-their-own|csam|ncii|hash|bank|entry/i);
		}
	});
});
