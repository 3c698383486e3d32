// Decides what becomes of the measures that a machine took on a rule's word, once nobody asks the rule any more. None is lifted by itself: a rule is
// stopped in a hurry, and many items of it may be what it took them for. Each ends with the decision on its case, or all at once where a person lifts them.
import type { MeasureKind } from "./measure.ts";

/** How many are in force that no person has decided about. */
export type MeasuresInForce = Readonly<Record<MeasureKind, number>>;

/** `stays`: until people decide, or lift it; `goes-on`: that, too, and more may come; `nothing`: none is in force. */
export type AfterRule = "nothing" | "goes-on" | "stays";

export function afterRule(inForce: MeasuresInForce, rule: { readonly isAsked: boolean }): AfterRule {
	if (Object.values(inForce).every((count) => count === 0)) return "nothing";
	return rule.isAsked ? "goes-on" : "stays";
}
