import { BreakwaterError } from "../core/errors.ts";

/** A file that cannot be read as a whole, in a sentence that says what it is and what to do. It never quotes the file. */
export function unreadable(detail: string): BreakwaterError {
	return new BreakwaterError("unreadable-file", { detail });
}
