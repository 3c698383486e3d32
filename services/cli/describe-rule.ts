// Rules and what is wrong with them, in lines for people.
import type { AnsweredRule, RuleRevision, ShadowDay } from "../core/ports/rule-store.ts";
import type { RuleCompiler } from "../core/rules/compile-rule.ts";
import type { RuleFault } from "../core/rules/rule-fault.ts";
import { ruleFaults } from "../words/rule-faults.en.ts";
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

/** What is said of a rule that asks about accounts once people have let one be. */
export function describeAnswered(
	{ body, answered }: RuleRevision & { readonly answered: AnsweredRule | null },
	compiler: RuleCompiler,
): readonly string[] {
	const compiled = compiler.compile(body);
	if (compiled.kind === "refused" || !compiled.rule.isOfAuthor) return [];
	const { tallies } = compiled.rule;
	const again = tallies.length === 0 ? "" : `, or until ${tallies.join(" or ")} is twice what they saw`;
	return [
		`  asks about accounts; people's decision to let one be answers it for the policy's ruleAnswerDays${again}`,
		...(answered === null
			? []
			: [`  silent so about ${answered.items} items, last at ${answered.lastAt.toISOString()}`]),
	];
}

function stageText(stage: string, share: number): string {
	return stage === "canary" ? `canary ${Number((share * 100).toPrecision(3))} %` : stage;
}

export function describeFault(fault: RuleFault): string {
	return `line ${fault.line}, column ${fault.column}: ${ruleFaults[fault.code](fault)}`;
}

export function describeShadow(days: readonly ShadowDay[]): string {
	if (days.length === 0) return "it has held of nothing in shadow";
	const cells = (day: Omit<ShadowDay, "day" | "revision">) => [
		...[day.held, day.failed, day.wouldWithhold, day.wouldReview, day.wouldLetPass],
	];
	const sum = (of: (day: ShadowDay) => number) => days.reduce((all, day) => all + of(day), 0);
	return table(
		["day", "revision", "held", "failed", "would have withheld", "asked people", "let pass"],
		[
			...days.map((day) => [day.day, day.revision, ...cells(day)]),
			[
				...["all", null],
				...cells({
					held: sum(({ held }) => held),
					failed: sum(({ failed }) => failed),
					wouldWithhold: sum(({ wouldWithhold }) => wouldWithhold),
					wouldReview: sum(({ wouldReview }) => wouldReview),
					wouldLetPass: sum(({ wouldLetPass }) => wouldLetPass),
				}),
			],
		],
	);
}
