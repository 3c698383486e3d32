// Puts a label on what a case is about, or friction in the way of its accounts, while people look at it, and takes that back. No decision is given by
// it; what one does to them is measures-after.ts. How far something spreads is limit-spread.ts.
import { BreakwaterError } from "../errors.ts";
import { isVisible } from "../items/item.ts";
import { begins, type MeasureChange, type MeasureOrder, matterOf, measureKindOf } from "../measures/measure.ts";
import { type FencedAct, requireClaim } from "./act-on-case.ts";
import { type CaseSnapshot, type CaseSnapshotItem, type CaseTransition, unchanged } from "./case.ts";
import { isKeptFrom } from "./second-look.ts";

type Measured = Pick<CaseSnapshotItem, "id" | "state" | "measures">;

/** The items of which the order would change something. What nobody sees needs no label. */
export function changedBy(order: MeasureOrder, items: readonly Measured[]): readonly MeasureChange[] {
	return items.flatMap(({ id, state, measures = [] }) => {
		const newest = measures.find((one) => matterOf(one) === matterOf(order));
		const isInForce = newest !== undefined && begins(newest.action);
		const canBegin = measureKindOf(order.action) === "label" ? isVisible(state) : state !== "gone";
		const changes = begins(order.action) ? canBegin && !isInForce : isInForce;
		return changes ? [{ ...order, itemId: id }] : [];
	});
}

/** The case stays with whoever holds it. Throws `nothing-changed` where this is so already, and `not-decidable` to whoever looks second. */
export function changeMeasure(
	current: CaseSnapshot,
	{ action, label, ...act }: FencedAct & MeasureOrder,
): CaseTransition {
	const claim = requireClaim(current, act);
	if (isKeptFrom(current, act.userId)) throw new BreakwaterError("not-decidable");
	const measures = changedBy({ action, label }, current.items);
	if (measures.length === 0) throw new BreakwaterError("nothing-changed");
	return { ...unchanged(current), claim, measures };
}
