// Ends the silences whose time has come: whoever was not told meanwhile is told then.
import type { Clock } from "../core/ports/clock.ts";
import type { SilenceStore } from "../core/ports/silence-store.ts";
import type { Logger } from "../runtime/logger.ts";
import { type Loop, startLoop } from "../runtime/loop.ts";

const everyMs = 1_000;
const backOffMs = 5_000;

export function endSilences(deps: {
	readonly silences: Pick<SilenceStore, "endDue">;
	readonly clock: Clock;
	readonly logger: Pick<Logger, "warn">;
}): Loop {
	const { silences, clock, logger } = deps;
	return startLoop(async () => {
		try {
			return (await silences.endDue(new Date(clock.now()))) === 0 ? everyMs : 0;
		} catch (error) {
			logger.warn({ event: "silences-not-ended", err: error });
			return backOffMs;
		}
	});
}
