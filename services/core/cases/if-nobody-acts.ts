import type { ItemState } from "../items/item.ts";
import { isVisible, nextItemState } from "../items/item.ts";
import type { OrderAction, OrderState } from "../orders/order.ts";

/** An item as its platform has acknowledged it, and the order that the platform has not; nulls where that is hidden from who asks. */
export interface ItemAtPlatform {
	readonly acknowledged: ItemState | null;
	readonly outstanding: { readonly action: OrderAction; readonly state: OrderState } | null;
}

/** How many items stay as they are, and how many are to be withheld as soon as their platform confirms the order that is on its way. */
export interface IfNobodyActs {
	readonly withheld: number;
	readonly onItsWay: number;
	readonly visible: number;
}

/** What becomes of a case's items without a decision. An order that was given up or discarded changes nothing any more. */
export function ifNobodyActs(items: readonly ItemAtPlatform[]): IfNobodyActs {
	const becoming = items.map(becomes);
	const count = (what: ReturnType<typeof becomes>) => becoming.filter((one) => one === what).length;
	return { withheld: count("withheld"), onItsWay: count("onItsWay"), visible: count("visible") };
}

function becomes({ acknowledged, outstanding }: ItemAtPlatform): keyof IfNobodyActs | null {
	if (acknowledged === "withheld") return "withheld";
	if (acknowledged === null || !isVisible(acknowledged)) return null;
	const isComing = outstanding?.state === "pending" && nextItemState(acknowledged, outstanding.action) === "withheld";
	return isComing ? "onItsWay" : "visible";
}
