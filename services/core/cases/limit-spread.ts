// Limits how far what a case is about spreads while people look at it, and takes that back: its items stay up, and no decision is given by it.
// What people then decide of limited items is consequences.ts; when a machine may do it by itself, core/outbreaks.
import { BreakwaterError } from "../errors.ts";
import type { ItemState } from "../items/item.ts";
import { type FencedAct, requireClaim } from "./act-on-case.ts";
import { type CaseSnapshot, type CaseTransition, type SpreadAction, unchanged } from "./case.ts";
import { isKeptFrom } from "./second-look.ts";

/** The state of the items that the act changes. What people restored is theirs: it is not limited again. */
export const stateBefore = { "limit-spread": "live", "lift-limit": "limited" } as const satisfies Record<
	SpreadAction,
	ItemState
>;

/** What may be done about the case's spread now; null where nothing may. */
export function spreadActionOf({ items, spread }: Pick<CaseSnapshot, "items" | "spread">): SpreadAction | null {
	const can = (action: SpreadAction) => items.some(({ state }) => state === stateBefore[action]);
	if (spread === "limited" || (can("lift-limit") && !can("limit-spread"))) return "lift-limit";
	return can("limit-spread") || spread === "recommended" ? "limit-spread" : null;
}

/**
 * For all that spreads with the case's items, those that come later, too. The case stays with whoever holds it. Throws `nothing-changed` where
 * this is so already, or nothing of the case is up, and `not-decidable` to whoever looks second.
 */
export function changeSpread(
	current: CaseSnapshot,
	{ action, ...act }: FencedAct & { readonly action: SpreadAction },
): CaseTransition {
	const claim = requireClaim(current, act);
	// Whether anything is up would tell what the first person decided.
	if (isKeptFrom(current, act.userId)) throw new BreakwaterError("not-decidable");
	if (spreadActionOf(current) !== action) throw new BreakwaterError("nothing-changed");
	return {
		...unchanged(current),
		claim,
		itemActions: current.items.flatMap(({ id, state }) =>
			state === stateBefore[action] ? [{ itemId: id, action }] : [],
		),
		spread: action,
	};
}
