// `breakwater templates preview`: what somebody would be told, of a sample or of a real case, by the words in force or by edited ones.
import { Argument, type Command, Option } from "commander";
import { type AnswerLanguage, answerLanguages, type Recipient, recipients } from "../../core/answers/slots.ts";
import { inWords, type TemplateBook } from "../../core/answers/template-book.ts";
import { stateAccountReasons } from "../../core/orders/account-statement/account-statement.ts";
import { type AnyOrderAction, accountAction, type ItemAction, itemAction } from "../../core/orders/order.ts";
import { type OrderReasons, stateReasons } from "../../core/orders/statement/statement.ts";
import { tiers } from "../../core/policy/verdict.ts";
import type { ToldOfCase } from "../../core/ports/template-store.ts";
import { authorityAnswerCodes, reportAnswerCodes } from "../../core/reports/answer.ts";
import { usualRestriction } from "../../core/strikes/account-restriction.ts";
import { withParts } from "../lazy-compose.ts";
import { print } from "../output.ts";
import { UsageError } from "../parse-options.ts";
import { requireCase } from "../require-case.ts";

export interface WordsOptions {
	readonly file?: string;
	readonly proposal?: string;
}

interface PreviewOptions extends WordsOptions, Pick<OrderReasons, "tier" | "decidedBy"> {
	readonly language: AnswerLanguage;
	readonly case?: string;
	readonly category?: string;
	readonly reported?: true;
	readonly askedFor?: true;
	readonly appealed?: true;
	readonly spreading?: true;
}

/** Opens nothing: it is nobody's. */
const sampleCode = "1234567890123456";
const sampleLabel = "advertising";
const sampleDay = new Date("2026-11-24T09:00:00Z");

export function addTemplatePreview(
	parent: Command,
	{ wordsOf }: { readonly wordsOf: (options: WordsOptions) => Promise<TemplateBook> },
): void {
	parent
		.command("preview")
		.description("Show what somebody would be told: of a sample, or of those whom a case concerns")
		.addArgument(new Argument("<recipient>", "who would be told").choices(recipients))
		.argument(
			"<outcome>",
			"removed, left…; of a user: withhold, remove, restore, limit-spread, lift-limit, label, unlabel, add-friction, lift-friction, or account.restrict-recommended and account.restriction-withdrawn",
		)
		.addOption(new Option("--language <language>", "of the words").choices(answerLanguages).default("vi"))
		.option("--file <file>", "by these words, in the place of those in force")
		.option("--proposal <id>", "by the words of a proposal")
		.option("--case <id>", "of those who reported this case, asked for it, or whose content it restricted")
		.addOption(new Option("--tier <tier>", "of a user: how strong the evidence is").choices(tiers).default("none"))
		.option("--category <category>", "csam, ncii…; without one it is held against the platform's rules")
		.addOption(new Option("--decided-by <who>", "who decided").choices(["machine", "person"]).default("person"))
		.option("--reported", "somebody had reported it")
		.option("--asked-for", "an authority had asked for it")
		.option("--appealed", "somebody had appealed")
		.option("--spreading", "it spreads faster than it should")
		.action(async (recipient: Recipient, outcome: string, options: PreviewOptions, command: Command) => {
			const templates = await wordsOf(options);
			const told = options.case === undefined ? sampleOf(outcome, options) : await requireToldOf(options.case);
			const texts = previews[recipient](outcome, { told, templates, language: options.language });
			print(command, texts, () => (texts.length === 0 ? "(nobody)" : texts.join("\n\n---\n\n")));
		});
}

interface Previewed {
	readonly told: ToldOfCase;
	readonly templates: TemplateBook;
	readonly language: AnswerLanguage;
}

const previews: Readonly<Record<Recipient, (outcome: string, of: Previewed) => readonly string[]>> = {
	reporter(outcome, { told, templates, language }) {
		const slot = `reporter/${oneOf(outcome, reportAnswerCodes)}` as const;
		return told.reporters.map((facts) => inWords(templates, { slot, language }, facts));
	},
	authority(outcome, { told, templates, language }) {
		const slot = `authority/${oneOf(outcome, authorityAnswerCodes)}` as const;
		return told.authorities.map((facts) => inWords(templates, { slot, language }, facts));
	},
	user(outcome, { told, templates, language }) {
		const action = oneOf(outcome, [...itemAction.options, ...accountAction.options]);
		if (!isOfItem(action))
			return told.accounts.map((reasons) => stateAccountReasons({ ...reasons, action }, templates).text[language]);
		const statements = told.users.map((reasons) => stateReasons({ ...reasons, action }, templates).text[language]);
		return [...new Set(statements)];
	},
};

function isOfItem(action: AnyOrderAction): action is ItemAction {
	return itemAction.options.some((one) => one === action);
}

function oneOf<T extends string>(given: string, known: readonly T[]): T {
	const found = known.find((one) => one === given);
	if (found === undefined) throw new UsageError(`there is no outcome ${given}; there are: ${known.join(", ")}`);
	return found;
}

function sampleOf(outcome: string, options: PreviewOptions): ToldOfCase {
	const {
		tier,
		category = null,
		decidedBy,
		reported = false,
		askedFor = false,
		appealed = false,
		spreading = false,
	} = options;
	const action: ItemAction = itemAction.options.find((one) => one === outcome) ?? "remove";
	return {
		reporters: [{ received: sampleDay }],
		users: [
			{
				...{ action, label: sampleLabel, tier, category, decidedBy },
				...{ isReported: reported, isAskedFor: askedFor, isAppealed: appealed, appealCode: sampleCode },
				isSpreading: spreading,
			},
		],
		accounts: [
			{
				...{ action: "account.restrict-recommended", strikes: 5, isAppealed: appealed, appealCode: sampleCode },
				...{ accountRestriction: usualRestriction, hasAdvice: false },
				recommendations: [{ kind: "suspend", law: "VN-147-REPEAT", atLeastDays: 7, atMostDays: 30 }],
			},
		],
		authorities: [{ reference: "CV-2026/118", received: sampleDay, places: "https://forum.example/posts/118" }],
	};
}

function requireToldOf(text: string): Promise<ToldOfCase> {
	return withParts(async ({ stores }) => stores.templates.toldOf(await requireCase(stores.cases, text)));
}
