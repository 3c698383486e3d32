// What detectors say of an earlier item that somebody reported, asked once more, and whether they could be asked: what it shows or says is kept
// only of what came before people.
import { z } from "zod";
import type { SignalCatalogue } from "../signals/catalogue.ts";
import type { Signal } from "../signals/signal.ts";
import { isUnexamined } from "../signals/unexamined/unexamined.ts";

/**
 * `examined`: all that look at such items have looked again. `not-held`: its bytes or its text are not held any more, so that what is said of it
 * is what was said then, and what banks know of its hashes now. `not-permitted`: no law lets models look there now. `unavailable`: something
 * could not be computed, or not be decoded, and its signals say what.
 */
export const examinedAgain = z.enum(["examined", "not-held", "not-permitted", "unavailable"]);
export type ExaminedAgain = z.infer<typeof examinedAgain>;

/** `again`: what detectors say of it now; null where nothing of it is held. */
export function howExamined(
	again: readonly Signal[] | null,
	{ failureOf }: Pick<SignalCatalogue, "failureOf">,
): ExaminedAgain {
	if (again === null) return "not-held";
	if (again.some((one) => failureOf(one) !== null)) return "unavailable";
	return isUnexamined(again, "scored") ? "not-permitted" : "examined";
}

/** Where its bytes are gone from the store, whatever the record says of them. */
export function isGone(again: readonly Signal[], { failureOf }: Pick<SignalCatalogue, "failureOf">): boolean {
	return again.some((one) => failureOf(one) === "object-missing");
}
