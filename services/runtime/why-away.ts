// What /ready says of a part that does not answer. Whoever can reach the port reads it: the system's code, and no address or name, which the log has.
import { BreakwaterError, errorCatalogue } from "../core/errors.ts";
import { errorCode } from "./error-code.ts";

export function whyAway(error: unknown): string {
	if (!(error instanceof Error)) return "failed";
	// Its own words are for those who send items: to send again is nothing that an operator does.
	if (!(error instanceof BreakwaterError && saysNoMore(error) && error.retriable)) return error.message;
	const code = systemCode(error.cause);
	return code === null ? "cannot be reached" : `cannot be reached (${code})`;
}

/** Than the title that all of its code have. */
function saysNoMore({ code, message }: BreakwaterError): boolean {
	return message === errorCatalogue[code].title;
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

/** What whoever started a process, or a command, can do about a part that is away; null where none is. Unlike /ready it names addresses. */
export function explainAway(error: unknown): string | null {
	if (!(error instanceof BreakwaterError)) return null;
	const why = causeOf(error);
	const because = why === null ? "" : ` (${why})`;
	if (error.code === "store-unavailable" && saysNoMore(error))
		return `the database cannot be reached${because}; check BREAKWATER_DATABASE_URL, or that \`breakwater start\` runs with the same BREAKWATER_DATA_DIR`;
	if (error.code !== "stream-unavailable") return null;
	if (why === "Closed connection")
		return "the broker closed the connection: does it ask for TLS (BREAKWATER_KAFKA_TLS) or for a login (BREAKWATER_KAFKA_SASL)?";
	return `the stream cannot be reached, or does not take what is sent${because}; check that Kafka runs, and BREAKWATER_KAFKA_*`;
}

/** What the server or the system said, as a password that is wrong; null where it said nothing. */
function causeOf({ cause }: BreakwaterError): string | null {
	if (!(cause instanceof Error)) return null;
	// Of what failed in several places, each for its own reason, the first tells enough.
	const [first] = "errors" in cause && Array.isArray(cause.errors) ? cause.errors : [];
	if (first instanceof Error) return `${cause.message}: ${first.message}`;
	return cause.message === "" ? errorCode(cause) : cause.message;
}
