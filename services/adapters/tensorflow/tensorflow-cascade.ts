import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Scorer } from "../../core/ports/scorer.ts";
import { createCascade } from "../../core/scoring/cascade.ts";
import { findModel, type Model, type ModelRegistry } from "../../core/scoring/model-registry.ts";
import { silentLogger } from "../../runtime/logger.ts";
import { readRegistry } from "./load-model-files.ts";
import { createTensorflowScorer, type TensorflowScorerOptions } from "./tensorflow-scorer.ts";

export interface TensorflowCascadeOptions extends TensorflowScorerOptions {
	/** Put around each model before its answers count. */
	readonly wrap?: (scorer: Scorer, model: Model) => Scorer;
}

/**
 * The model of `options` and, where it is unsure, the further ones that the registry names for it. Those whose weights were
 * not fetched are left out, and said so: everything works with the first alone.
 */
export async function createTensorflowCascade({ wrap, ...options }: TensorflowCascadeOptions): Promise<Scorer> {
	const logger = options.logger ?? silentLogger;
	const registry = await readRegistry(options.modelsDir);
	const cascade = registry.cascades.find(({ first }) => first === options.model);
	const prepared = cascade?.further.filter((id) => isPrepared(registry, options.modelsDir, id)) ?? [];
	const missing = cascade?.further.filter((id) => !prepared.includes(id)) ?? [];
	if (missing.length > 0) logger.info({ event: "model-not-prepared", models: missing });
	const open = async (model: string, threads?: number): Promise<Scorer> => {
		const scorer = await createTensorflowScorer({ ...options, model, ...(threads === undefined ? {} : { threads }) });
		return wrap === undefined ? scorer : wrap(scorer, findModel(registry, model));
	};
	const first = await open(options.model);
	if (cascade === undefined || prepared.length === 0) return first;
	const further: Scorer[] = [];
	try {
		for (const model of prepared) further.push(await open(model, 1));
	} catch (error) {
		for (const scorer of [first, ...further]) await scorer[Symbol.asyncDispose]();
		throw error;
	}
	return createCascade({ first, further, band: cascade.band });
}

export function isPrepared(registry: ModelRegistry, modelsDir: string, id: string): boolean {
	return findModel(registry, id).files.every(({ name }) => existsSync(join(modelsDir, id, name)));
}
