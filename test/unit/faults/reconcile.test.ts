import { describe, expect, test } from "@jest/globals";
import {
	describeFindings,
	type Expected,
	type Ledgers,
	type RecordedItem,
	reconcile,
	type SentItem,
	type ToldOrder,
} from "../../faults/reconcile.ts";

const sentAtMs = 1_000_000;
function sent(expected: Expected, changes: Partial<SentItem> = {}): SentItem {
	return {
		...{ eventId: "run-1", subject: "post/run-1", expected, eventTimeMs: sentAtMs },
		...{ firstSentAtMs: sentAtMs, acknowledgedAtMs: sentAtMs + 20, handovers: 1 },
		...changes,
	};
}
function recorded(changes: Partial<RecordedItem> = {}): RecordedItem {
	return {
		...{ eventId: "run-1", subject: "post/run-1", action: "withhold", isIncomplete: false },
		...{ eventTimeMs: sentAtMs, receivedAtMs: sentAtMs + 10, caseIds: ["case-1"] },
		orders: [{ id: "order-1", action: "withhold", version: 1, state: "delivered" }],
		...changes,
	};
}
function told(changes: Partial<ToldOrder> = {}): ToldOrder {
	return { orderId: "order-1", subject: "post/run-1", action: "withhold", version: 1, variants: 1, ...changes };
}
const clear = recorded({ action: "none", caseIds: [], orders: [] });

function find(changes: Partial<Ledgers>): readonly string[] {
	const ledgers = { sent: [], recorded: [], parked: [], told: [], outbox: 0, ...changes };
	return reconcile(ledgers).map(({ kind, what }) => `${kind}: ${what}`);
}

describe("nothing is found where all ledgers agree", () => {
	test.each<[string, Partial<Ledgers>]>([
		[
			"a planted copy with its case and its order",
			{ sent: [sent("withheld")], recorded: [recorded()], told: [told()] },
		],
		["an ordinary post of which nobody hears", { sent: [sent("clear")], recorded: [clear] }],
		[
			"a picture that people must look at",
			{ sent: [sent("people")], recorded: [recorded({ action: "review", isIncomplete: true, orders: [] })] },
		],
		[
			"an unreadable record, sent twice and parked twice",
			{
				sent: [sent("parked", { handovers: 2 })],
				parked: [
					{ subject: "post/run-1", reason: "malformed-json" },
					{ subject: "post/run-1", reason: "malformed-json" },
				],
			},
		],
	])("%s", (_what, ledgers) => {
		expect(find(ledgers)).toEqual([]);
	});
});

describe("what is lost is found", () => {
	const good: Partial<Ledgers> = { sent: [sent("withheld")], recorded: [recorded()], told: [told()] };
	const order = recorded().orders[0] ?? { id: "", action: "", version: 1, state: "" };
	test.each<[string, Partial<Ledgers>, string]>([
		["an item without a verdict", { recorded: [], told: [] }, "lost: no verdict"],
		[
			"a well-formed item that was parked",
			{ recorded: [], told: [], parked: [{ subject: "post/run-1", reason: "retries-exhausted" }] },
			"lost: parked as retries-exhausted, without a verdict",
		],
		["a missing case", { recorded: [recorded({ caseIds: [] })] }, "lost: no case"],
		["an order that never came", { told: [] }, "lost: its order never came to the platform"],
		[
			"an order that was given up",
			{ recorded: [recorded({ orders: [{ ...order, state: "undelivered" }] })] },
			"lost: its order is undelivered",
		],
		[
			"a known picture that was left to people",
			{ recorded: [recorded({ action: "review", orders: [] })], told: [] },
			"lost: not withheld but review",
		],
		["a job that nobody carried out", { outbox: 2 }, "lost: 2 jobs never carried out"],
		[
			"an unreadable record of which nothing is left",
			{ sent: [sent("parked")], recorded: [], told: [] },
			"lost: neither settled nor parked",
		],
	])("%s", (_what, changes, finding) => {
		expect(find({ ...good, ...changes })).toContain(finding);
	});
});

describe("what happened twice is found", () => {
	const good: Partial<Ledgers> = { sent: [sent("withheld")], recorded: [recorded()], told: [told()] };
	const order = recorded().orders[0] ?? { id: "", action: "", version: 1, state: "" };
	test.each<[string, Partial<Ledgers>, string]>([
		["two verdicts", { recorded: [recorded(), recorded()] }, "doubled: several verdicts"],
		["two cases", { recorded: [recorded({ caseIds: ["a", "b"] })] }, "doubled: in several cases"],
		["two orders", { recorded: [recorded({ orders: [order, { ...order, id: "2" }] })] }, "doubled: several orders"],
		[
			"one order under two ids",
			{ told: [told(), told({ orderId: "order-2" })] },
			"doubled: the platform knows several order ids",
		],
		[
			"settled and parked",
			{ parked: [{ subject: "post/run-1", reason: "retries-exhausted" }] },
			"doubled: both settled and parked",
		],
	])("%s", (_what, changes, finding) => {
		expect(find({ ...good, ...changes })).toContain(finding);
	});
});

describe("what is wrong in itself is found", () => {
	test.each<[string, Partial<Ledgers>, string]>([
		[
			"another version than the record's",
			{ sent: [sent("withheld")], recorded: [recorded()], told: [told({ version: 2 })] },
			"wrong: the platform was told another order than the record's",
		],
		[
			"one id with two contents",
			{ sent: [sent("withheld")], recorded: [recorded()], told: [told({ variants: 2 })] },
			"wrong: one order id with different contents",
		],
		[
			"an ordinary post that was withheld",
			{ sent: [sent("clear")], recorded: [recorded()], told: [told()] },
			"wrong: ordered although nothing is known of it",
		],
		[
			"an order for what nobody sent",
			{ told: [told({ subject: "post/other" })] },
			"wrong: an order for an item that nobody sent",
		],
		["an item that nobody sent", { recorded: [clear] }, "wrong: an item that nobody sent"],
		[
			"an item that nobody took",
			{ sent: [sent("clear", { acknowledgedAtMs: null })] },
			"untaken: never acknowledged to its sender",
		],
		[
			"an event's time that changed",
			{ sent: [sent("clear")], recorded: [{ ...clear, eventTimeMs: sentAtMs + 1 }] },
			"wrong: the event's own time changed",
		],
		[
			"a time of receipt from another hour",
			{ sent: [sent("clear")], recorded: [{ ...clear, receivedAtMs: sentAtMs + 3_600_000 }] },
			"wrong: received before it was sent, or after it was acknowledged",
		],
	])("%s", (_what, ledgers, finding) => {
		expect(find(ledgers)).toContain(finding);
	});
});

test("findings of one sort are one line, with an example and their number", () => {
	const items = ["1", "2", "3"].map((id) => sent("clear", { eventId: id, subject: `post/${id}` }));
	const findings = reconcile({ sent: items, recorded: [], parked: [], told: [], outbox: 0 });
	expect(describeFindings(findings)).toEqual(["lost: no verdict (post/1, and 2 more)"]);
});
