// Tells a reporter by webhook that a report came in, or what became of it. What its webhook never takes is theirs to ask for: the API answers.
import type { NoticeId } from "../core/ids.ts";
import { AttemptFailed, type JobContext, RetryLater } from "../core/ports/job-queue.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import type { PlatformClient } from "../core/ports/platform-client.ts";
import type { ReporterStore } from "../core/ports/reporter-store.ts";
import { jobIdOf } from "../core/wire/jobs.ts";
import type { Events } from "../runtime/events.ts";

export interface TellReporterDeps {
	readonly reporters: Pick<ReporterStore, "findNotice" | "settleNotice">;
	readonly client: Pick<PlatformClient, "tell">;
	readonly outbox: Pick<OutboxStore, "acknowledge">;
	readonly events: Pick<Events, "reporterTold">;
}

export function createTellReporter(
	deps: TellReporterDeps,
): (payload: { readonly noticeId: NoticeId }, context: JobContext) => Promise<void> {
	const { reporters, client, outbox, events } = deps;
	return async ({ noticeId: id }, context) => {
		const notice = await reporters.findNotice(id);
		if (notice?.isPending === true) {
			const { webhook, message } = notice;
			const outcome = await client.tell({ webhook }, { id, message }, context.signal);
			if (outcome.kind === "failed" && context.signal.aborted) throw new RetryLater(0);
			const reason = outcome.kind === "delivered" ? null : outcome.reason;
			if (outcome.kind === "failed" && !context.isLastAttempt) {
				await reporters.settleNotice(id, { state: "pending", reason });
				if (outcome.retryAfterMs !== null) throw new RetryLater(outcome.retryAfterMs);
				throw new AttemptFailed(outcome.reason);
			}
			const state = outcome.kind === "delivered" ? "delivered" : "undelivered";
			await reporters.settleNotice(id, { state, reason });
			events.reporterTold({ status: message.status, outcome: state });
		}
		await outbox.acknowledge(jobIdOf("tell", { noticeId: id }));
	};
}
