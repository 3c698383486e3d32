// Sweeps uploads that were left behind, once in a while; several intakes may do so side by side.

import type { Clock } from "../core/ports/clock.ts";
import { type SweepUploadsDeps, sweepUploads, uploadsKeptMs } from "../core/stuck/sweep-uploads.ts";
import type { Events } from "../runtime/events.ts";
import type { Logger } from "../runtime/logger.ts";
import { type Loop, startLoop } from "../runtime/loop.ts";

export interface SweepLoopDeps extends SweepUploadsDeps {
	readonly clock: Clock;
	readonly events: Pick<Events, "uploadsSwept">;
	readonly logger: Logger;
}

const everyMs = 3_600_000;

export function startSweepLoop(deps: SweepLoopDeps): Loop {
	return startLoop(async () => {
		try {
			const before = new Date(deps.clock.now() - uploadsKeptMs);
			deps.events.uploadsSwept({ uploads: await sweepUploads(deps, { before }) });
		} catch (error) {
			deps.logger.warn({ event: "uploads-not-swept", err: error });
		}
		return everyMs;
	});
}

const tidyEveryMs = 10_000;

/** Takes uploads in parts that were complete when intake went, or could not be taken then; deletes those that were never completed. */
export function startTidyLoop({
	uploads,
	logger,
}: Pick<SweepLoopDeps, "logger"> & { readonly uploads: { tidy(): Promise<number> } }): Loop {
	return startLoop(async () => {
		try {
			const gone = await uploads.tidy();
			if (gone > 0) logger.info({ event: "unfinished-uploads-deleted", uploads: gone });
		} catch (error) {
			logger.warn({ event: "uploads-not-tidied", err: error });
		}
		return tidyEveryMs;
	});
}
