import { isDecidedWithoutModels } from "../../core/policy/decide-verdict.ts";
import type { Policies } from "../../core/policy/policy.ts";
import type { Platform } from "../../core/ports/platform-store.ts";
import type { ScoreRequest, ScoreResult, Scorer } from "../../core/ports/scorer.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { scoreSignals } from "../../core/signals/media-signals.ts";
import { isOurFault } from "../../core/signals/unavailable/reasons.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import { next, type Step } from "../step.ts";
import type { ExaminedMedia } from "../values.ts";

export interface ScoreMediaDeps {
	/** Null where the operator runs without a model. */
	readonly scorer: Pick<Scorer, "score" | "info" | "readOn"> | null;
	readonly policies: Pick<Policies, "of">;
	readonly signalCatalogue: SignalCatalogue;
}

/** Asks the model, unless a known hash has already decided: such pictures are withheld, or let be, without waiting for it. */
export function createScoreMedia(deps: ScoreMediaDeps): Step<ExaminedMedia, ExaminedMedia> {
	return async (item) => {
		const { scorer } = deps;
		if (scorer === null || item.looks.length === 0) return next(item);
		const policy = deps.policies.of(item.platform.id, item.surface, item.country);
		if (isUnexamined(item.signals, "scored")) return next({ ...item, looks: [] });
		if (isDecidedWithoutModels(item.signals, policy, deps.signalCatalogue)) return next({ ...item, looks: [] });
		const results = await scoreInTurns(item, scorer);
		const failed = results.find((result) => result.kind === "unavailable");
		if (failed !== undefined && isOurFault(failed.reason) && !item.isLastAttempt)
			return { kind: "retry", reason: failed.reason };
		return next({ ...item, looks: [], signals: [...item.signals, ...scoreSignals(results, item.looks)] });
	};
}

/** So many pictures of one item at a time: a container of hundreds keeps no other from its turn. */
const atOnce = 16;

/** One request per picture; copies of a picture may share its score, so each goes with its hash. What comes of it is read as on the item's platform. */
export async function scoreInTurns(
	{ itemId, looks, platform }: Pick<ExaminedMedia, "itemId" | "looks"> & { readonly platform: Pick<Platform, "id"> },
	scorer: NonNullable<ScoreMediaDeps["scorer"]>,
): Promise<readonly ScoreResult[]> {
	const results: ScoreResult[] = [];
	const requests: readonly ScoreRequest[] = looks.map(({ rgb, pdq }) => ({
		...{ rgb, size: scorer.info.inputSize, itemId, pdq },
	}));
	for (let from = 0; from < requests.length; from += atOnce)
		results.push(...(await scorer.score(requests.slice(from, from + atOnce))));
	return results.map((result) => scorer.readOn?.(platform.id, result) ?? result);
}
