// Where in a file that holds others something was found, and which of them are kept for people to look at.
import { z } from "zod";

/** A member's name after those of what it is in, as a path; the names are whatever the sender chose. */
const longestPath = 300;
/** Characters that show nothing, or turn what follows around. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;
/** Named of what is found in many. */
const mostPaths = 8;

export const memberPaths = z.array(z.string()).readonly();

/** The name of a picture among the other files in its own. */
export const thePicture = "the picture";

/** A long name keeps its end, which tells most. */
export function pathWithin(outer: string, name: string): string {
	const shown = name.toWellFormed().replace(hidden, "\ufffd");
	const path = outer === "" ? shown : `${outer}/${shown}`;
	return path.length <= longestPath ? path : `…${path.slice(1 - longestPath)}`;
}

/** The first of them, each once. */
export function namedPaths(paths: readonly string[]): readonly string[] {
	return [...new Set(paths)].slice(0, mostPaths);
}

/** What people see of a container, in place of it. */
export const keptMembers = z
	.object({
		/** Those where something was found first, then the others in their order. */
		paths: memberPaths,
	})
	.readonly();
export type KeptMembers = z.infer<typeof keptMembers>;

const mostKept = 12;

/** `found`: of each finding the members it is in, what says most first; `pictures`: all members that can be looked at. */
export function chooseMembers(pictures: readonly string[], found: readonly (readonly string[])[]): readonly string[] {
	const seen = new Set(pictures);
	const rounds = Math.max(0, ...found.map(({ length }) => length));
	// Of each finding its first member, then of each its second: one that is in many does not hide another.
	const inTurns = Array.from({ length: rounds }, (_, round) => found.flatMap((paths) => paths[round] ?? [])).flat();
	const chosen = new Set([...inTurns.filter((path) => seen.has(path)), ...pictures]);
	return [...chosen].slice(0, mostKept);
}
