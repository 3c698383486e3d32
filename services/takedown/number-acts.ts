// Numbers what anybody did, within a second of its commit; whoever reads the log does the same, and waits for nobody.
import type { ActLog } from "../core/ports/act-log.ts";
import type { Logger } from "../runtime/logger.ts";
import { type Loop, startLoop } from "../runtime/loop.ts";

const everyMs = 1_000;
const backOffMs = 5_000;

export function numberActs(deps: {
	readonly acts: Pick<ActLog, "number">;
	readonly logger: Pick<Logger, "warn">;
}): Loop {
	return startLoop(async () => {
		try {
			await deps.acts.number();
			return everyMs;
		} catch (error) {
			deps.logger.warn({ event: "acts-not-numbered", err: error });
			return backOffMs;
		}
	});
}
