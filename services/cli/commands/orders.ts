import type { Command } from "commander";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseCount } from "../parse-options.ts";
import { addVerb, type ChoiceOptions, toFilter, withChoice } from "../stuck-selection.ts";

const reasonHelp = "what the last attempt came to: status-410, timeout…";
const noun = "orders";

export function addOrderCommands(program: Command): void {
	const orders = program.command("orders").description("Orders that platforms did not acknowledge");
	withChoice(
		orders.command("list").alias("undelivered").description("List orders given up until replayed, oldest first"),
		reasonHelp,
	)
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async (options: ChoiceOptions & { readonly limit: number }, command: Command) => {
			const filter = { ...toFilter(options), limit: options.limit };
			const found = await withParts(({ stores }) => stores.orders.listUndelivered(filter));
			const rows = found.map(({ message, attempts, lastReason, caseId }) => ({
				id: message.orderId,
				action: message.action,
				reason: lastReason,
				attempts,
				issuedAt: message.issuedAt,
				caseId,
			}));
			print(command, rows, (all) =>
				table(
					["id", "action", "reason", "attempts", "issued"],
					all.map((one) => [one.id, one.action, one.reason, one.attempts, one.issuedAt]),
				),
			);
		});
	addVerb(orders, {
		...{ noun, name: "replay", reasonHelp },
		description: "Send undelivered orders again, under the ids they have",
		act: ({ stores }, filter, by) => stores.orders.replay(filter, by),
	});
	addVerb(orders, {
		...{ noun, name: "discard", reasonHelp },
		description: "Give undelivered orders up for good, with a reason",
		act: ({ stores }, filter, by) => stores.orders.discard(filter, by),
	});
}
