// `breakwater bank quarantine` and `breakwater bank judge`: entries that suddenly matched much, and what a person concludes of them.
import type { Command } from "commander";
import { entryJudgement, entryJudgements } from "../../../core/banks/entry-judgement.ts";
import { entryId } from "../../../core/ids.ts";
import { sentence } from "../../../words/statement.ts";
import { english } from "../../../words/statements.en.ts";
import { withParts } from "../../lazy-compose.ts";
import { operatorName, withBy } from "../../operator-name.ts";
import { print, table } from "../../output.ts";
import { UsageError } from "../../parse-options.ts";
import { parseId, unknownId } from "../../unknown-id.ts";

const listed = { what: "entry", list: "bank quarantine" };

export function addQuarantineCommands(bank: Command): void {
	bank
		.command("quarantine")
		.description("List entries that suddenly matched much: their matches go to people until someone has looked")
		.action(async (_options: unknown, command: Command) => {
			const found = await withParts(({ stores, clock }) =>
				stores.entryWatch.listQuarantined(new Date(clock.now()), 200),
			);
			print(command, found, (all) =>
				table(
					["entry", "bank", "type", "since", "open cases", "why"],
					all.map((one) => [
						one.id,
						one.bankName,
						one.hashType,
						one.at.toISOString(),
						one.openCases,
						sentence(english, one.reason),
					]),
				),
			);
		});
	withBy(bank.command("judge"))
		.description("Write what people conclude of an entry to it, as the opinion of `here`; ends its quarantine")
		.argument("<entry>", "its id")
		.argument(
			"<judgement>",
			`${entryJudgements.join(", ")}: it is what the bank says; people look at each match; it matches nothing`,
		)
		.requiredOption("--why <reason>", "kept with the entry")
		.action(
			async (
				id: string,
				judgement: string,
				options: { readonly why: string; readonly by?: string },
				command: Command,
			) => {
				const conclusion = entryJudgement.safeParse(judgement);
				if (!conclusion.success)
					throw new UsageError(`there is no judgement ${judgement}; there are: ${entryJudgements.join(", ")}`);
				const entry = parseId(entryId, id, listed);
				await withParts(async ({ stores, clock }) => {
					const person = { by: operatorName(options), why: options.why, at: new Date(clock.now()) };
					if (!(await stores.entryWatch.judge(entry, conclusion.data, person))) throw unknownId(listed, id);
				});
				print(command, { id, judgement }, (one) => `entry ${one.id}: ${one.judgement}`);
			},
		);
}
