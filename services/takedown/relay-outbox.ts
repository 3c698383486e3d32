// Moves what must happen next from the record to the queue, and again whatever was enqueued but not done within its time: the
// queue may have been wiped.
import type { Clock } from "../core/ports/clock.ts";
import type { JobQueue } from "../core/ports/job-queue.ts";
import type { OutboxRow, OutboxStore } from "../core/ports/outbox-store.ts";
import type { Logger } from "../runtime/logger.ts";
import { startLoop } from "../runtime/loop.ts";

export interface RelayOutboxDeps {
	readonly outbox: OutboxStore;
	readonly queue: Pick<JobQueue, "add">;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Age at which an enqueued row that nobody acknowledged is enqueued again. */
	readonly reconcileAfterMs: number;
}

const rowsPerMove = 500;
/** Should a notice be lost. */
const pollMs = 250;
const backOffMs = 1_000;

export interface OutboxRelay extends AsyncDisposable {
	readonly isHealthy: () => boolean;
}

export async function relayOutbox(deps: RelayOutboxDeps): Promise<OutboxRelay> {
	let isHealthy = true;
	let reconciledAt = deps.clock.now();
	const enqueue = (rows: readonly OutboxRow[]) =>
		deps.queue.add(rows.map(({ name, jobId, payload }) => ({ name, jobId, payload })));

	const loop = startLoop(async () => {
		try {
			let moved = await deps.outbox.relay(rowsPerMove, enqueue);
			const now = deps.clock.now();
			if (Math.abs(now - reconciledAt) >= deps.reconcileAfterMs / 3) {
				reconciledAt = now;
				const again = await deps.outbox.reconcile(new Date(now - deps.reconcileAfterMs), rowsPerMove, enqueue);
				if (again > 0) deps.logger.warn({ event: "outbox-reconciled", jobs: again });
				moved = Math.max(moved, again);
			}
			isHealthy = true;
			return moved === rowsPerMove ? 0 : pollMs;
		} catch (error) {
			if (isHealthy) deps.logger.warn({ event: "outbox-relay-failed", err: error });
			isHealthy = false;
			return backOffMs;
		}
	});
	const notices = await deps.outbox.onAdded(() => loop.now());
	return {
		isHealthy: () => isHealthy,
		async [Symbol.asyncDispose]() {
			await notices[Symbol.asyncDispose]();
			await loop.stop();
		},
	};
}
