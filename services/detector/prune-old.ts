// Lets go of rows that are older than they are kept: facts of verdicts, what was counted for rules, packed hashes, messages of conversations, items of outbreaks. Detectors do it side by side: each takes rows that no other has.
import type { Clock } from "../core/ports/clock.ts";
import type { Logger } from "../runtime/logger.ts";
import { startLoop } from "../runtime/loop.ts";

export interface PruneOldDeps {
	/** What the rows are, for the log. */
	readonly what: string;
	/** Lets go of what came before, at most so many; answers how many that were. */
	readonly prune: (before: Date, limit: number) => Promise<number>;
	readonly keptMs: () => number;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** So few that the record's own work does not wait, and more in each second than are written at the promised load. */
const rowsPerTurn = 5_000;
const restMs = 60_000;
const betweenMs = 1_000;

export function pruneOld({ what, prune, keptMs, clock, logger }: PruneOldDeps): AsyncDisposable {
	const loop = startLoop(async () => {
		try {
			const gone = await prune(new Date(clock.now() - keptMs()), rowsPerTurn);
			return gone < rowsPerTurn ? restMs : betweenMs;
		} catch (error) {
			logger.warn({ event: "old-rows-not-pruned", what, err: error });
			return restMs;
		}
	});
	return { [Symbol.asyncDispose]: () => loop.stop() };
}
