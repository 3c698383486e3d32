import { isPrepared } from "../../services/adapters/tensorflow/tensorflow-cascade.ts";
import { createTensorflowScorer } from "../../services/adapters/tensorflow/tensorflow-scorer.ts";
import type { Scorer } from "../../services/core/ports/scorer.ts";
import { createCascade } from "../../services/core/scoring/cascade.ts";
import { createFitted } from "../../services/core/scoring/fitted.ts";
import type { ModelRegistry } from "../../services/core/scoring/model-registry.ts";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";

export interface Contestant {
	readonly name: string;
	readonly scorer: Scorer;
	/** By how much the process grew while the model was loaded; null for a cascade, which loads nothing of its own. */
	readonly loadedMegabytes: number | null;
}

/** Every model whose files are here, alone, and every cascade of them: with each further model alone, and with all. */
export async function openContestants(registry: ModelRegistry): Promise<readonly Contestant[]> {
	const alone = new Map<string, Contestant>();
	for (const { id } of registry.models)
		if (isPrepared(registry, fromPackageRoot("models"), id)) alone.set(id, await open(id));
	const cascades = registry.cascades.flatMap(({ first, further, band }) => {
		const start = alone.get(first)?.scorer;
		const present = further.filter((id) => alone.has(id));
		if (start === undefined || present.length === 0) return [];
		const choices = present.length === 1 ? [present] : [...present.map((id) => [id]), present];
		return choices.map((ids) => {
			const scorers = ids.flatMap((id) => alone.get(id)?.scorer ?? []);
			const name = `cascade ${first} → ${ids.join(" + ")}, from ${band.from} to ${band.to}`;
			return { name, scorer: createCascade({ first: start, further: scorers, band }), loadedMegabytes: null };
		});
	});
	return [
		...alone.values(),
		...registry.cascades.flatMap(({ first, further }) => enlarged(alone, first, further)),
		...cascades,
	];
}

/** The further models on the square that was decoded for the first, as a cascade asks them: what that costs them in precision. */
function enlarged(
	alone: ReadonlyMap<string, Contestant>,
	first: string,
	further: readonly string[],
): readonly Contestant[] {
	const size = alone.get(first)?.scorer.info.inputSize;
	return further.flatMap((id) => {
		const own = alone.get(id);
		if (own === undefined || size === undefined) return [];
		const name = `${own.name}, from ${size}×${size}`;
		return [{ name, scorer: createFitted(own.scorer, size), loadedMegabytes: null }];
	});
}

async function open(model: string): Promise<Contestant> {
	const before = process.memoryUsage.rss();
	const scorer = await createTensorflowScorer({
		modelsDir: fromPackageRoot("models"),
		dataDir: fromPackageRoot(".cache"),
		model,
		backend: "auto",
		batchSize: 16,
		maxWaitMs: 0,
		deadlineMs: 120_000,
		maxQueued: 64,
		threads: 1,
	});
	const loadedMegabytes = (process.memoryUsage.rss() - before) / 1024 ** 2;
	return { name: `${scorer.info.model}@${scorer.info.version}`, scorer, loadedMegabytes };
}
