// Holds three ledgers against each other: what was sent, what the record says, what the platform was told. Pure: whoever calls it
// has read them. Strict where the promise is soft: a well-formed item that was parked counts as lost.

export type Expected =
	/** Nobody is told anything. */
	| "clear"
	/** One order, one case. */
	| "withheld"
	/** Could not be examined: a case, and no order. */
	| "people"
	/** Cannot be read: a dead letter with a reason. */
	| "parked";

export interface SentItem {
	readonly eventId: string;
	readonly subject: string;
	readonly expected: Expected;
	readonly eventTimeMs: number;
	readonly firstSentAtMs: number;
	/** Of the last copy; null where nobody has taken it. */
	readonly acknowledgedAtMs: number | null;
	/** How often it was handed over: a sender who hears nothing sends again. */
	readonly handovers: number;
}

export interface RecordedOrder {
	readonly id: string;
	readonly action: string;
	readonly version: number;
	readonly state: string;
}

export interface RecordedItem {
	readonly eventId: string;
	readonly subject: string;
	readonly action: string;
	readonly isIncomplete: boolean;
	readonly eventTimeMs: number | null;
	readonly receivedAtMs: number;
	readonly caseIds: readonly string[];
	readonly orders: readonly RecordedOrder[];
}

export interface ToldOrder {
	readonly orderId: string;
	readonly subject: string;
	readonly action: string;
	readonly version: number;
	/** Different contents that came under this id; more than one is a fault. */
	readonly variants: number;
}

export interface Ledgers {
	readonly sent: readonly SentItem[];
	readonly recorded: readonly RecordedItem[];
	/** Keys of parked records. */
	readonly parked: readonly { readonly subject: string; readonly reason: string }[];
	readonly told: readonly ToldOrder[];
	/** Jobs that must still happen. */
	readonly outbox: number;
}

export interface Finding {
	/** `untaken`: its sender was never answered, so nobody has promised anything yet. */
	readonly kind: "lost" | "doubled" | "wrong" | "untaken";
	readonly what: string;
	/** The platform's own id; null for what concerns no item. */
	readonly subject: string | null;
}

/** Between clocks of one machine, and what is rounded to milliseconds on the way. */
const clockToleranceMs = 1_500;

export function reconcile(ledgers: Ledgers): readonly Finding[] {
	const recorded = groupBy(ledgers.recorded, ({ eventId }) => eventId);
	const parked = groupBy(ledgers.parked, ({ subject }) => subject);
	const told = groupBy(ledgers.told, ({ subject }) => subject);
	const asked = new Set(ledgers.sent.map(({ subject }) => subject));
	return [
		...ledgers.sent.flatMap((sent) =>
			checkItem(sent, {
				recorded: recorded.get(sent.eventId) ?? [],
				parked: parked.get(sent.subject) ?? [],
				told: told.get(sent.subject) ?? [],
			}),
		),
		...ledgers.recorded.filter(({ subject }) => !asked.has(subject)).map(wrong("an item that nobody sent")),
		...ledgers.told.filter(({ subject }) => !asked.has(subject)).map(wrong("an order for an item that nobody sent")),
		...(ledgers.outbox > 0
			? [{ kind: "lost", what: `${ledgers.outbox} jobs never carried out`, subject: null } as const]
			: []),
	];
}

interface Traces {
	readonly recorded: readonly RecordedItem[];
	readonly parked: Ledgers["parked"];
	readonly told: readonly ToldOrder[];
}

function checkItem(sent: SentItem, { recorded, parked, told }: Traces): readonly Finding[] {
	const { subject, expected } = sent;
	const find = (kind: Finding["kind"], what: string): Finding => ({ kind, what, subject });
	if (sent.acknowledgedAtMs === null) return [find("untaken", "never acknowledged to its sender")];
	const [item, ...others] = recorded;
	if (expected === "parked") {
		return [
			...(item === undefined ? [] : [find("wrong", "settled though it cannot be read")]),
			...(parked.length === 0 ? [find("lost", "neither settled nor parked")] : []),
			...(parked.length > sent.handovers ? [find("doubled", "parked more often than it was sent")] : []),
		];
	}
	if (item === undefined)
		return [find("lost", parked[0] === undefined ? "no verdict" : `parked as ${parked[0].reason}, without a verdict`)];
	return [
		...(others.length > 0 ? [find("doubled", "several verdicts")] : []),
		...(parked.length > 0 ? [find("doubled", "both settled and parked")] : []),
		...checkClocks(sent, item).map((what) => find("wrong", what)),
		...checkCase(expected, item).map(([kind, what]) => find(kind, what)),
		...checkOrders(expected, item, told).map(([kind, what]) => find(kind, what)),
	];
}

function checkClocks(sent: SentItem, item: RecordedItem): readonly string[] {
	const isReceivedInTime =
		item.receivedAtMs >= sent.firstSentAtMs - clockToleranceMs &&
		item.receivedAtMs <= (sent.acknowledgedAtMs ?? 0) + clockToleranceMs;
	return [
		...(item.eventTimeMs === sent.eventTimeMs ? [] : ["the event's own time changed"]),
		...(isReceivedInTime ? [] : ["received before it was sent, or after it was acknowledged"]),
	];
}

type Kind = Finding["kind"];

function checkCase(expected: Expected, item: RecordedItem): readonly (readonly [Kind, string])[] {
	if (item.caseIds.length > 1) return [["doubled", "in several cases"]];
	const isPresent = item.caseIds.length === 1;
	if (expected === "clear") return isPresent ? [["wrong", "a case although nothing was found"]] : [];
	return [
		...(isPresent ? [] : [["lost", "no case"] as const]),
		...(expected === "people" && !item.isIncomplete ? [["wrong", "not marked as incomplete"] as const] : []),
	];
}

function checkOrders(
	expected: Expected,
	{ action, orders }: RecordedItem,
	told: readonly ToldOrder[],
): readonly (readonly [Kind, string])[] {
	if (expected !== "withheld") {
		const isQuiet = action !== "withhold" && orders.length === 0 && told.length === 0;
		return isQuiet ? [] : [["wrong", "ordered although nothing is known of it"]];
	}
	if (action !== "withhold") return [["lost", `not withheld but ${action}`]];
	const [order] = orders;
	if (order === undefined) return [["lost", "withheld without an order"]];
	const [first] = told;
	const isSame = first === undefined || (first.orderId === order.id && first.version === order.version);
	return [
		...(orders.length > 1 ? [["doubled", "several orders"] as const] : []),
		...(order.state === "delivered" ? [] : [["lost", `its order is ${order.state}`] as const]),
		...(first === undefined ? [["lost", "its order never came to the platform"] as const] : []),
		...(new Set(told.map(({ orderId }) => orderId)).size > 1
			? [["doubled", "the platform knows several order ids"] as const]
			: []),
		...(isSame ? [] : [["wrong", "the platform was told another order than the record's"] as const]),
		...(told.some(({ variants }) => variants > 1) ? [["wrong", "one order id with different contents"] as const] : []),
	];
}

const wrong =
	(what: string) =>
	({ subject }: { readonly subject: string }): Finding => ({ kind: "wrong", what, subject });

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) {
		const group = groups.get(keyOf(row));
		if (group === undefined) groups.set(keyOf(row), [row]);
		else group.push(row);
	}
	return groups;
}

/** What a system that is still at work may yet put right. */
export function isUnfinished({ kind }: Finding): boolean {
	return kind === "lost" || kind === "untaken";
}

/** One line for each sort of finding, with its number and an example. */
export function describeFindings(findings: readonly Finding[]): readonly string[] {
	const sorts = groupBy(findings, ({ kind, what }) => `${kind}: ${what}`);
	return [...sorts].map(([sort, [first, ...more]]) => {
		const example = first?.subject ?? null;
		return `${sort}${example === null ? "" : ` (${example}${more.length > 0 ? `, and ${more.length} more` : ""})`}`;
	});
}
