// Lets go of facts of verdicts, and of what was counted for rules, that are older than they are kept. Detectors do it side by side: each takes rows that no other has.
import type { Clock } from "../core/ports/clock.ts";
import type { FactStore } from "../core/ports/fact-store.ts";
import type { Logger } from "../runtime/logger.ts";
import { startLoop } from "../runtime/loop.ts";

export interface PruneFactsDeps {
	readonly store: Pick<FactStore, "prune">;
	readonly keptMs: () => number;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** So few that the record's own work does not wait, and more in each second than are written at the promised load. */
const rowsPerTurn = 5_000;
const restMs = 60_000;
const betweenMs = 1_000;

export function pruneFacts({ store, keptMs, clock, logger }: PruneFactsDeps): AsyncDisposable {
	const loop = startLoop(async () => {
		try {
			const gone = await store.prune(new Date(clock.now() - keptMs()), rowsPerTurn);
			return gone < rowsPerTurn ? restMs : betweenMs;
		} catch (error) {
			logger.warn({ event: "facts-not-pruned", err: error });
			return restMs;
		}
	});
	return { [Symbol.asyncDispose]: () => loop.stop() };
}
