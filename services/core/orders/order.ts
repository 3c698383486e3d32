// An order is what a platform is told: to do with one item, or to consider of one account. Its state is how far the platform has got with it;
// which state the item is then in is items/item.ts.
import { z } from "zod";

/** `limit-spread`: it stays up, and is neither recommended nor passed on; `lift-limit`: it spreads as before. */
export const orderActions = ["withhold", "remove", "restore", "limit-spread", "lift-limit"] as const;
export const orderAction = z.enum(orderActions);
export type OrderAction = z.infer<typeof orderAction>;

/** Short of hiding: a label shown with the item, and friction in the way of its account, each with its end. */
const measureActions = ["label", "unlabel", "add-friction", "lift-friction"] as const;
export const measureAction = z.enum(measureActions);
export type MeasureAction = z.infer<typeof measureAction>;

/** What an item leads to. */
export const itemAction = z.enum([...orderActions, ...measureActions]);
export type ItemAction = z.infer<typeof itemAction>;

/** What a platform is told of one of its accounts: to consider restricting it, and that nothing of the kind is recommended any more. */
export const accountAction = z.enum(["account.restrict-recommended", "account.restriction-withdrawn"]);
export type AccountAction = z.infer<typeof accountAction>;

export const anyOrderAction = z.enum([...itemAction.options, ...accountAction.options]);
export type AnyOrderAction = z.infer<typeof anyOrderAction>;

const opposites = {
	...{
		withhold: "restricts",
		remove: "restricts",
		restore: "lifts",
		"limit-spread": "restricts",
		"lift-limit": "lifts",
	},
	...{ label: "restricts", unlabel: "lifts", "add-friction": "restricts", "lift-friction": "lifts" },
	...{ "account.restrict-recommended": "restricts", "account.restriction-withdrawn": "lifts" },
} as const satisfies Record<AnyOrderAction, "restricts" | "lifts">;

/** Whether whoever is told of it may do less than before. */
export function isRestriction(action: AnyOrderAction): boolean {
	return opposites[action] === "restricts";
}

/**
 * What led to an order. `arrival`: the item as it came. `sweep`: it had been let pass, and entries that came later match it. `decision`:
 * people decided its case, or took that back. `standing-decision`: people decided a case of the same thing before. `outbreak`: it spreads faster than it should, or does no more. `rule`: a rule of ours advises it, or people ended
 * what a machine did on its word.
 */
export const orderOccasion = z.enum(["arrival", "sweep", "decision", "standing-decision", "outbreak", "rule"]);
export type OrderOccasion = z.infer<typeof orderOccasion>;

/**
 * `pending`: not acknowledged yet, tried again by itself. `undelivered`: given up, waits for a person. `superseded`: overtaken by a
 * newer order of the same item. `discarded`: a person gave it up for good.
 */
const orderStates = ["pending", "delivered", "undelivered", "superseded", "discarded"] as const;
export const orderState = z.enum(orderStates);
/** Neither has reached its platform yet. */
const waitingStates = ["pending", "undelivered"] as const satisfies readonly z.infer<typeof orderState>[];
export type OrderState = z.infer<typeof orderState>;

/** What a newer order of the same item, account or measure says against an older one. */
export interface IssuedOrder<Action extends AnyOrderAction = OrderAction> {
	readonly action: Action;
	readonly version: number;
	readonly state: OrderState;
}

/** Those of `actions` after which whoever is told may do less than before. */
export const restrictions: readonly AnyOrderAction[] = anyOrderAction.options.filter(isRestriction);

/**
 * An order's state in sight of the newer orders of its item or account: one that waits is superseded where a newer one has been obeyed, or says
 * the opposite. It must not be sent any more.
 */
export function stateAmong(
	order: IssuedOrder<AnyOrderAction>,
	ofSame: readonly IssuedOrder<AnyOrderAction>[],
): OrderState {
	if (!waitingStates.some((one) => one === order.state)) return order.state;
	const isOvertaken = ofSame.some(
		(newer) =>
			newer.version > order.version &&
			(newer.state === "delivered" || opposites[newer.action] !== opposites[order.action]),
	);
	return isOvertaken ? "superseded" : order.state;
}
