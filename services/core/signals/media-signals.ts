// Puts what the matcher and the model answered into signals. It decides when silence may be called `clear`, and nothing more.
import type { Match, MediaHashes } from "../banks/bank.ts";
import { namedPaths } from "../items/members.ts";
import type { Place } from "../items/picture/looks.ts";
import type { ImageExamination, Unpacked } from "../ports/image-examiner.ts";
import type { ScoreResult } from "../ports/scorer.ts";
import { clearSignal } from "./clear/clear.ts";
import { matchedSignal } from "./matched/matched.ts";
import { scoredSignal } from "./scored/scored.ts";
import type { Signal } from "./signal.ts";
import type { UnavailableReason } from "./unavailable/reasons.ts";
import { unavailableSignal } from "./unavailable/unavailable.ts";

/** What the banks answered of a picture, or of all that a container holds: a signal for each entry, or `clear`. */
export function hashSignals(
	hashes: Pick<MediaHashes, "pdq">,
	matches: readonly Match[],
	version: string,
	isUnpacked = false,
): readonly Signal[] {
	if (matches.length > 0) return matches.map((match) => matchedSignal("hash", version, match));
	// Without pixels only exact hashes could be looked up: that is no reason to call the picture clear.
	return hashes.pdq === null && !isUnpacked ? [] : [clearSignal("hash", version)];
}

/** What could not be examined of a file: a signal for each reason; of a container it names the members. */
export function examinationSignals(examination: ImageExamination | Unpacked, version: string): readonly Signal[] {
	const { members = [] } = examination;
	const byFault = new Map<UnavailableReason, string[]>();
	for (const { fault, path } of members) if (fault !== null) byFault.set(fault, [...(byFault.get(fault) ?? []), path]);
	const ofWhole = faultsOfWhole(examination).map((reason) => unavailableSignal("media", version, reason));
	const ofMembers = [...byFault].map(([fault, paths]) => unavailableSignal("media", version, fault, namedPaths(paths)));
	return [...ofWhole, ...ofMembers];
}

export function faultsOf(examination: ImageExamination | Unpacked): readonly UnavailableReason[] {
	return [...faultsOfWhole(examination), ...(examination.members ?? []).flatMap(({ fault }) => fault ?? [])];
}

function faultsOfWhole(examination: ImageExamination | Unpacked): readonly UnavailableReason[] {
	if (examination.kind === "unpacked") return examination.missing === null ? [] : [examination.missing];
	const { isJoined = false, missing, soundFault } = examination;
	// Other files stand in the picture's own, and nobody has looked at them.
	const ofJoined = missing ?? (isJoined ? "members-not-read" : null);
	const own = examination.kind === "unavailable" ? [examination.reason] : [];
	return [...own, ...(soundFault === undefined ? [] : [soundFault]), ...(ofJoined === null ? [] : [ofJoined])];
}

/**
 * The signals of a model: of several pictures the one with the highest probability speaks for the item; one that failed is said as well.
 * `places` says of each where in the item it is.
 */
export function scoreSignals(results: readonly ScoreResult[], places: readonly Place[] = []): readonly Signal[] {
	const highest = results
		.flatMap((result, at) => (result.kind === "scored" ? [{ ...result, ...whereOf(places[at]) }] : []))
		.toSorted((a, b) => b.probability - a.probability);
	const failed = results.filter((result) => result.kind === "unavailable");
	return [...highest.slice(0, 1), ...failed.slice(0, 1)].map(signalOf);
}

function whereOf({ shown, within }: Place = {}): Place {
	return { ...(shown && { shown }), ...(within && { within }) };
}

function signalOf(result: ScoreResult & Place): Signal {
	if (result.kind === "unavailable")
		return unavailableSignal("model", `${result.model}@${result.version}`, result.reason);
	const { kind: _scored, label: category, ...rest } = result;
	return scoredSignal({ detector: "model", category, ...rest });
}
