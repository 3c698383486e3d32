import type { Command } from "commander";
import type { PendingJob } from "../../core/ports/outbox-store.ts";
import { jobNames } from "../../core/wire/jobs.ts";
import { UsageError } from "../parse-options.ts";
import { addStuckCommands, type StuckCommands } from "../stuck-commands.ts";

const jobs: StuckCommands<PendingJob> = {
	...{ command: "jobs", kind: "job", what: "job", many: "jobs", list: "jobs list" },
	description: "What was decided and recorded, and is not carried out yet",
	reasonHelp: `what is to be done: ${jobNames.join(", ")}`,
	checkReason(text) {
		if (!jobNames.some((one) => one === text))
			throw new UsageError(`there is no job of the name ${text}; there are: ${jobNames.join(", ")}`);
	},
	listDescription: "List jobs that are not done, oldest first",
	listHelp: "\nWithout --until, those recorded 5 seconds ago or earlier: younger ones are on their way.",
	until: "5s",
	find: ({ stores }, filter) => stores.outbox.list(filter),
	idOf: ({ jobId }) => jobId,
	columns: ["id", "platform", "attempts", "last error", "case", "recorded", "handed to the queue"],
	toRow: ({ jobId, platformName, attempts, lastReason, caseId, createdAt, enqueuedAt }) => [
		...[jobId, platformName, attempts, lastReason, caseId],
		...[createdAt.toISOString(), enqueuedAt?.toISOString() ?? "not yet"],
	],
	toJson: (job) => job,
	/** A job that is done leaves no row behind; what people did to it stays. */
	async show({ stores }, id) {
		const [job] = await stores.outbox.list({ ids: [id], limit: 1 });
		return job ?? null;
	},
	replay: {
		description: "Hand jobs to the queue again at once; one that it has is not doubled",
		act: ({ stores }, filter, by) => stores.outbox.hasten(filter, by),
	},
	discard: {
		description: "Give jobs up; an order that one would have delivered is discarded with it",
		act: ({ stores }, filter, by) => stores.outbox.discard(filter, by),
	},
};

export function addJobCommands(program: Command): void {
	addStuckCommands(program, jobs);
}
