// An item is what is examined. Its state changes only by transitions, each of which is one order to the platform, numbered by
// the item's version so that a late or repeated order changes nothing.
import { z } from "zod";
import type { OrderAction } from "../orders/order.ts";

const itemKinds = ["post", "media"] as const;
export const itemKind = z.enum(itemKinds);
export type ItemKind = z.infer<typeof itemKind>;

export const itemStates = ["live", "withheld", "removed", "restored", "gone"] as const;
export const itemState = z.enum(itemStates);
export type ItemState = z.infer<typeof itemState>;

const transitions: Readonly<Record<ItemState, Partial<Record<OrderAction, ItemState>>>> = {
	live: { withhold: "withheld", remove: "removed" },
	withheld: { remove: "removed", restore: "restored" },
	restored: { withhold: "withheld", remove: "removed" },
	// Back only by the way back from a decision (cases/undo-decision.ts).
	removed: { withhold: "withheld", restore: "restored" },
	gone: {},
};

/** The state after an order, or null where the order would change nothing (already there, or gone). */
export function nextItemState(state: ItemState, action: OrderAction): ItemState | null {
	return transitions[state][action] ?? null;
}
