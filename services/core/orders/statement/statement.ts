// Decides what the affected user is told of an order: the statement of reasons of Art. 17(3) of the Digital Services Act (Regulation
// 2022/2065). It names nobody, and neither a bank, an entry, a hash nor a score: whoever reads it must learn why, not how to come through.
// The sentences are data (core/answers), as are the laws (laws.json).
import { z } from "zod";
import { type PublicPages, pageByLanguage } from "../../answers/public-pages.ts";
import type { AnswerLanguage, SlotName } from "../../answers/slots.ts";
import { inWords, type TemplateBook } from "../../answers/template-book.ts";
import { hasAdvice } from "../../policy/categories.ts";
import type { Tier } from "../../policy/verdict.ts";
import { type ItemAction, isRestriction, measureAction } from "../order.ts";
import { fact, prompt, redress, restriction } from "./codes.ts";
import { lawsAgainst } from "./laws.ts";
import { helpLine, type Line, pagesFor, redressLines } from "./redress-lines.ts";

export const statementOfReasons = z.object({
	restriction: restriction.describe(
		"What is done. `limited`: it stays up, and is neither recommended nor passed on. `lifted`: it may be shown again; `limit-lifted`: it spreads as before. `labelled`, `label-lifted`: it carries a label, or no more. `slowed`, `slowing-lifted`: the account is slowed down, or no more.",
	),
	label: z.string().nullable().default(null).describe("The name of the label; null where it is about none."),
	facts: z.array(fact).describe("What the decision rests on."),
	promptedBy: z.array(prompt).describe("Who made us look; nobody is named."),
	automated: z.object({
		detection: z.boolean().describe("A machine found it, or found something alike."),
		decision: z.boolean().describe("A machine decided, and a person looks at it after; false where a person decided."),
	}),
	ground: z
		.discriminatedUnion("kind", [
			z.object({
				kind: z.literal("illegal-content"),
				laws: z.array(z.object({ place: z.string(), law: z.object({ vi: z.string(), en: z.string() }) })),
			}),
			z.object({ kind: z.literal("incompatible-content") }),
		])
		.nullable()
		.describe(
			"The law, or the platform's own rules, that it is held against; null where nothing is restricted any more, and of limited spread, labels and friction, which come before people know whether anything is.",
		),
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
			"Where children, parents and teachers read what to do, by language, of what concerns children or one's own pictures; null of anything else, of what may be shown again, and where nobody told us under which address the public reaches us.",
		),
	text: z
		.object({ vi: z.string(), en: z.string() })
		.describe("The same in words, by language: show your user the one that they read."),
});
export type StatementOfReasons = z.infer<typeof statementOfReasons>;

/** What an order's record has of its reasons. */
export interface OrderReasons {
	readonly action: ItemAction;
	/** The name, where it is about a label; null, or left out, where it is about none. */
	readonly label?: string | null;
	readonly tier: Tier;
	readonly category: string | null;
	readonly decidedBy: "machine" | "person";
	/** It was found to spread faster than it should, and that is why. */
	readonly isSpreading: boolean;
	/** Somebody had reported it when it was ordered. */
	readonly isReported: boolean;
	/** An authority had asked for it when it was ordered. */
	readonly isAskedFor: boolean;
	/** Somebody had appealed when it was ordered. */
	readonly isAppealed: boolean;
	/** By which its user may appeal; null where nothing is restricted, and of orders from before there were any. */
	readonly appealCode: string | null;
}

const restrictions = {
	withhold: "withheld",
	remove: "removed",
	restore: "lifted",
	"limit-spread": "limited",
	"lift-limit": "limit-lifted",
	...{ label: "labelled", unlabel: "label-lifted", "add-friction": "slowed", "lift-friction": "slowing-lifted" },
} as const satisfies Record<ItemAction, z.infer<typeof restriction>>;

const factOfTier = {
	...{ K1: "known", K2: "nearly-known", K3: "resembling" },
	...{ M: "appearance", T: "words", none: null },
} as const satisfies Record<Tier, z.infer<typeof fact> | null>;

export function stateReasons(
	reasons: OrderReasons,
	templates: TemplateBook,
	pages: PublicPages | null = null,
): StatementOfReasons {
	const isLifted = !isRestriction(reasons.action);
	const helpPages = isLifted || !hasAdvice(reasons.category) ? null : (pages?.help ?? null);
	const codes = { ...codesOf(reasons), ...pagesFor(reasons.appealCode, isLifted, pages), helpPages };
	const text = (language: AnswerLanguage) =>
		linesOf(codes, language)
			.map(({ slot, facts }) => inWords(templates, { slot, language }, facts))
			.join("\n");
	return { ...codes, text: { vi: text("vi"), en: text("en") } };
}

type Codes = Omit<StatementOfReasons, "text">;

function codesOf(reasons: OrderReasons): Omit<Codes, "appealPages" | "helpPages"> {
	const { action, label = null, tier, category, decidedBy, appealCode } = reasons;
	const found: z.infer<typeof fact> | null = reasons.isSpreading ? "spread" : factOfTier[tier];
	const isLifted = !isRestriction(action);
	return {
		restriction: restrictions[action],
		label,
		facts: [
			...(found === null || isLifted ? [] : [found]),
			...(decidedBy === "person" ? (["assessment"] as const) : []),
		],
		promptedBy: [
			...(found === null ? [] : (["detection"] as const)),
			...(reasons.isReported ? (["report"] as const) : []),
			...(reasons.isAskedFor ? (["authority"] as const) : []),
			...(reasons.isAppealed ? (["appeal"] as const) : []),
		],
		automated: { detection: found !== null, decision: decidedBy === "machine" },
		ground: isLifted || isMeasure(action) ? null : groundOf(category),
		redress: isLifted ? [] : redress.options.filter((one) => one !== "appeal" || appealCode !== null),
		appealCode: isLifted ? null : appealCode,
	};
}

/** Whether anything is against a law or the rules nobody has said. */
function isMeasure(action: ItemAction): boolean {
	return action === "limit-spread" || measureAction.safeParse(action).success;
}

function groundOf(category: string | null): StatementOfReasons["ground"] {
	const laws = lawsAgainst(category).map(({ place, law }) => ({ place, law }));
	return laws.length === 0 ? { kind: "incompatible-content" } : { kind: "illegal-content", laws };
}

const plain = (slot: SlotName): Line => ({ slot, facts: {} });

function linesOf(codes: Codes, language: AnswerLanguage): readonly Line[] {
	const { restriction: what, label, facts, promptedBy, automated, ground } = codes;
	const machine = ground === null ? "user/decided.machineLifted" : "user/decided.machine";
	return [
		{ slot: `user/restriction.${what}`, facts: label === null ? {} : { label } },
		...facts.map((one) => plain(`user/facts.${one}`)),
		...promptedBy.map((one) => plain(`user/promptedBy.${one}`)),
		plain(automated.decision ? machine : "user/decided.person"),
		...groundLines(ground, language),
		...redressLines(codes, language),
		...helpLine(codes, language),
	];
}

function groundLines(ground: Codes["ground"], language: AnswerLanguage): readonly Line[] {
	if (ground === null) return [];
	if (ground.kind === "incompatible-content") return [plain("user/ground.rules")];
	return [
		plain("user/ground.illegal"),
		...ground.laws.map(({ place, law }): Line => ({ slot: "user/ground.law", facts: { place, law: law[language] } })),
	];
}
