import type { Command } from "commander";
import type { PendingOrder } from "../../core/ports/order-store.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseTime, timeHelp } from "../parse-time.ts";

export function addOrderCommands(program: Command): void {
	const orders = program.command("orders").description("Orders that platforms did not acknowledge");
	orders
		.command("undelivered")
		.description("List orders given up until replayed")
		.option("--limit <n>", "how many at most", "50")
		.action(async (options: { readonly limit: string }, command: Command) => {
			const found = await withParts(({ stores }) => stores.orders.listUndelivered(Number(options.limit)));
			const rows = found.map(({ message, attempts }) => ({
				id: message.orderId,
				action: message.action,
				attempts,
				issuedAt: message.issuedAt,
			}));
			print(command, rows, (all) =>
				table(
					["id", "action", "attempts", "issued"],
					all.map((one) => [one.id, one.action, one.attempts, one.issuedAt]),
				),
			);
		});
	orders
		.command("replay")
		.description("Send undelivered orders again, under the ids they have: all, some, or those of a time")
		.argument("[id...]")
		.option("--since <time>", `issued since: ${timeHelp}`)
		.option("--until <time>", "issued before")
		.action(async (ids: string[], options: { since?: string; until?: string }, command: Command) => {
			const now = Date.now();
			const since = options.since === undefined ? null : parseTime(options.since, now);
			const until = options.until === undefined ? null : parseTime(options.until, now);
			const isMeant = ({ message: { orderId, issuedAt } }: PendingOrder) =>
				(ids.length === 0 || ids.includes(orderId)) &&
				(since === null || new Date(issuedAt) >= since) &&
				(until === null || new Date(issuedAt) < until);
			const replayed = await withParts(async ({ stores }) => {
				const found = await stores.orders.listUndelivered(10_000);
				return stores.orders.replay(found.filter(isMeant).map(({ message }) => message.orderId));
			});
			print(command, { replayed }, () => `${replayed} orders will be sent again`);
		});
}
