// Decides what an account's user is told when a restriction of it is recommended, or no longer: the parts of Art. 17(3) of the Digital Services
// Act. It names nobody, and none of the items: each had a statement of its own when it was removed (../statement).
import { z } from "zod";
import { formatReceipt } from "../../reports/receipt.ts";
import { type Recommendation, recommendation } from "../../strikes/recommendation.ts";
import type { AccountAction } from "../order.ts";
import { type AccountLanguage, accountTemplatesIn } from "./templates.ts";

const redress = z.enum(["appeal", "platform-complaint", "dispute-settlement", "court"]);

export const accountStatement = z.object({
	restriction: z
		.enum(["recommended", "withdrawn"])
		.describe("`withdrawn`: nothing of the kind is recommended any more."),
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
	text: z.object({ vi: z.string(), en: z.string() }).describe("The same in words, by language."),
});
export type AccountStatement = z.infer<typeof accountStatement>;

export interface AccountReasons {
	readonly action: AccountAction;
	readonly strikes: number;
	readonly recommendations: readonly Recommendation[];
	/** Somebody had appealed when it was ordered. */
	readonly isAppealed: boolean;
	/** By which its user may appeal; null where nothing is recommended. */
	readonly appealCode: string | null;
}

export function stateAccountReasons(reasons: AccountReasons): AccountStatement {
	const codes = codesOf(reasons);
	return { ...codes, text: { vi: inWords(codes, "vi"), en: inWords(codes, "en") } };
}

type Codes = Omit<AccountStatement, "text">;

function codesOf({ action, strikes, recommendations, isAppealed, appealCode }: AccountReasons): Codes {
	const isLifted = action === "account.restriction-withdrawn";
	return {
		restriction: isLifted ? "withdrawn" : "recommended",
		facts: isLifted ? ["assessment"] : ["strikes", "assessment"],
		strikes: isLifted ? 0 : strikes,
		promptedBy: isAppealed ? ["appeal"] : [],
		automated: { detection: true, decision: false },
		ground: isLifted ? [] : [...recommendations],
		redress: isLifted ? [] : redress.options.filter((one) => one !== "appeal" || appealCode !== null),
		appealCode: isLifted ? null : appealCode,
	};
}

function inWords(codes: Codes, language: AccountLanguage): string {
	const words = accountTemplatesIn[language];
	return [
		words.restriction[codes.restriction],
		...(codes.restriction === "withdrawn"
			? []
			: codes.facts.map((one) => words.facts[one].replace("{count}", String(codes.strikes)))),
		...codes.promptedBy.map((one) => words.promptedBy[one]),
		words.decided,
		...(codes.ground.length === 0 ? [] : [words.ground, ...codes.ground.map((one) => askInWords(one, language))]),
		...codes.redress.map((one) => words.redress[one].replace("{code}", formatReceipt(codes.appealCode ?? ""))),
	].join("\n");
}

function askInWords(asked: Recommendation, language: AccountLanguage): string {
	const text = accountTemplatesIn[language].asks[asked.kind].replace("{law}", asked.law);
	if (asked.kind === "suspend-permanently") return text;
	return text.replace("{least}", String(asked.atLeastDays)).replace("{most}", String(asked.atMostDays));
}
