// Puts what the matcher and the model answered into signals. It decides when silence may be called `clear`, and nothing more.
import type { Match, MediaHashes } from "../banks/bank.ts";
import type { Segment } from "../items/segments.ts";
import type { ScoreResult } from "../ports/scorer.ts";
import { clearSignal } from "./clear/clear.ts";
import { matchedSignal } from "./matched/matched.ts";
import { scoredSignal } from "./scored/scored.ts";
import type { Signal } from "./signal.ts";
import { unavailableSignal } from "./unavailable/unavailable.ts";

/** What the banks answered of a picture: a signal for each entry, or `clear`. */
export function hashSignals(
	hashes: Pick<MediaHashes, "pdq">,
	matches: readonly Match[],
	version: string,
): readonly Signal[] {
	if (matches.length > 0) return matches.map((match) => matchedSignal("hash", version, match));
	// Without pixels only exact hashes could be looked up: that is no reason to call the picture clear.
	return hashes.pdq === null ? [] : [clearSignal("hash", version)];
}

/**
 * The signals of a model: of several frames the one with the highest probability speaks for the item; one that failed is said as well.
 * `shown` says of each frame of a video where it is.
 */
export function scoreSignals(
	results: readonly ScoreResult[],
	shown: readonly (readonly Segment[])[] = [],
): readonly Signal[] {
	const highest = results
		.flatMap((result, at) => (result.kind === "scored" ? [{ ...result, ...whereOf(shown[at]) }] : []))
		.toSorted((a, b) => b.probability - a.probability);
	const failed = results.filter((result) => result.kind === "unavailable");
	return [...highest.slice(0, 1), ...failed.slice(0, 1)].map(signalOf);
}

function whereOf(shown: readonly Segment[] | undefined) {
	return shown === undefined ? {} : { shown };
}

function signalOf(result: ScoreResult & { readonly shown?: readonly Segment[] }): Signal {
	if (result.kind === "unavailable")
		return unavailableSignal("model", `${result.model}@${result.version}`, result.reason);
	const { kind: _scored, label: category, ...rest } = result;
	return scoredSignal({ ...rest, detector: "model", category });
}
