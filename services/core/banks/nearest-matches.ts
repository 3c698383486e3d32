// An item may match one entry in several ways (turns, framings, frames of an animation): which of them speaks for it.
import type { EntryId } from "../ids.ts";
import { isReframing, type Match } from "./bank.ts";

/** One match per entry: the nearest, but a picture strongly matched as it is, is not spoken for by another framing of it. */
export function nearestMatches(matches: readonly Match[]): readonly Match[] {
	const nearest = new Map<EntryId, Match>();
	for (const match of matches) {
		const known = nearest.get(match.entryId);
		if (known === undefined || speaksBefore(match, known)) nearest.set(match.entryId, match);
	}
	return [...nearest.values()];
}

function speaksBefore(match: Match, known: Match): boolean {
	const [isStrong, wasStrong] = [isStrongAsItIs(match), isStrongAsItIs(known)];
	return isStrong === wasStrong ? match.distanceBits < known.distanceBits : isStrong;
}

function isStrongAsItIs({ transform, distanceBits, tightRadiusBits }: Match): boolean {
	return !isReframing(transform) && distanceBits <= tightRadiusBits;
}
