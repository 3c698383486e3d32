// `breakwater rules advance|approve|back|stop`: a rule's way to being asked for real, and back.
import { type Command, Option } from "commander";
import type { RuleRevision } from "../../core/ports/rule-store.ts";
import { createRuleCompiler } from "../../core/rules/compile-rule.ts";
import { createFactCatalogue } from "../../core/rules/fact-catalogue.ts";
import { shadowDays } from "../../core/rules/life.ts";
import { type RuleBody, type RuleStage, ruleStages } from "../../core/rules/rule.ts";
import type { Parts } from "../../parts/parts.ts";
import { describeFault, describeRule } from "../describe-rule.ts";
import { withParts } from "../lazy-compose.ts";
import { type ByOptions, doerOf, operatorName, withBy } from "../operator-name.ts";
import { print } from "../output.ts";
import { parseCount, parseShare } from "../parse-options.ts";
import { type ProvenOptions, provenPerson, withLogin } from "../second-person.ts";
import { unknownId } from "../unknown-id.ts";
import { describeLeft, leftOf } from "./rule-measures.ts";

const nameHelp = "see `breakwater rules list`";
const dayMs = 86_400_000;

interface AdvanceOptions extends ProvenOptions {
	readonly to: RuleStage;
	readonly revision?: number;
	readonly share: number;
	readonly days: number;
	readonly why: string;
}

export function addRuleStageCommands(rules: Command): void {
	addAdvance(rules);
	addApprove(rules);
	addBack(rules);
	addStop(rules);
}

function addAdvance(rules: Command): void {
	withLogin(rules.command("advance"))
		.description("Take a rule on to its next stage; canary, a larger share of it, and live wait for another person")
		.argument("<name>", nameHelp)
		.addOption(new Option("--to <stage>", "the stage").choices(ruleStages).makeOptionMandatory())
		.option("--revision <n>", "which revision (default: the newest)", parseCount)
		.option("--share <part>", "of the accounts, in canary: over 0 and at most 1", parseShare, 0.1)
		.option("--days <n>", "how long a shadow lasts", parseCount, shadowDays)
		.requiredOption("--why <reason>", "kept for ever")
		.action(async (name: string, options: AdvanceOptions, command: Command) => {
			const moved = await withParts(async (parts) => {
				const { rules: store } = parts.stores;
				const found = await requireRule(parts, name);
				const one = found.find(({ revision }) => revision === (options.revision ?? found[0]?.revision));
				if (one === undefined) throw new Error(`${name} has no revision ${options.revision}`);
				requireChecked(parts, one.body);
				const { id: by } = await provenPerson(parts, options.login, { permission: "policy:decide", ...options });
				const { to, share, days, why } = options;
				const endsAt = to === "shadow" ? new Date(parts.clock.now() + days * dayMs) : null;
				return store.advance({ name, revision: one.revision, to, share, endsAt, by, why });
			});
			print(command, moved, describeRule);
		});
}

/** The rule's revisions, newest first. */
async function requireRule({ stores }: Parts, name: string): Promise<readonly RuleRevision[]> {
	const found = await stores.rules.revisions(name);
	if (found.length === 0) throw unknownId({ what: "rule", list: "rules list" }, name);
	return found;
}

/** Written under an older version, it may read what there is no more. */
function requireChecked({ signalCatalogue }: Parts, body: RuleBody): void {
	const compiled = createRuleCompiler(createFactCatalogue(signalCatalogue)).compile(body);
	if (compiled.kind === "refused") throw new Error(compiled.faults.map(describeFault).join("\n"));
}

function addApprove(rules: Command): void {
	withLogin(rules.command("approve"))
		.description("Agree to the stage that another person asked for; every detector follows within a second")
		.argument("<name>", nameHelp)
		.option("--why <reason>", "kept with it")
		.action(async (name: string, options: ProvenOptions & { readonly why?: string }, command: Command) => {
			const approved = await withParts(async (parts) => {
				await requireRule(parts, name);
				const { id: by } = await provenPerson(parts, options.login, { permission: "policy:decide", ...options });
				return parts.stores.rules.approve(name, by, options.why ?? null);
			});
			print(command, approved, describeRule);
		});
}

function addBack(rules: Command): void {
	withBy(rules.command("back"))
		.description("Take a rule one step back, alone and at once: to what was live before, to shadow, or out of it")
		.argument("<name>", nameHelp)
		.requiredOption("--why <reason>", "kept for ever")
		.action(async (name: string, options: ByOptions & { readonly why: string }, command: Command) => {
			const moved = await withParts(async (parts) => {
				await requireRule(parts, name);
				const back = await parts.stores.rules.back(name, doerOf(options), options.why);
				return { ...back, left: await leftOf(parts, name) };
			});
			print(command, moved, (one) => describeRule(one) + describeLeft(name, one.left));
		});
}

function addStop(rules: Command): void {
	withBy(rules.command("stop"))
		.description("Kill switch: no detector asks the rule from now on; `breakwater breakers close rule` ends it")
		.argument("<name>", nameHelp)
		.requiredOption("--why <reason>", "kept with it, and shown to everyone who looks")
		.action(async (name: string, options: ByOptions & { readonly why: string }, command: Command) => {
			const { stopped, left } = await withParts(async (parts) => {
				await requireRule(parts, name);
				const scope = { kind: "rule", key: name } as const;
				const isNew = await parts.stores.breakers.open({ ...scope, by: operatorName(options), reason: options.why });
				return { stopped: isNew, left: await leftOf(parts, name) };
			});
			print(
				command,
				{ stopped, left },
				() => (stopped ? `${name} is asked no more` : "it was stopped already") + describeLeft(name, left),
			);
		});
}
