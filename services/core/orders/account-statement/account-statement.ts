// Decides what an account's user is told when a restriction of it is recommended, or no longer: the parts of Art. 17(3) of the Digital Services
// Act. It names nobody, and none of the items: each had a statement of its own when it was removed (../statement). The sentences are data (core/answers).
import { z } from "zod";
import { type PublicPages, pageByLanguage } from "../../answers/public-pages.ts";
import type { AnswerLanguage, SlotName } from "../../answers/slots.ts";
import { inWords, type TemplateBook } from "../../answers/template-book.ts";
import { type AccountRestriction, accountRestriction } from "../../strikes/account-restriction.ts";
import { type Recommendation, recommendation } from "../../strikes/recommendation.ts";
import type { AccountAction } from "../order.ts";
import { redress } from "../statement/codes.ts";
import { helpLine, type Line, pagesFor, redressLines } from "../statement/redress-lines.ts";

export const accountStatement = z.object({
	restriction: z
		.enum(["recommended", "withdrawn"])
		.describe("`withdrawn`: nothing of the kind is recommended any more."),
	recommended: accountRestriction
		.nullable()
		.default(null)
		.describe("What is recommended; null where nothing is any more, and of statements from before this was said."),
	facts: z.array(z.enum(["strikes", "assessment"])).describe("What the decision rests on."),
	strikes: z.int().describe("How often people removed something of the account, as far as the decision rests on it."),
	promptedBy: z.array(z.literal("appeal")).describe("Who made us look again; nobody is named."),
	automated: z.object({
		detection: z.boolean().describe("A machine counted, and asked people."),
		decision: z.literal(false).describe("People decide, always."),
	}),
	ground: z
		.array(recommendation)
		.describe("What laws ask to consider; empty where none does, and where nothing is recommended any more."),
	redress: z.array(redress).describe("What the user may do about it."),
	appealCode: z
		.string()
		.nullable()
		.describe("With it the user may appeal on the agency's pages; you may do it for them by `POST /v1/appeals`."),
	appealPages: pageByLanguage
		.nullable()
		.default(null)
		.describe(
			"Where, by language; null where the code is null, or nobody told us under which address the public reaches us.",
		),
	helpPages: pageByLanguage
		.nullable()
		.default(null)
		.describe(
			"Where children, parents and teachers read what to do, by language, where what was removed concerns children or one's own pictures; null otherwise.",
		),
	text: z.object({ vi: z.string(), en: z.string() }).describe("The same in words, by language."),
});
export type AccountStatement = z.infer<typeof accountStatement>;

export interface AccountReasons {
	readonly action: AccountAction;
	readonly strikes: number;
	readonly recommendations: readonly Recommendation[];
	readonly accountRestriction: AccountRestriction;
	/** Something that was removed may concern a child, or somebody's own picture. */
	readonly hasAdvice: boolean;
	/** Somebody had appealed when it was ordered. */
	readonly isAppealed: boolean;
	/** By which its user may appeal; null where nothing is recommended. */
	readonly appealCode: string | null;
}

export function stateAccountReasons(
	reasons: AccountReasons,
	templates: TemplateBook,
	pages: PublicPages | null = null,
): AccountStatement {
	const isLifted = reasons.action === "account.restriction-withdrawn";
	const helpPages = isLifted || !reasons.hasAdvice ? null : (pages?.help ?? null);
	const codes = { ...codesOf(reasons), ...pagesFor(reasons.appealCode, isLifted, pages), helpPages };
	const text = (language: AnswerLanguage) =>
		linesOf(codes, language)
			.map(({ slot, facts }) => inWords(templates, { slot, language }, facts))
			.join("\n");
	return { ...codes, text: { vi: text("vi"), en: text("en") } };
}

type Codes = Omit<AccountStatement, "text">;

function codesOf({
	action,
	strikes,
	recommendations,
	accountRestriction,
	isAppealed,
	appealCode,
}: AccountReasons): Omit<Codes, "appealPages" | "helpPages"> {
	const isLifted = action === "account.restriction-withdrawn";
	return {
		restriction: isLifted ? "withdrawn" : "recommended",
		recommended: isLifted ? null : accountRestriction,
		facts: isLifted ? ["assessment"] : ["strikes", "assessment"],
		strikes: isLifted ? 0 : strikes,
		promptedBy: isAppealed ? ["appeal"] : [],
		automated: { detection: true, decision: false },
		ground: isLifted ? [] : [...recommendations],
		redress: isLifted ? [] : redress.options.filter((one) => one !== "appeal" || appealCode !== null),
		appealCode: isLifted ? null : appealCode,
	};
}

function linesOf(codes: Codes, language: AnswerLanguage): readonly Line[] {
	const { restriction, recommended, facts, promptedBy, ground } = codes;
	const known = { count: String(codes.strikes) };
	const slots: readonly SlotName[] = [
		`user/account.${restriction}`,
		...(recommended === null ? [] : [`user/account.asked.${recommended}` as const]),
		...(restriction === "withdrawn" ? [] : facts.map((one) => `user/account.${one}` as const)),
		...promptedBy.map((one) => `user/promptedBy.${one}` as const),
		"user/decided.person",
		...(ground.length === 0 ? [] : (["user/account.ground"] as const)),
	];
	return [
		...slots.map((slot) => ({ slot, facts: known })),
		...ground.map(askedLine),
		...redressLines(codes, language),
		...helpLine(codes, language),
	];
}

function askedLine(asked: Recommendation): Line {
	const { kind, law } = asked;
	const days = kind === "suspend" ? { least: String(asked.atLeastDays), most: String(asked.atMostDays) } : undefined;
	return { slot: `user/account.${kind}`, facts: { law, ...days } };
}
