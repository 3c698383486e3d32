// One member of a consumer group on the log, and the loops that keep it going.
import { uuidv7 } from "../../../core/ids.ts";
import type { SubscribeOptions, Subscription } from "../../../core/ports/item-stream.ts";
import type { Logger } from "../../../runtime/logger.ts";
import { startLoop } from "../../../runtime/loop.ts";
import type { Database } from "../connection/database.ts";
import { createHeldPartitions, type HeldPartitions } from "./held-partitions.ts";
import { createLeases } from "./stream-leases.ts";
import { trimLog } from "./trim-log.ts";

const shareEveryMs = 1_000;
const commitEveryMs = 100;
const trimEveryMs = 30_000;
/** Should a notice be lost. */
const pollEveryMs = 250;

export async function subscribeToLog(
	database: Database,
	logger: Logger,
	options: SubscribeOptions,
): Promise<Subscription> {
	const leases = createLeases(database, options.group, uuidv7(Date.now()), options.topics);
	const held = createHeldPartitions(database, leases, options);
	await held.share();

	const upkeep = createUpkeep(held, () => trimLog(database, options.topics), logger);
	const keeper = startLoop(upkeep.turn);
	const reader = startLoop(async () => {
		try {
			return (await held.read()) === "more" ? 0 : pollEveryMs;
		} catch (error) {
			logger.debug({ event: "stream-read-failed", err: error });
			return pollEveryMs;
		}
	});
	// It names the topic that was added to; without a name anything may have happened.
	const topics: readonly (string | null)[] = [null, "", ...options.topics];
	const notices = await database.listener.on("stream", (payload) => {
		if (topics.includes(payload)) reader.now();
		if (payload !== "leases") return;
		upkeep.shareNow();
		keeper.now();
	});

	let closing: Promise<void> | null = null;
	const close = async (drainMs: number) => {
		await notices[Symbol.asyncDispose]();
		await reader.stop();
		const deadline = Date.now() + drainMs;
		while (Date.now() < deadline && held.unsettled() > 0) await new Promise((resolve) => setTimeout(resolve, 20));
		await keeper.stop();
		await held.releaseAll().catch((error: unknown) => logger.warn({ event: "stream-leave-failed", err: error }));
	};
	return {
		isConnected: () => upkeep.isHealthy(),
		positions: () => held.positions(),
		close: (drainMs) => {
			closing ??= close(drainMs);
			return closing;
		},
	};
}

/** Commits, shares and trims in turn. A fault is logged once, until a turn succeeds again. */
function createUpkeep(held: HeldPartitions, trim: () => Promise<void>, logger: Logger) {
	let isHealthy = true;
	let sharedAt = Date.now();
	let trimmedAt = Date.now();
	return {
		isHealthy: () => isHealthy,
		shareNow() {
			sharedAt = 0;
		},
		async turn(): Promise<number> {
			const at = Date.now();
			try {
				await held.commit();
				if (at - sharedAt >= shareEveryMs) {
					sharedAt = at;
					await held.share();
				}
				if (at - trimmedAt >= trimEveryMs) {
					trimmedAt = at;
					await trim();
				}
				isHealthy = true;
			} catch (error) {
				if (isHealthy) logger.warn({ event: "stream-lost", err: error });
				isHealthy = false;
			}
			return commitEveryMs;
		},
	};
}
