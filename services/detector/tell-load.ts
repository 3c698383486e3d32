// Tells whoever limits how far things spread, in whatever process, that items wait for their turn at this detector: what is behind the first page of a
// limit can wait, as sweeps do (sweeps/run-sweeps.ts).
import type { OutbreakStore } from "../core/ports/outbreak-store.ts";
import type { Logger } from "../runtime/logger.ts";
import { startLoop } from "../runtime/loop.ts";

export interface TellLoadDeps {
	readonly outbreaks: Pick<OutbreakStore, "holdPages">;
	/** Whether items that arrive are waiting. */
	readonly isBusy: () => Promise<boolean>;
	readonly logger: Pick<Logger, "warn">;
}

const lookEveryMs = 1_000;
/** Said again before it is over. */
const holdsForMs = 5_000;
const backOffMs = 5_000;

export function tellLoad({ outbreaks, isBusy, logger }: TellLoadDeps): AsyncDisposable {
	const loop = startLoop(async () => {
		try {
			if (await isBusy()) await outbreaks.holdPages(holdsForMs);
			return lookEveryMs;
		} catch (error) {
			logger.warn({ event: "load-not-told", err: error });
			return backOffMs;
		}
	});
	return { [Symbol.asyncDispose]: () => loop.stop() };
}
