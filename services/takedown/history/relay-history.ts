// Publishes what is due for the history on its topic, in the order of its numbers. Live work waits for none of it: what cannot be published
// waits in the record.
import { toHistoryEvent } from "../../core/history/history-event.ts";
import type { HistoryStore } from "../../core/ports/history-store.ts";
import type { ItemStream } from "../../core/ports/item-stream.ts";
import { topics } from "../../core/wire/topics.ts";
import type { Logger } from "../../runtime/logger.ts";
import { type Loop, startLoop } from "../../runtime/loop.ts";

const recordsPerRound = 50;
const lookEveryMs = 1_000;
const backOffMs = 5_000;
/** One key is one partition: the order of the numbers is the topic's. */
const key = "history";
const headers = { "content-type": "application/cloudevents+json" };

export function relayHistory(deps: {
	readonly history: Pick<HistoryStore, "relay">;
	readonly stream: Pick<ItemStream, "publish">;
	readonly logger: Pick<Logger, "warn">;
	/** How often it looks; a second, where nothing is said. */
	readonly everyMs?: number;
}): Loop {
	const { history, stream, logger, everyMs = lookEveryMs } = deps;
	let isBehind = false;
	return startLoop(async () => {
		try {
			const relayed = await history.relay(recordsPerRound, (due) =>
				stream.publish(
					topics.history,
					due.map((one) => ({ key, value: Buffer.from(JSON.stringify(toHistoryEvent(one))), headers })),
				),
			);
			isBehind = false;
			return relayed === recordsPerRound ? 0 : everyMs;
		} catch (error) {
			if (!isBehind) logger.warn({ event: "history-not-published", err: error });
			isBehind = true;
			return backOffMs;
		}
	});
}
