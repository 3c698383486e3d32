// `breakwater rules lift`: the end of what machines did on a rule's word, which neither a step back nor the kill switch is.
import type { Command } from "commander";
import { type AfterRule, afterRule, type MeasuresInForce } from "../../core/measures/after-rule.ts";
import { askedStages } from "../../core/rules/rule.ts";
import type { Parts } from "../../parts/parts.ts";
import { withParts } from "../lazy-compose.ts";
import { print } from "../output.ts";
import { type ProvenOptions, provenPerson, withLogin } from "../second-person.ts";
import { unknownId } from "../unknown-id.ts";

export function addRuleMeasureCommands(rules: Command): void {
	withLogin(rules.command("lift"))
		.description("Lift all that machines did on a rule's word, short of hiding, and that nobody has decided about")
		.argument("<name>", "see `breakwater rules list`")
		.requiredOption("--why <reason>", "kept for ever")
		.action(async (name: string, options: ProvenOptions & { readonly why: string }, command: Command) => {
			const lifted = await withParts(async (parts) => {
				if ((await parts.stores.rules.revisions(name)).length === 0)
					throw unknownId({ what: "rule", list: "rules list" }, name);
				const { id: by } = await provenPerson(parts, options.login, { permission: "policy:decide", ...options });
				return parts.stores.measures.lift(name, { by, why: options.why });
			});
			print(command, { lifted }, () => `lifted: ${lifted} in all`);
		});
}

export interface LeftOfRule {
	readonly inForce: MeasuresInForce;
	readonly becomes: AfterRule;
}

/** What is in force on a rule's word, and what becomes of it as the rule is now. */
export async function leftOf({ stores }: Pick<Parts, "stores">, name: string): Promise<LeftOfRule> {
	const [inForce, asked, open] = await Promise.all([
		stores.measures.inForce(name),
		stores.rules.list(),
		stores.breakers.listOpen(),
	]);
	const isStopped = open.some(({ kind, key }) => kind === "rule" && key === name);
	const speaks = asked.some(
		({ body, stage }) => body.name === name && stage !== "shadow" && askedStages.some((one) => one === stage),
	);
	return { inForce, becomes: afterRule(inForce, { isAsked: speaks && !isStopped }) };
}

/** Nothing where nothing is in force. */
export function describeLeft(name: string, { inForce, becomes }: LeftOfRule): string {
	if (becomes === "nothing") return "";
	const counts = [
		...(inForce["limit-spread"] === 0 ? [] : [`spread limited: ${inForce["limit-spread"]}`]),
		...(inForce.label === 0 ? [] : [`labelled: ${inForce.label}`]),
		...(inForce.friction === 0 ? [] : [`accounts slowed down: ${inForce.friction}`]),
	].join(", ");
	const more = becomes === "goes-on" ? ", and more may come" : "";
	return `\n  in force on its word until people decide${more}: ${counts}\n  to lift it all: breakwater rules lift ${name} --login <login> --why <reason>`;
}
