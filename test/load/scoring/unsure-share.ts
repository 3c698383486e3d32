import { readFileSync } from "node:fs";
import { z } from "zod";
import { modelRegistrySchema } from "../../../services/core/scoring/model-registry.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

/** What is used of models/evaluate/results/benign.json. */
const evaluation = z.object({
	summaries: z.array(
		z.object({
			scorer: z.string(),
			overThreshold: z.array(z.object({ threshold: z.number(), share: z.number() })),
		}),
	),
});

/** Of the harmless pictures in the committed evaluation, the share that falls into the first cascade's band. */
export function unsureShare(): number {
	const read = (...path: readonly string[]): unknown =>
		JSON.parse(readFileSync(fromPackageRoot("models", ...path), "utf8"));
	const [cascade] = modelRegistrySchema.parse(read("registry.json")).cascades;
	const { summaries } = evaluation.parse(read("evaluate", "results", "benign.json"));
	const first = summaries.find(({ scorer }) => scorer.startsWith(`${cascade?.first}@`));
	const over = (threshold: number | undefined) =>
		first?.overThreshold.find((one) => one.threshold === threshold)?.share ?? Number.NaN;
	return over(cascade?.band.from) - over(cascade?.band.to);
}
