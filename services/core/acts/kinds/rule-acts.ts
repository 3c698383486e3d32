// Acts on rules. What each revision says is kept with it; here stands who did what to it, and why. The act's revision is that of the rule.
import { z } from "zod";
import { snoozeId } from "../../ids.ts";
import { type RuleStage, ruleStages } from "../../rules/rule.ts";
import { snoozeKinds } from "../../rules/snooze.ts";
import type { ActKind } from "../act-kind.ts";

const stage: z.ZodType<RuleStage> = z.enum(ruleStages);
const moved = z.object({ from: stage, to: stage, share: z.number() });

const snoozing = z.object({ snooze: snoozeId, of: z.enum(snoozeKinds) });

export const ruleActs = {
	"rule-drafted": { on: "rule", details: z.object({ isChecked: z.boolean() }) },
	"rule-backtested": { on: "rule", details: z.object({ examined: z.int(), held: z.int() }) },
	"rule-advanced": { on: "rule", details: moved },
	"rule-asked": { on: "rule", details: moved },
	"rule-approved": { on: "rule", details: moved },
	"rule-taken-back": { on: "rule", details: moved },
	/** So many that a machine had limited on its word spread as before. */
	"rule-measures-lifted": { on: "rule", details: z.object({ items: z.int() }) },
	"rule-snoozed": { on: "rule", details: snoozing.extend({ until: z.string() }) },
	"rule-snooze-ended": { on: "rule", details: snoozing },
} as const satisfies Readonly<Record<string, ActKind>>;
