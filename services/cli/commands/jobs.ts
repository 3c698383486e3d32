import type { Command } from "commander";
import type { PendingJob } from "../../core/ports/outbox-store.ts";
import { jobNames } from "../../core/wire/jobs.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseCount } from "../parse-options.ts";
import { addVerb, type ChoiceOptions, toFilter, withChoice } from "../stuck-selection.ts";

const reasonHelp = `what is to be done: ${jobNames.join(", ")}`;
const noun = "jobs";

export function addJobCommands(program: Command): void {
	const jobs = program.command("jobs").description("What was decided and recorded, and is not carried out yet");
	withChoice(jobs.command("list").description("List jobs that are not done, oldest first"), reasonHelp)
		.option("--limit <n>", "how many at most", parseCount, 50)
		.action(async ({ until = "60s", limit, ...rest }: ChoiceOptions & { readonly limit: number }, command: Command) => {
			const filter = { ...toFilter({ ...rest, until }), limit };
			const found = await withParts(({ stores }) => stores.outbox.list(filter));
			print(command, found, describe);
		})
		.addHelpText("after", "\nWithout --until, those recorded a minute ago or earlier: younger ones are on their way.");
	addVerb(jobs, {
		...{ noun, name: "replay", reasonHelp },
		description: "Hand jobs to the queue again at once; one that it has is not doubled",
		act: ({ stores }, filter, by) => stores.outbox.hasten(filter, by),
	});
	addVerb(jobs, {
		...{ noun, name: "discard", reasonHelp },
		description: "Give jobs up; an order that one would have delivered is discarded with it",
		act: ({ stores }, filter, by) => stores.outbox.discard(filter, by),
	});
}

function describe(jobs: readonly PendingJob[]): string {
	return table(
		["id", "recorded", "handed to the queue"],
		jobs.map(({ jobId, createdAt, enqueuedAt }) => [
			jobId,
			createdAt.toISOString(),
			enqueuedAt === null ? "not yet" : enqueuedAt.toISOString(),
		]),
	);
}
