import type { Command } from "commander";
import type { PendingJob } from "../../core/ports/outbox-store.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";

const atOnce = 10_000;

interface AgeOption {
	readonly olderThan: string;
}

export function addJobCommands(program: Command): void {
	const jobs = program.command("jobs").description("What was decided and recorded, and is not carried out yet");
	jobs
		.command("list")
		.description("List jobs that are not done, oldest first")
		.option("--older-than <seconds>", "recorded at least so long ago", "60")
		.option("--limit <n>", "how many at most", "50")
		.action(async ({ olderThan, limit }: AgeOption & { readonly limit: string }, command: Command) => {
			const found = await withParts(({ stores }) => stores.outbox.list(parseSeconds(olderThan), Number(limit)));
			print(command, found, describe);
		});
	jobs
		.command("replay")
		.description(
			"Hand jobs to the queue again at once: some by id, or all that are old; one that the queue has is not doubled",
		)
		.argument("[id...]")
		.option("--older-than <seconds>", "all recorded at least so long ago", "60")
		.action(async (ids: string[], { olderThan }: AgeOption, command: Command) => {
			const replayed = await withParts(async ({ stores: { outbox } }) => {
				if (ids.length > 0) return outbox.hasten(ids);
				const found = await outbox.list(parseSeconds(olderThan), atOnce);
				return outbox.hasten(found.map(({ jobId }) => jobId));
			});
			print(command, { replayed }, () => `${replayed} jobs go to the queue again`);
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

function parseSeconds(text: string): number {
	const seconds = Number(text);
	if (!Number.isFinite(seconds) || seconds < 0) throw new Error(`--older-than: ${text} is not a number of seconds`);
	return seconds * 1_000;
}
