// Acts on rules. What each revision says is kept with it; here stands who did what to it, and why. The act's revision is that of the rule.
import { z } from "zod";
import { type RuleStage, ruleStages } from "../../rules/rule.ts";
import type { ActKind } from "../act-kind.ts";

const stage: z.ZodType<RuleStage> = z.enum(ruleStages);
const moved = z.object({ from: stage, to: stage, share: z.number() });

export const ruleActs = {
	"rule-drafted": { on: "rule", details: z.object({ isChecked: z.boolean() }) },
	"rule-backtested": { on: "rule", details: z.object({ examined: z.int(), held: z.int() }) },
	"rule-advanced": { on: "rule", details: moved },
	"rule-asked": { on: "rule", details: moved },
	"rule-approved": { on: "rule", details: moved },
	"rule-taken-back": { on: "rule", details: moved },
} as const satisfies Readonly<Record<string, ActKind>>;
