// What a decision does: to each item of a case, to the entries on whose word items were withheld, and who must still agree. The one
// place that says so: the act follows it (act-on-case.ts), and the page foretells with it before anybody confirms.
import type { EntryId, UserId } from "../ids.ts";
import type { ItemState } from "../items/item.ts";
import type { OrderAction } from "../orders/order.ts";
import type { DecisionPolicy } from "../policy/policy.ts";
import type { Tier } from "../policy/verdict.ts";
import type { Decision } from "./case.ts";

/** An entry on whose word alone an item was withheld; still in its bank, and not cleared by people since. */
interface WithheldOn {
	readonly entryId: EntryId;
	/** Its bank was trusted and verified when it matched. */
	readonly isTrusted: boolean;
}

export interface DecidableItem {
	readonly state: ItemState;
	readonly withheldOn: readonly WithheldOn[];
	/** In the order of their versions. */
	readonly orders: readonly { readonly takesBack?: boolean }[];
}

export interface GivenDecision {
	readonly decision: Decision;
	readonly userId: UserId;
}

export interface DecidableCase<Item extends DecidableItem = DecidableItem> {
	readonly tier: Tier;
	readonly items: readonly Item[];
	/** While another person is waited for. */
	readonly firstDecision: GivenDecision | null;
	/** The second person's, where it differs from the first: a lead is waited for. */
	readonly secondDecision: GivenDecision | null;
}

export type PeoplePolicy = Pick<DecisionPolicy, "removalPeople" | "restorePeople">;

/** Whom the case waits for after a decision. */
export const waitsFor = ["nobody", "second-person", "lead"] as const;
export type WaitsFor = (typeof waitsFor)[number];

/** What becomes of an item. */
export const effects = [
	...(["removed", "withheld", "restored", "unlimited"] as const),
	...(["stays-withheld", "stays-limited", "stays-visible", "unchanged"] as const),
] as const;
export type Effect = (typeof effects)[number];

/** The order that brings an effect about; effects without one change nothing at the platform. */
export const orderOf: Partial<Readonly<Record<Effect, OrderAction>>> = {
	removed: "remove",
	withheld: "withhold",
	restored: "restore",
	unlimited: "restore",
};

export interface Consequences<Item extends DecidableItem = DecidableItem> {
	readonly waitsFor: WaitsFor;
	readonly items: readonly { readonly item: Item; readonly effect: Effect }[];
	/** Once the decision is final: what the machine did on an entry's word is undone by people, and that entry asks people first. */
	readonly disputed: readonly EntryId[];
}

export function consequencesOf<Item extends DecidableItem>(
	decision: Decision,
	on: DecidableCase<Item>,
	policy: PeoplePolicy,
): Consequences<Item> {
	const waits = waitsAfter(decision, on, policy);
	const disputed = decision === "restore" ? on.items.flatMap(({ withheldOn }) => withheldOn) : [];
	return {
		waitsFor: waits,
		items: on.items.map((item) => ({ item, effect: effectOn(item, decision, waits) })),
		disputed: [...new Set(disputed.map(({ entryId }) => entryId))],
	};
}

/**
 * People who must agree. Removing takes as many as the policy says for the tier; restoring takes as many as it says where a bank that
 * is trusted here was the ground, and one otherwise.
 */
export function peopleNeeded(decision: Decision, { tier, items }: DecidableCase, policy: PeoplePolicy): number {
	if (decision === "remove") return policy.removalPeople[tier];
	const isOnTrustedWord = items.some(
		({ state, withheldOn }) => state === "withheld" && withheldOn.some(({ isTrusted }) => isTrusted),
	);
	return isOnTrustedWord ? policy.restorePeople[tier] : 1;
}

/** Two who agree are enough; of two who differ neither decides: a lead does, and is then the last. */
function waitsAfter(decision: Decision, on: DecidableCase, policy: PeoplePolicy): WaitsFor {
	if (on.secondDecision !== null) return "nobody";
	if (on.firstDecision !== null) return on.firstDecision.decision === decision ? "nobody" : "lead";
	return peopleNeeded(decision, on, policy) === 1 ? "nobody" : "second-person";
}

function effectOn({ state, orders }: DecidableItem, decision: Decision, waits: WaitsFor): Effect {
	if (state === "removed" || state === "gone") return "unchanged";
	// What people restored before stays as they left it; where they only took a removal back, they decide anew.
	if (state === "restored" && orders.at(-1)?.takesBack !== true) return "stays-visible";
	if (waits === "nobody") {
		if (decision === "remove") return "removed";
		if (state === "limited") return "unlimited";
		return state === "withheld" ? "restored" : "stays-visible";
	}
	if (state === "withheld") return "stays-withheld";
	// Whoever is first to say remove has what is visible hidden, until another person has looked.
	if (decision === "remove" && waits === "second-person") return "withheld";
	return state === "limited" ? "stays-limited" : "stays-visible";
}

/** `restore` on a case of which nothing is withheld or limited changes nothing at the platform: it is called leaving up. */
export function isLeavingUp(items: readonly { readonly state: ItemState | null }[]): boolean {
	return items.every(({ state }) => state !== "withheld" && state !== "limited");
}
