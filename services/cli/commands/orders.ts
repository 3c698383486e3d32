import type { Command } from "commander";
import { orderId } from "../../core/ids.ts";
import type { PendingOrder } from "../../core/ports/order-store.ts";
import { addStuckCommands, type StuckCommands } from "../stuck-commands.ts";

const orders: StuckCommands<PendingOrder> = {
	...{ command: "orders", what: "order", many: "orders", list: "orders list" },
	description: "Orders that platforms did not acknowledge",
	reasonHelp: "what the last attempt came to: status-410, timeout…",
	listDescription: "List orders given up until replayed, oldest first",
	alias: "undelivered",
	find: ({ stores }, filter) => stores.orders.listUndelivered(filter),
	idOf: ({ message }) => message.orderId,
	columns: ["id", "action", "reason", "attempts", "issued"],
	toRow: ({ message, lastReason, attempts }) => [
		...[message.orderId, message.action, lastReason, attempts],
		message.issuedAt,
	],
	toJson: ({ message, attempts, lastReason, caseId }) => ({
		...{ id: message.orderId, action: message.action, reason: lastReason, attempts },
		...{ issuedAt: message.issuedAt, caseId },
	}),
	async show({ stores }, id) {
		const parsed = orderId.safeParse(id);
		const found = parsed.success ? await stores.orders.find(parsed.data) : null;
		if (found === null) return null;
		const { message, platformId, state, attempts, lastReason, caseId, eventAt, receivedAt } = found;
		const platform = await stores.platforms.find(platformId);
		return {
			...{ id, action: message.action, version: message.version, state, attempts, reason: lastReason },
			...{ platform: platform?.name ?? platformId, itemId: message.itemId, caseId, subject: message.subject },
			...{ decidedBy: message.reason.decidedBy, tier: message.reason.tier, category: message.reason.category },
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

export function addOrderCommands(program: Command): void {
	addStuckCommands(program, orders);
}
