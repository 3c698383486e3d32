// What a rule says of one item's facts. Detectors and backtests both ask here: what a backtest answers is what a detector would have.
import type { CelFacts, CompiledRule } from "./compile-rule.ts";

/** `failed`: the item's values made no sense of it, which is not the same as not holding. */
export type Outcome = "held" | "not-held" | "failed";

/** Null: this version of the program cannot read the rule any more. */
export function outcomeOf(rule: Pick<CompiledRule, "holds"> | null, facts: CelFacts): Outcome {
	if (rule === null) return "failed";
	try {
		return rule.holds(facts) ? "held" : "not-held";
	} catch {
		return "failed";
	}
}
