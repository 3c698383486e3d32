// An item is what is examined. Its state changes only by transitions, each of which is one order to the platform, numbered by
// the item's version so that a late or repeated order changes nothing.
import { z } from "zod";
import type { OrderAction } from "../orders/order.ts";

const itemKinds = ["post", "media"] as const;
export const itemKind = z.enum(itemKinds);
export type ItemKind = z.infer<typeof itemKind>;

export const itemStates = ["live", "limited", "withheld", "removed", "restored", "gone"] as const;
export const itemState = z.enum(itemStates);
export type ItemState = z.infer<typeof itemState>;

const transitions: Readonly<Record<ItemState, Partial<Record<OrderAction, ItemState>>>> = {
	live: { "limit-spread": "limited", withhold: "withheld", remove: "removed" },
	// Visible, and no decision of people: taken back it is as it was.
	limited: { "lift-limit": "live", withhold: "withheld", remove: "removed", restore: "restored" },
	withheld: { remove: "removed", restore: "restored" },
	// Limited only by the way back from the decision that had freed it.
	restored: { "limit-spread": "limited", withhold: "withheld", remove: "removed" },
	// Back only by the way back from a decision (cases/undo-decision.ts).
	removed: { withhold: "withheld", restore: "restored" },
	gone: {},
};

/** The state after an order, or null where the order would change nothing (already there, or gone). */
export function nextItemState(state: ItemState, action: OrderAction): ItemState | null {
	return transitions[state][action] ?? null;
}

/** Whether others than its author can see it. */
export function isVisible(state: ItemState): boolean {
	return state === "live" || state === "limited" || state === "restored";
}
