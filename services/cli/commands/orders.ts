import type { Command } from "commander";
import { orderId } from "../../core/ids.ts";
import type { PendingOrder } from "../../core/ports/order-store.ts";
import type { AnyOrderMessage } from "../../core/wire/account-order.ts";
import { addStuckCommands, type StuckCommands } from "../stuck-commands.ts";

const stateWords: Readonly<Record<string, string>> = { pending: "tried again", undelivered: "given up" };

const orders: StuckCommands<PendingOrder> = {
	...{ command: "orders", kind: "order", what: "order", many: "orders", list: "orders list" },
	description: "Orders that platforms did not acknowledge",
	reasonHelp: "what the last attempt came to: status-410, timeout…",
	listDescription:
		"List orders that were not acknowledged: waiting for more than 5 seconds, tried again by themselves, or given up until replayed; oldest first",
	alias: "undelivered",
	find: ({ stores }, filter) => stores.orders.listOutstanding(filter),
	idOf: ({ message }) => message.orderId,
	columns: ["id", "platform", "action", "state", "attempts", "last error", "case", "issued"],
	toRow: ({ message, platformName, state, lastReason, attempts, caseId }) => [
		...[message.orderId, platformName, message.action],
		...[state === "pending" && attempts === 0 ? "waits" : (stateWords[state] ?? state), attempts, lastReason, caseId],
		message.issuedAt,
	],
	toJson: ({ message, platformName, state, attempts, lastReason, caseId }) => ({
		...{ id: message.orderId, platform: platformName, action: message.action, state, reason: lastReason, attempts },
		...{ issuedAt: message.issuedAt, caseId },
	}),
	async show({ stores }, id) {
		const parsed = orderId.safeParse(id);
		const found = parsed.success ? await stores.orders.find(parsed.data) : null;
		if (found === null) return null;
		const { message, platformName, state, attempts, lastReason, caseId, eventAt, receivedAt, decidedBy } = found;
		return {
			...{ id, action: message.action, version: message.version, state, attempts, reason: lastReason },
			...{ platform: platformName, caseId, decidedBy, ...subjectOf(message) },
			...{ issuedAt: message.issuedAt, eventAt, receivedAt },
		};
	},
	replay: {
		description: "Send undelivered orders again, under the ids they have",
		act: ({ stores }, filter, by) => stores.orders.replay(filter, by),
	},
	discard: {
		description: "Give undelivered orders up for good, with a reason",
		act: ({ stores }, filter, by) => stores.orders.discard(filter, by),
	},
};

/** The item that the order is about, or the account. */
function subjectOf(message: AnyOrderMessage) {
	if (message.type === "breakwater.account-order.v1")
		return { accountId: message.accountId, recommendations: message.recommendations };
	const { itemId, subject, reason } = message;
	const measure = message.type === "breakwater.measure-order.v1" ? message : null;
	return {
		...(measure === null ? {} : { label: measure.label, accountId: measure.accountId }),
		...{ itemId, subject, occasion: reason.occasion, tier: reason.tier, category: reason.category },
	};
}

export function addOrderCommands(program: Command): void {
	addStuckCommands(program, orders);
}
