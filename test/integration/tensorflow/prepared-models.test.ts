// Asserts: models whose weights are not committed answer as their originals did (vectors made by `npm run models:prepare`), on
// the fastest backend that works here. Where the weights were not fetched, it says so and asserts nothing; in CI's run of
// `npm run test:scoring` that is a failure.
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { largestDifference } from "../../../models/prepare/compare-outputs.ts";
import { findModel, modelRegistrySchema } from "../../../services/core/scoring/model-registry.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { openScorer } from "../../support/open-scorer.ts";
import { mustBePrepared } from "../../support/scoring-backends.ts";

const modelsDir = fromPackageRoot("models");
const registry = modelRegistrySchema.parse(JSON.parse(readFileSync(join(modelsDir, "registry.json"), "utf8")));
let dataDir = "";

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "breakwater-prepared-"));
});

afterAll(async () => {
	await rm(dataDir, { recursive: true, force: true });
});

function vectorsOf(id: string): { outputs: Record<string, number[]> } {
	return JSON.parse(readFileSync(fromPackageRoot("test", "fixtures", "scoring", `${id}.json`), "utf8"));
}

describe.each(["nsfwjs-inception-v3", "open-nsfw"])("%s", (id) => {
	const model = findModel(registry, id);
	const isPrepared = model.files.every(({ name }) => existsSync(join(modelsDir, id, name)));
	if (!isPrepared && !mustBePrepared)
		process.stderr.write(
			`${id} is not compared with its original: its weights are fetched by npm run models:prepare\n`,
		);

	(isPrepared || mustBePrepared ? test : test.skip)(
		"answers as its original on every fixed picture",
		async () => {
			const scorer = await openScorer({ dataDir, model: id, backend: "auto", deadlineMs: 60_000 });
			try {
				expect(await largestDifference(scorer, model, vectorsOf(id).outputs)).toBeLessThan(1e-3);
			} finally {
				await scorer[Symbol.asyncDispose]();
			}
		},
		60_000,
	);
});
