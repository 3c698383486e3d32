// A rule as people write it, and the stages of its life. It is data with revisions: an edit is a new revision, and a verdict names the one
// that spoke. What a rule may read is in fact-catalogue.ts; what it may cost and claim, in compile-rule.ts.
import { z } from "zod";
import { ofRule } from "../fault.ts";

export const ruleName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, ofRule("name-form"));

/** Characters of an expression; its cost is held to a budget beside this. */
const maxWhenLength = 2_000;

/** What follows where a rule holds; at least one of them. */
export const ruleEffect = z
	.strictObject({
		/** People look at the item. */
		review: z.literal(true).exactOptional(),
		/** It is withheld with the known match that the rule rests on, as far as the policy lets that match's tier do so. */
		withhold: z.literal(true).exactOptional(),
		/** Points added to the urgency of what reaches people, 1–50. */
		raise: z.int().min(1).max(50).exactOptional(),
		/** A name put on the verdict, and on the item at its platform, at once where the policy leaves that to machines, else by whoever decides. */
		label: ruleName.exactOptional(),
		/** It spreads less until people have decided, at once where the policy leaves that to machines; else whoever decides is told so. */
		limitSpread: z.literal(true).exactOptional(),
		/** The platform puts something in the account's way, a wait, a question, a limit: at once where the policy leaves that to machines, else whoever decides is told so. */
		friction: z.literal(true).exactOptional(),
	})
	.refine((effect) => Object.keys(effect).length > 0, ofRule("does-nothing"))
	.meta({ minProperties: 1 });
export type RuleEffect = z.infer<typeof ruleEffect>;

const day = z.iso.date();

export const ruleBody = z.strictObject({
	name: ruleName,
	/** An expression in CEL over the facts, true or false. */
	when: z.string().min(1).max(maxWhenLength),
	does: ruleEffect,
	category: ruleName.nullable(),
	/** Who answers for it. */
	owner: z.string().min(1).max(100),
	/** By when somebody has to look whether it is still right. */
	reviewBy: day,
});
export type RuleBody = z.infer<typeof ruleBody>;

/** In the order of a rule's life; `retired`: another revision took its place, or it was taken back. */
export const ruleStages = ["draft", "checked", "backtested", "shadow", "canary", "live", "retired"] as const;
export type RuleStage = (typeof ruleStages)[number];

/** Stages in which detectors ask a rule. */
export const askedStages = ["shadow", "canary", "live"] as const;
export const askedStage = z.enum(askedStages);
export type AskedStage = (typeof askedStages)[number];

/**
 * What a rule may go on to; null where its life is over. Only a backtest leads to `backtested`. Going on to `canary` and `live` takes a second
 * person, and so does a larger share.
 */
export const nextStage = {
	draft: "checked",
	checked: "backtested",
	backtested: "shadow",
	shadow: "canary",
	canary: "live",
	live: null,
	retired: null,
} as const satisfies Readonly<Record<RuleStage, RuleStage | null>>;

export function takesTwo(to: RuleStage): boolean {
	return to === "canary" || to === "live";
}
