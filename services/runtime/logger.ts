// Structured logs: one JSON line per event, to standard error so that standard output stays the CLI's. Nothing of the content
// of an item is ever logged: callers pass ids, counts, codes and durations.
import { destination, type Logger as PinoLogger, pino, stdTimeFunctions } from "pino";

export type Logger = Pick<PinoLogger, "debug" | "info" | "warn" | "error"> & {
	child(bindings: Record<string, unknown>): Logger;
};

export function createLogger(options: { readonly level: string; readonly name: string }): Logger {
	return pino(
		{
			level: options.level,
			base: { process: options.name },
			timestamp: stdTimeFunctions.isoTime,
			formatters: { level: (level) => ({ level }) },
			serializers: { err: describeError },
		},
		destination({ fd: 2, sync: false }),
	);
}

/** For tests and for callers that want silence. */
export const silentLogger: Logger = pino({ level: "silent" });

/** An error as it may be logged: messages of foreign libraries can quote what they were given, so only ours are kept. */
function describeError(error: unknown): unknown {
	if (!(error instanceof Error)) return { name: typeof error };
	const code = "code" in error ? String(error.code) : undefined;
	const cause = error.cause === undefined ? undefined : describeError(error.cause);
	const message = error.name === "BreakwaterError" || code === undefined ? error.message.slice(0, 300) : undefined;
	return { name: error.name, code, message, stack: error.stack?.split("\n").slice(1, 6).join("\n"), cause };
}
