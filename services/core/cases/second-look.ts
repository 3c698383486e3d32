// The second look is a person's own: what the first one decided, and why, is kept from everybody else until they have decided, too. So is
// what follows from it: a first removal hides what is visible, which a first restoring does not. Here a case is seen as it was before.
// A decision that is appealed is kept in the same way from those who are asked whether it stands.
import type { UserId } from "../ids.ts";
import { isVisible } from "../items/item.ts";
import type { CaseDetail, CaseEventRecord, CaseItem } from "../ports/case-store.ts";
import { type AppealedDecision, type CaseEventKind, type CaseSnapshot, isUndecided } from "./case.ts";
import { stateAfter } from "./undo-decision.ts";

/** Events that say what a person decided, in so many words or by what they ordered. */
export const eventsOfDecisions: readonly CaseEventKind[] = [
	...(["decided", "second-asked", "ordered", "account-ordered", "entry-judged"] as const),
	// Of a decision that is appealed, too, what came of it.
	...(["undone", "reopened", "upheld", "overturned", "reports-answered"] as const),
];

/** Events that say what became of an order. */
export const eventsOfDeliveries: readonly CaseEventKind[] = ["delivered", "undelivered"];

export function isKeptFrom(
	current: Pick<CaseSnapshot, "state" | "firstDecision" | "secondDecision" | "appealed">,
	userId: UserId,
): boolean {
	const { state, firstDecision, secondDecision, appealed } = current;
	if (!isUndecided(state) || secondDecision !== null) return false;
	if (firstDecision !== null) return firstDecision.userId !== userId;
	return appealed !== null && !appealed.by.includes(userId);
}

/**
 * The case without the orders that the decision which is kept led to and what became of them: the waiting first one, or of a case under
 * appeal whatever people ordered. Events are numbered anew: a gap would
 * tell that there were any. That somebody decided stays among them; what, is left to whoever shows it.
 */
export function beforeFirstDecision(detail: CaseDetail): CaseDetail {
	const kept =
		detail.snapshot.appealed === null ? ordersOfFirst(detail) : ordersOfPeople(detail, detail.snapshot.appealed);
	const items = detail.items.map((item) => withoutOrders(item, kept));
	const states = new Map(items.map(({ id, state }) => [id, state]));
	const events = detail.events.filter(({ data }) => typeof data.orderId !== "string" || !kept.has(data.orderId));
	const [first] = events;
	return {
		...detail,
		items,
		snapshot: {
			...detail.snapshot,
			items: detail.snapshot.items.map((item) => ({ ...item, state: states.get(item.id) ?? item.state })),
		},
		events: events.map((event, index) => ({ ...event, sequence: (first?.sequence ?? 0) + index })),
	};
}

/** Whether the item's state is what a waiting first decision may have changed: it is shown to nobody else, whatever was decided. */
export function wouldBeTold({ state }: Pick<CaseItem, "state">): boolean {
	return isVisible(state);
}

/** Ordered by whoever gave the decision that waits, since a second person was asked for. */
function ordersOfFirst({ snapshot, events }: CaseDetail): ReadonlySet<string> {
	const asked = events.findLast(({ kind }) => kind === "second-asked")?.sequence ?? Number.POSITIVE_INFINITY;
	const isTheirs = ({ kind, sequence, actor }: CaseEventRecord) =>
		kind === "ordered" &&
		sequence > asked &&
		actor.kind === "person" &&
		actor.userId === snapshot.firstDecision?.userId;
	return new Set(events.filter(isTheirs).map(({ data }) => String(data.orderId)));
}

/** A case shows its newest events only: whatever was ordered since the decision counts, told or not. */
function ordersOfPeople({ items, events }: CaseDetail, { at }: AppealedDecision): ReadonlySet<string> {
	const isOrdered = (kind: string) => kind === "ordered" || kind === "account-ordered";
	const told = events.filter(({ kind, actor }) => isOrdered(kind) && actor.kind === "person");
	const since = items.flatMap(({ orders }) => orders.filter(({ issuedAt }) => issuedAt >= at));
	return new Set([...told.map(({ data }) => String(data.orderId)), ...since.map(({ id }) => id)]);
}

function withoutOrders(item: CaseItem, kept: ReadonlySet<string>): CaseItem {
	const orders = item.orders.filter(({ id }) => !kept.has(id));
	const hidden = item.orders.length - orders.length;
	if (hidden === 0) return item;
	const state = item.state === "gone" ? item.state : stateAfter(orders);
	return { ...item, orders, state, version: item.version - hidden };
}
