import type { Match, MediaHashes } from "../../core/matching/bank.ts";
import type { Signal } from "../../core/policy/signal.ts";
import { next, type Step } from "../step.ts";
import type { ExaminedMedia } from "../values.ts";

export interface MatchHashesDeps {
	readonly matcher: { readonly version: string; match(hashes: MediaHashes): readonly Match[] };
}

/** Looks the picture, and the sampled frames of an animation, up in the banks. */
export function createMatchHashes(deps: MatchHashesDeps): Step<ExaminedMedia, ExaminedMedia> {
	return async (item) => {
		const { hashes } = item;
		if (hashes === null) return next(item);
		const frames = item.framePdqs.map((pdq) => ({ ...hashes, pdq }));
		const matches = nearestByEntry([hashes, ...frames].flatMap((query) => deps.matcher.match(query)));
		const signals: readonly Signal[] = matches.map((match) => ({
			kind: "matched",
			detector: "hash",
			version: deps.matcher.version,
			match,
		}));
		// Without pixels only exact hashes could be looked up: that is no reason to call the picture clear.
		const isClear = matches.length === 0 && hashes.pdq !== null;
		const clear: readonly Signal[] = isClear
			? [{ kind: "clear", detector: "hash", version: deps.matcher.version }]
			: [];
		return next({ ...item, signals: [...item.signals, ...signals, ...clear] });
	};
}

function nearestByEntry(matches: readonly Match[]): readonly Match[] {
	const nearest = new Map<string, Match>();
	for (const match of matches) {
		const known = nearest.get(match.entryId);
		if (known === undefined || match.distanceBits < known.distanceBits) nearest.set(match.entryId, match);
	}
	return [...nearest.values()];
}
