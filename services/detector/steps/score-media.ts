import { isDecidedWithoutModels } from "../../core/policy/decide-verdict.ts";
import type { Policies } from "../../core/policy/policy.ts";
import type { ScoreRequest, Scorer } from "../../core/ports/scorer.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { scoreSignals } from "../../core/signals/media-signals.ts";
import { isOurFault } from "../../core/signals/unavailable/reasons.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import { next, type Step } from "../step.ts";
import type { ExaminedMedia } from "../values.ts";

export interface ScoreMediaDeps {
	/** Null where the operator runs without a model. */
	readonly scorer: Pick<Scorer, "score" | "info"> | null;
	readonly policies: Pick<Policies, "of">;
	readonly signalCatalogue: SignalCatalogue;
}

/** Asks the model, unless a known hash has already decided: such pictures are withheld, or let be, without waiting for it. */
export function createScoreMedia(deps: ScoreMediaDeps): Step<ExaminedMedia, ExaminedMedia> {
	return async (item) => {
		const { scorer } = deps;
		if (scorer === null || item.rasters.length === 0) return next(item);
		const policy = deps.policies.of(item.platform.id, item.surface, item.country);
		if (isUnexamined(item.signals, "scored")) return next({ ...item, rasters: [] });
		if (isDecidedWithoutModels(item.signals, policy, deps.signalCatalogue)) return next({ ...item, rasters: [] });
		const results = await scorer.score(requestsOf(item, scorer.info.inputSize));
		const failed = results.find((result) => result.kind === "unavailable");
		if (failed !== undefined && isOurFault(failed.reason) && !item.isLastAttempt)
			return { kind: "retry", reason: failed.reason };
		return next({ ...item, rasters: [], signals: [...item.signals, ...scoreSignals(results, item.rastersShown)] });
	};
}

/** One request per frame; copies of a picture may share its score, so each goes with its hash. */
function requestsOf({ itemId, rasters, hashes, framePdqs }: ExaminedMedia, size: number): readonly ScoreRequest[] {
	const pdqs = [hashes?.pdq, ...framePdqs];
	return rasters.map((rgb, at) => ({ rgb, size, itemId, pdq: pdqs[at] ?? undefined }));
}
