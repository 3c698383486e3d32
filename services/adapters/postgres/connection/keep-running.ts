// A server that has ended though nobody here told it to (killed, or out of memory) is started again by whoever owns it.
import type { Logger } from "../../../runtime/logger.ts";
import { startLoop } from "../../../runtime/loop.ts";

const lookEveryMs = 1_000;

/** Until it is disposed; what is being started then is waited for. */
export function keepRunning(options: {
	readonly isRunning: () => Promise<boolean>;
	readonly start: () => Promise<void>;
	/** Where the server says why it ended. */
	readonly log: string;
	readonly logger: Logger;
}): AsyncDisposable {
	const { isRunning, start, log, logger } = options;
	const loop = startLoop(async () => {
		if (await isRunning()) return lookEveryMs;
		try {
			await start();
			logger.warn({ event: "embedded-postgres-restarted", log });
		} catch (error) {
			logger.warn({ event: "embedded-postgres-not-restarted", log, err: error });
		}
		return lookEveryMs;
	});
	return { [Symbol.asyncDispose]: () => loop.stop() };
}
