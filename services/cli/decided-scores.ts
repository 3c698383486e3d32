import { BreakwaterError } from "../core/errors.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import type { DecidedScore } from "../core/scoring/calibration-check.ts";
import { type ModelVersion, tuningOf } from "../core/scoring/model-settings.ts";
import { ownProbabilities } from "../core/scoring/read-scores.ts";
import type { Tuning } from "../core/scoring/tuning.ts";
import type { Parts } from "../parts/parts.ts";
import { checkModel } from "./lazy-compose.ts";

interface DecidedScores {
	readonly version: ModelVersion;
	readonly reviewed: readonly DecidedScore[];
	/** How its scores are read now. */
	readonly present: Tuning;
}

/** Decisions that a curve is fitted to: the newest. */
const samplesAtMost = 50_000;

/**
 * What a model of the registry had said of what people decided, on one platform alone where one is named. Throws where the model says nothing of the
 * category.
 */
export async function decidedScores(
	{ stores }: Parts,
	id: string,
	{
		category,
		platform = null,
	}: { readonly category: string; readonly platform?: Pick<Platform, "id" | "name"> | null },
): Promise<DecidedScores> {
	const model = await checkModel(id);
	if (!(category in model.categories))
		throw new BreakwaterError("not-found", {
			detail: `${id} says nothing of ${category}; its categories are: ${Object.keys(model.categories).join(", ")}`,
		});
	const version = { model: id, version: model.version };
	const samples = await stores.modelSettings.reviewed(version, category, samplesAtMost);
	const reviewed = samples
		.filter((one) => platform === null || one.platform === platform.name)
		.map(({ platform: on, labels, isConfirmed }) => ({
			probability: ownProbabilities(labels, model).find((one) => one.category === category)?.probability ?? 0,
			...{ platform: on, isConfirmed },
		}));
	const settings = await stores.modelSettings.current();
	const present = tuningOf(settings, { ...version, category, platform: platform?.id ?? null }) ?? {
		calibration: model.calibration[category] ?? { kind: "none" },
		threshold: (await stores.policy.current()).set.default.modelThresholds[category] ?? 1,
	};
	return { version, reviewed, present };
}
