import { type HashMatcher, hashSignals } from "../../core/policy/media-signals.ts";
import { next, type Step } from "../step.ts";
import type { ExaminedMedia } from "../values.ts";

export interface MatchHashesDeps {
	readonly matcher: HashMatcher;
}

export function createMatchHashes(deps: MatchHashesDeps): Step<ExaminedMedia, ExaminedMedia> {
	return async (item) => {
		if (item.hashes === null) return next(item);
		return next({ ...item, signals: [...item.signals, ...hashSignals(item.hashes, item.framePdqs, deps.matcher)] });
	};
}
