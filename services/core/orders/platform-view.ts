// What the platform has said that it did with an item, beside what we have decided: only an acknowledged order has happened.
import type { ItemState } from "../items/item.ts";
import { nextItemState } from "../items/item.ts";
import { type IssuedOrder, type OrderState, stateAmong } from "./order.ts";

export interface PlatformView<Order extends IssuedOrder> {
	/** As the platform last acknowledged it; `live` where it has acknowledged nothing. */
	readonly acknowledged: Exclude<ItemState, "gone">;
	/** The newest order, where the platform has not acknowledged it: sent and not confirmed, given up, or discarded. */
	readonly outstanding: (Order & { readonly state: Exclude<OrderState, "delivered" | "superseded"> }) | null;
}

/** `orders` are all of one item. */
export function platformView<Order extends IssuedOrder>(orders: readonly Order[]): PlatformView<Order> {
	const inOrder = orders.toSorted((a, b) => a.version - b.version);
	let acknowledged: PlatformView<Order>["acknowledged"] = "live";
	for (const { action, state } of inOrder) {
		if (state !== "delivered") continue;
		const next = nextItemState(acknowledged, action);
		if (next !== null && next !== "gone") acknowledged = next;
	}
	const newest = inOrder.at(-1);
	if (newest === undefined) return { acknowledged, outstanding: null };
	const state = stateAmong(newest, orders);
	return { acknowledged, outstanding: state === "delivered" || state === "superseded" ? null : { ...newest, state } };
}
