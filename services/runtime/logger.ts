// Structured logs: one JSON line per event, to standard error so that standard output stays the CLI's. Nothing of the content
// of an item is ever logged: callers pass ids, counts, codes and durations.
import {
	type DestinationStream,
	destination,
	type LoggerOptions,
	type Logger as PinoLogger,
	pino,
	stdTimeFunctions,
} from "pino";
import { BreakwaterError } from "../core/errors.ts";
import { errorCode } from "./error-code.ts";
import { createThinning } from "./thin-repeats.ts";

export type Logger = Pick<PinoLogger, "debug" | "info" | "warn" | "error"> & {
	child(bindings: Record<string, unknown>): Logger;
};

export function createLogger(options: {
	readonly level: string;
	readonly name: string;
	/** In place of standard error. */
	readonly to?: DestinationStream;
}): Logger {
	return pino(
		{
			level: options.level,
			base: { process: options.name },
			timestamp: stdTimeFunctions.isoTime,
			formatters: { level: (level) => ({ level }) },
			serializers: { err: describeError },
			hooks: { logMethod: leaveOutRepeats() },
		},
		options.to ?? destination({ fd: 2, sync: false }),
	);
}

const repeats = { forMs: 60_000, mostKeys: 500, now: () => performance.now() };
const warnLevel = 40;
const errorLevel = 50;

/**
 * A warning with an error that says nothing but what one of the last minute said is counted, and told with the next one: `repeated`. So is
 * the failure of what is to be tried again, whichever request it was: while a part is away, that is each.
 */
function leaveOutRepeats(): NonNullable<NonNullable<LoggerOptions["hooks"]>["logMethod"]> {
	const leftOut = createThinning(repeats);
	return function (args, method, level) {
		const [fields] = args as readonly unknown[];
		const key = level === warnLevel || (level === errorLevel && isToBeTriedAgain(fields)) ? keyOf(fields) : null;
		const before = key === null ? 0 : leftOut(key);
		if (before === null) return;
		const [, ...rest] = args;
		method.apply(this, before === 0 ? args : [Object.assign({}, fields, { repeated: before }), ...rest]);
	};
}

/** Null where no error stands in it. */
function keyOf(fields: unknown): string | null {
	if (typeof fields !== "object" || fields === null || !("err" in fields)) return null;
	const { err, ...others } = fields;
	const rest = { ...others, requestId: undefined };
	return JSON.stringify([rest, errorCode(err) ?? (err instanceof Error ? err.message : null)]);
}

/** A request's: nobody has to find such a failure by its number, as they have to with one of ours. */
function isToBeTriedAgain(fields: unknown): boolean {
	if (typeof fields !== "object" || fields === null || !("err" in fields && "requestId" in fields)) return false;
	return fields.err instanceof BreakwaterError && fields.err.status === 503 && fields.err.retriable;
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
