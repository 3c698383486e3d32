import type { Command } from "commander";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";

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
		.description("Send all undelivered orders again, under the ids they have")
		.action(async (_options: unknown, command: Command) => {
			const replayed = await withParts(async ({ stores }) => {
				const found = await stores.orders.listUndelivered(10_000);
				return stores.orders.replay(found.map(({ message }) => message.orderId));
			});
			print(command, { replayed }, () => `${replayed} orders will be sent again`);
		});
}
