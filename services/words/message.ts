import type { BreakwaterError } from "../core/errors.ts";
import { sentences } from "./statement.ts";
import { english } from "./statements.en.ts";

/** What went wrong in English: the error's reasons, where it has any, or else its own words. */
export function messageOf({ message, reasons }: BreakwaterError): string {
	return reasons.length === 0 ? message : sentences(english, reasons);
}
