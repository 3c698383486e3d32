// What /ready says of a part that does not answer. Whoever can reach the port reads it: the system's code, and no address or name, which the log has.
import { BreakwaterError, errorCatalogue } from "../core/errors.ts";
import { errorCode } from "./error-code.ts";

export function whyAway(error: unknown): string {
	if (!(error instanceof Error)) return "failed";
	// Its own words are for those who send items: to send again is nothing that an operator does.
	const isAway =
		error instanceof BreakwaterError && error.message === errorCatalogue[error.code].title && error.retriable;
	if (!isAway) return error.message;
	const code = systemCode(error.cause);
	return code === null ? "cannot be reached" : `cannot be reached (${code})`;
}

const codeInText = /\bE[A-Z]{4,}\b/;

/** The first that one of the causes has, or names in its words. */
export function systemCode(error: unknown): string | null {
	for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
		const code = errorCode(cause) ?? codeInText.exec(cause.message)?.[0] ?? null;
		if (code !== null) return code;
		if (cause instanceof AggregateError && cause.errors.length > 0) return systemCode(cause.errors[0]);
	}
	return null;
}
