// Moves what must happen next from the record to the queue, and again whatever was enqueued but not done within its time: the
// queue may have been wiped.
import type { Clock } from "../core/ports/clock.ts";
import type { JobQueue } from "../core/ports/job-queue.ts";
import type { OutboxRow, OutboxStore } from "../core/ports/outbox-store.ts";
import type { Logger } from "../runtime/logger.ts";
import { startLoop } from "../runtime/loop.ts";

export interface RelayOutboxDeps {
	readonly outbox: Pick<OutboxStore, "relay" | "reconcile" | "onAdded">;
	readonly queue: Pick<JobQueue, "add">;
	readonly clock: Clock;
	readonly logger: Pick<Logger, "info" | "warn" | "debug">;
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
	const { outbox, clock, logger, reconcileAfterMs } = deps;
	let isHealthy = true;
	let reconciledAt = clock.now();
	const enqueue = (rows: readonly OutboxRow[]) =>
		deps.queue.add(rows.map(({ name, jobId, payload }) => ({ name, jobId, payload })));

	/** Rows that wait for their next attempt are among them: the queue knows their jobs and adds nothing. */
	const reconcile = async (): Promise<number> => {
		const now = clock.now();
		// A clock that was set back must not keep it waiting.
		if (Math.abs(now - reconciledAt) < reconcileAfterMs / 3) return 0;
		const again = await outbox.reconcile(reconcileAfterMs, rowsPerMove, enqueue);
		// A wiped queue is filled without a pause.
		if (again < rowsPerMove) reconciledAt = now;
		if (again > 0) logger.debug({ event: "outbox-reconciled", jobs: again });
		return again;
	};

	const loop = startLoop(async () => {
		try {
			const moved = await outbox.relay(rowsPerMove, enqueue);
			const again = await reconcile();
			if (!isHealthy) logger.info({ event: "outbox-relay-resumed" });
			isHealthy = true;
			return moved === rowsPerMove || again === rowsPerMove ? 0 : pollMs;
		} catch (error) {
			if (isHealthy) logger.warn({ event: "outbox-relay-failed", err: error });
			isHealthy = false;
			return backOffMs;
		}
	});
	try {
		const notices = await outbox.onAdded(() => {
			// Notices come in hundreds while the queue is away; the back-off stands.
			if (isHealthy) loop.now();
		});
		return {
			isHealthy: () => isHealthy,
			async [Symbol.asyncDispose]() {
				await notices[Symbol.asyncDispose]();
				await loop.stop();
			},
		};
	} catch (error) {
		await loop.stop();
		throw error;
	}
}
