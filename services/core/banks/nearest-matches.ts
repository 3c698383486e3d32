// An item may match one entry in several ways (turns, framings, frames of an animation, stills of a video): which of them speaks for it,
// and, of a video, where all those are that say as much.
import type { EntryId } from "../ids.ts";
import type { Segment } from "../items/segment.ts";
import { joinSegments, withoutSegments } from "../items/segments.ts";
import { isReframing, type Match } from "./bank.ts";

/** One match per entry: the nearest, but a picture strongly matched as it is, is not spoken for by another framing of it. */
export function nearestMatches(matches: readonly Match[]): readonly Match[] {
	const nearest = new Map<EntryId, Match>();
	for (const match of matches) {
		const known = nearest.get(match.entryId);
		if (known === undefined || speaksBefore(match, known)) nearest.set(match.entryId, match);
	}
	const spoken = [...nearest.values()];
	return spoken.some(({ shown }) => shown !== undefined) ? spoken.map(showing(matches)) : spoken;
}

/**
 * With the segments of all stills that match the entry as strongly. Stills that are known to be harmless count for nothing against the
 * video: they are taken out.
 */
function showing(matches: readonly Match[]): (match: Match) => Match {
	const byEntry = new Map<EntryId, Match[]>();
	for (const match of matches) {
		const known = byEntry.get(match.entryId);
		if (known === undefined) byEntry.set(match.entryId, [match]);
		else known.push(match);
	}
	const harmless = segmentsOf(matches.filter(isKnownHarmless));
	return (match) => {
		if (match.shown === undefined) return match;
		const alike = (byEntry.get(match.entryId) ?? []).filter((one) => isTight(one) || !isTight(match));
		const shown = segmentsOf(alike);
		return { ...match, shown: match.bankKind === "exempt" ? shown : withoutSegments(shown, harmless) };
	};
}

function segmentsOf(matches: readonly Match[]): readonly Segment[] {
	// A still's turns and framings all name the same segments.
	return joinSegments([...new Set(matches.flatMap(({ shown = [] }) => shown))]);
}

export function isKnownHarmless(match: Match): boolean {
	const { bankKind, shadow, standing, isQuarantined } = match;
	return bankKind === "exempt" && !shadow && standing === "confirmed" && !isQuarantined && isTight(match);
}

function speaksBefore(match: Match, known: Match): boolean {
	const [isStrong, wasStrong] = [isStrongAsItIs(match), isStrongAsItIs(known)];
	return isStrong === wasStrong ? match.distanceBits < known.distanceBits : isStrong;
}

function isStrongAsItIs(match: Match): boolean {
	return !isReframing(match.transform) && isTight(match);
}

export function isTight({ distanceBits, tightRadiusBits }: Match): boolean {
	return distanceBits <= tightRadiusBits;
}
