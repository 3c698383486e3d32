import type { Command } from "commander";
import { BreakwaterError } from "../../core/errors.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseCount } from "../parse-options.ts";

export function addActCommands(program: Command): void {
	program
		.command("acts")
		.description("Who replayed or discarded what, and why")
		.command("list")
		.description("List acts on dead letters, jobs and orders, newest first")
		.argument("[id]", "of one dead letter, job or order")
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async (subject: string | undefined, { limit }: { readonly limit: number }, command: Command) => {
			const found = await withParts(({ stores }) => stores.operatorActs.list({ subject, limit }));
			if (subject !== undefined && found.length === 0)
				throw new BreakwaterError("not-found", { detail: `nobody has replayed or discarded ${subject}` });
			print(command, found, (all) =>
				table(
					["at", "by", "act", "what", "why"],
					all.map(({ at, by, act, kind, subject: id, why }) => [at.toISOString(), by, act, `${kind} ${id}`, why]),
				),
			);
		});
}
