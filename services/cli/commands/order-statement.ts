import { Argument, type Command, Option } from "commander";
import { orderActions } from "../../core/orders/order.ts";
import {
	type OrderReasons,
	type StatementLanguage,
	statementLanguages,
	stateReasons,
} from "../../core/orders/statement/statement.ts";
import { tiers } from "../../core/policy/verdict.ts";
import { print } from "../output.ts";

interface StatementOptions extends Pick<OrderReasons, "tier" | "decidedBy"> {
	readonly category?: string;
	readonly language: StatementLanguage;
	readonly reported?: true;
	readonly askedFor?: true;
	readonly appealed?: true;
}

/** Opens nothing: it is nobody's. */
const sampleCode = "1234567890123456";

/** Shows what an affected user is told, without an order: for whoever edits the sentences. */
export function addStatementCommand(orders: Command): void {
	orders
		.command("statement")
		.description("Preview the statement of reasons that comes with such an order, for the affected user")
		.addArgument(new Argument("<action>").choices(orderActions))
		.addOption(new Option("--tier <tier>", "how strong the evidence is").choices(tiers).default("none"))
		.option("--category <category>", "csam, ncii…; without one it is held against the platform's rules")
		.addOption(new Option("--decided-by <who>", "who decided").choices(["machine", "person"]).default("person"))
		.option("--reported", "somebody had reported it")
		.option("--asked-for", "an authority had asked for it")
		.option("--appealed", "somebody had appealed")
		.addOption(new Option("--language <language>", "of the words").choices(statementLanguages).default("vi"))
		.action((action: OrderReasons["action"], options: StatementOptions, command: Command) => {
			const { tier, category = null, decidedBy, reported = false, askedFor = false, language } = options;
			const asked = { isReported: reported, isAskedFor: askedFor, isAppealed: options.appealed ?? false };
			const reasons = { action, tier, category, decidedBy, ...asked, appealCode: sampleCode };
			print(command, stateReasons(reasons), ({ text }) => text[language]);
		});
}
