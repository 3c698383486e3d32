// What was said of words in many places of one file, as one signal for each entry, and for each category of a model: the strongest speaks, and names
// the places.
import { strengthWithin } from "../../banks/match-members.ts";
import { namedPaths } from "../../items/members.ts";
import type { WrittenSignal } from "./written.ts";

export function gatherWritten(signals: readonly WrittenSignal[]): readonly WrittenSignal[] {
	const byName = new Map<string, WrittenSignal[]>();
	for (const signal of signals) {
		const name = nameOf(signal);
		const known = byName.get(name);
		if (known === undefined) byName.set(name, [signal]);
		else known.push(signal);
	}
	return [...byName.values()].flatMap((found) => {
		const [first, ...others] = found.toSorted((a, b) => strength(a) - strength(b));
		if (first === undefined) return [];
		const within = namedPaths([first, ...others].flatMap((one) => one.within ?? []));
		return [{ ...first, ...(within.length > 0 && { within }) }];
	});
}

/** A machine's reading does not speak for what is typed. */
export function nameOf({ says, isTyped }: WrittenSignal): string {
	const of = says.kind === "matched" ? says.match.entryId : `${says.model} ${says.category}`;
	return `${isTyped === true ? "typed" : "drawn"} ${of}`;
}

/** The least is the strongest. */
export function strength({ says }: WrittenSignal): number {
	return says.kind === "matched" ? strengthWithin(says.match) : -says.probability;
}
