// `breakwater rules …`: reading, checking and writing them. Their life after that is in rule-stages.ts.
import type { Command } from "commander";
import { createRuleCompiler } from "../../core/rules/compile-rule.ts";
import { createFactCatalogue } from "../../core/rules/fact-catalogue.ts";
import type { RuleBody } from "../../core/rules/rule.ts";
import type { RuleFault } from "../../core/rules/rule-fault.ts";
import { spellings } from "../../core/rules/spell-counts.ts";
import { signalCatalogue } from "../../core/signals/catalogue.ts";
import type { Parts } from "../../parts/parts.ts";
import { describeAnswered, describeFault, describeRule, describeRules, describeShadow } from "../describe-rule.ts";
import { withParts } from "../lazy-compose.ts";
import { type ByOptions, doerOf, withBy } from "../operator-name.ts";
import { print, table } from "../output.ts";
import { readRuleFile } from "../read-rule-file.ts";
import { exitCodes } from "../report-error.ts";
import { unknownId } from "../unknown-id.ts";
import { addBacktestCommand } from "./rule-backtest.ts";
import { addRuleMeasureCommands } from "./rule-measures.ts";
import { addRuleSnoozeCommands } from "./rule-snoozes.ts";
import { addRuleStageCommands } from "./rule-stages.ts";

const facts = createFactCatalogue(signalCatalogue);
const compiler = createRuleCompiler(facts);
const fileHelp = "JSON: a rule, or a list of them; - is standard input";
const example = `
A rule in a file, over the facts that \`breakwater rules facts\` lists:
  {"name": "many-links", "when": "item.kind == 'post' && item.links >= 5", "does": {"review": true, "raise": 10},
   "category": null, "owner": "trust team", "reviewBy": "2027-06-30"}
It does one or more of: review (people look), withhold (together with a known match, as the policy lets that match do),
raise (1-50 points of urgency), label (a name), limitSpread, friction (that the platform slow the account
down): these at once where the policy (labels, spreadLimits, friction) leaves them to a machine and people look at the item, else recommended to whoever decides.`;

export function addRuleCommands(program: Command): void {
	const rules = program
		.command("rules")
		.description("Rules of your own over what is known of an item: draft, checked, backtested, shadow, canary, live");
	addFacts(rules);
	addList(rules);
	addShow(rules);
	addShadow(rules);
	addCheck(rules);
	addDraft(rules);
	addExport(rules);
	addApply(rules);
	addBacktestCommand(rules);
	addRuleStageCommands(rules);
	addRuleMeasureCommands(rules);
	addRuleSnoozeCommands(rules);
}

function addFacts(rules: Command): void {
	rules
		.command("facts")
		.description("List the facts that a rule may read")
		.action((_options: unknown, command: Command) => {
			const listed = Object.entries(facts.groups).flatMap(([group, declared]) =>
				Object.entries(declared).map(([name, { type, evidence, says }]) => ({
					...{ fact: `${group}.${name}`, type, evidence, says, spelling: spellings.get(`${group}.${name}`) },
				})),
			);
			print(command, listed, (all) =>
				table(
					["fact", "type", "evidence", "says"],
					all.map(({ fact, type, evidence, says, spelling }) => [
						...[fact, type, evidence, spelling === undefined ? says : `${says}; also ${spelling}`],
					]),
				),
			);
		});
}

function addList(rules: Command): void {
	rules
		.command("list")
		.description("List the rules, and in which stage each is")
		.action(async (_options: unknown, command: Command) => {
			print(command, await withParts(({ stores }) => stores.rules.list()), describeRules);
		});
}

function addShow(rules: Command): void {
	rules
		.command("show")
		.description("Show a rule with all its revisions, newest first")
		.argument("<name>", "see `breakwater rules list`")
		.action(async (name: string, _options: unknown, command: Command) => {
			const found = await withParts(async ({ stores: { rules } }) => {
				const [revisions, answered] = await Promise.all([rules.revisions(name), rules.answered(name)]);
				return revisions.map((one) => ({
					...one,
					answered: answered.find(({ revision }) => revision === one.revision) ?? null,
				}));
			});
			if (found.length === 0) throw unknownId({ what: "rule", list: "rules list" }, name);
			print(command, found, (all) =>
				all.map((one) => [describeRule(one), ...describeAnswered(one, compiler)].join("\n")).join("\n\n"),
			);
		});
}

function addShadow(rules: Command): void {
	rules
		.command("shadow")
		.description(
			"Show what a rule in shadow said, and what it would have changed, by day (UTC); nothing of it was done",
		)
		.argument("<name>", "see `breakwater rules list`")
		.action(async (name: string, _options: unknown, command: Command) => {
			const days = await withParts(async ({ stores }) => {
				if ((await stores.rules.revisions(name)).length === 0)
					throw unknownId({ what: "rule", list: "rules list" }, name);
				return stores.rules.shadowDays(name);
			});
			print(command, days, describeShadow);
		});
}

interface Checked {
	readonly body: RuleBody;
	readonly cost: number | null;
	readonly faults: readonly RuleFault[];
}

function check(body: RuleBody): Checked {
	const compiled = compiler.compile(body);
	return compiled.kind === "compiled"
		? { body, cost: compiled.rule.cost, faults: [] }
		: { body, cost: null, faults: compiled.faults };
}

function describeChecked({ body: { name }, cost, faults }: Checked): string {
	if (cost !== null) return `${name}: checked, costs at most ${cost} units`;
	return [`${name}: cannot be asked`, ...faults.map((one) => `  ${describeFault(one)}`)].join("\n");
}

function addCheck(rules: Command): void {
	rules
		.command("check")
		.description("Check rules in a file: names, types, cost and what they may claim; fails where one is wrong")
		.argument("<file>", fileHelp)
		.addHelpText("after", example)
		.action(async (file: string, _options: unknown, command: Command) => {
			const checked = (await readRuleFile(file)).map(check);
			const shown = checked.map(({ body: { name }, cost, faults }) => ({ name, cost, faults }));
			print(command, shown, () => checked.map(describeChecked).join("\n"));
			if (checked.some(({ cost }) => cost === null)) process.exitCode = exitCodes.failed;
		});
}

interface Written extends ByOptions {
	readonly why: string;
	readonly dryRun?: boolean;
}

function addDraft(rules: Command): void {
	withBy(rules.command("draft"))
		.description("Keep a rule, or a new revision of one; detectors do not ask it yet")
		.argument("<file>", fileHelp)
		.requiredOption("--why <reason>", "what for; kept for ever")
		.addHelpText("after", example)
		.action(async (file: string, options: Written, command: Command) => {
			const checked = (await readRuleFile(file)).map(check);
			await withParts(async (parts) => {
				for (const one of checked) await keep(parts, one, options);
			});
			const shown = checked.map(({ body: { name }, cost, faults }) => ({ name, cost, faults }));
			print(command, shown, () => checked.map(describeChecked).join("\n"));
		});
}

function keep({ stores }: Parts, { body, cost }: Checked, options: Written) {
	return stores.rules.draft(body, { isChecked: cost !== null, by: doerOf(options), why: options.why });
}

function addExport(rules: Command): void {
	rules
		.command("export")
		.description("Print the newest revision of each rule as JSON, to be kept in files and applied")
		.action(async () => {
			const bodies = await withParts(({ stores }) => newestOf(stores));
			process.stdout.write(`${JSON.stringify([...bodies.values()], null, "\t")}\n`);
		});
}

/** In the order of their names. */
async function newestOf({ rules }: Parts["stores"]): Promise<ReadonlyMap<string, RuleBody>> {
	const newest = new Map<string, RuleBody>();
	for (const { body } of await rules.list()) if (!newest.has(body.name)) newest.set(body.name, body);
	return newest;
}

function addApply(rules: Command): void {
	withBy(rules.command("apply"))
		.description("Draft each rule of a file that is not as it is here; what is wrong in one stops all of them")
		.argument("<file>", fileHelp)
		.requiredOption("--why <reason>", "what for; kept for ever")
		.option("--dry-run", "say what it would do, and do nothing")
		.action(async (file: string, options: Written, command: Command) => {
			const checked = (await readRuleFile(file)).map(check);
			if (checked.some(({ cost }) => cost === null)) throw new Error(checked.map(describeChecked).join("\n"));
			const due = await withParts(async (parts) => {
				const here = await newestOf(parts.stores);
				const others = checked.filter(({ body }) => !isSame(here.get(body.name), body));
				if (options.dryRun !== true) for (const one of others) await keep(parts, one, options);
				return others.map(({ body: { name } }) => ({ name, isNew: !here.has(name) }));
			});
			const verb = options.dryRun === true ? "would draft" : "drafted";
			print(command, { isDryRun: options.dryRun === true, drafted: due }, ({ drafted }) =>
				drafted.length === 0
					? "all are here as they are in the file"
					: drafted.map(({ name, isNew }) => `${verb} ${name}${isNew ? "" : ", a new revision"}`).join("\n"),
			);
		});
}

/** Both were parsed by one schema: their fields come in one order. */
function isSame(here: RuleBody | undefined, there: RuleBody): boolean {
	return JSON.stringify(here) === JSON.stringify(there);
}
