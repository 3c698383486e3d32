// Rules and what is wrong with them, in lines for people.
import { assertNever } from "../core/assert-never.ts";
import type { RuleRevision } from "../core/ports/rule-store.ts";
import type { RuleFault } from "../core/rules/rule-fault.ts";
import { table } from "./output.ts";

export function describeRules(rules: readonly RuleRevision[]): string {
	return table(
		["rule", "revision", "stage", "since", "owner", "look again by", "waits for"],
		rules.map((one) => [
			...[one.body.name, one.revision, stageText(one.stage, one.share), one.since.toISOString(), one.body.owner],
			...[one.body.reviewBy, one.waiting === null ? null : `${stageText(one.waiting.stage, one.waiting.share)}?`],
		]),
	);
}

export function describeRule(one: RuleRevision): string {
	const { body, revision, stage, share, since, endsAt, madeBy, madeAt, why, waiting } = one;
	const end = endsAt === null ? "" : `, until ${endsAt.toISOString()}`;
	return [
		`${body.name} revision ${revision}: ${stageText(stage, share)} since ${since.toISOString()}${end}`,
		`  written by ${madeBy} at ${madeAt.toISOString()} (${why})`,
		`  when ${body.when}`,
		`  does ${JSON.stringify(body.does)}`,
		...(waiting === null
			? []
			: [
					`  ${waiting.askedBy} asks for ${stageText(waiting.stage, waiting.share)} (${waiting.why}); another person: breakwater rules approve ${body.name} --login <login>`,
				]),
	].join("\n");
}

function stageText(stage: string, share: number): string {
	return stage === "canary" ? `canary ${Number((share * 100).toPrecision(3))} %` : stage;
}

export function describeFault(fault: RuleFault): string {
	return `line ${fault.line}, column ${fault.column}: ${sentence(fault)}`;
}

function sentence({ code, name = "", near, units, budget }: RuleFault): string {
	switch (code) {
		case "not-an-expression":
			return `not an expression: ${name}`;
		case "no-such-fact":
			return `there is no fact ${name}${near === undefined ? "; `breakwater rules facts` lists them" : `; is it ${near}?`}`;
		case "wrong-types":
			return name;
		case "not-true-or-false":
			return `it is of type ${name}, and must be true or false`;
		case "call-not-allowed":
			return `${name} may not be called in a rule: nothing bounds what it costs, or it makes no sense of facts`;
		case "too-costly":
			return units === null || units === undefined
				? "nothing bounds what it may cost"
				: `it may cost ${units} units, and ${budget} are allowed: ask of fewer lists within lists`;
		case "withholds-the-unknown":
			return "it withholds, and could hold without a known match: ask for one, such as known.count > 0 && (…)";
		case "model-alone":
			return "it could hold on a model's word alone, and then may ask people (review) and nothing more";
		case "reads-nothing":
			return "it reads no fact: it would hold of everything, or of nothing";
		default:
			return assertNever(code);
	}
}
