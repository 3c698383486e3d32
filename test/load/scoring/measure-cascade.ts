// What a picture costs each stage of the cascade, on the native library, in a process of its own: node measure-cascade.js DATA_DIR.
// Prints one JSON object.
import { fixedPictures } from "../../../models/prepare/fixed-pictures.ts";
import { readRegistry } from "../../../services/adapters/tensorflow/load-model-files.ts";
import { createTensorflowScorer } from "../../../services/adapters/tensorflow/tensorflow-scorer.ts";
import type { Scorer } from "../../../services/core/ports/scorer.ts";
import { fitTo } from "../../../services/core/scoring/resize-square.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

export interface CascadeCosts {
	/** Medians for each of 16 pictures that come together, all stages asked as the detector asks them. */
	readonly firstMs: number;
	readonly furtherMs: number;
	readonly further: readonly string[];
}

const together = 16;
const rounds = 12;

const [dataDir] = process.argv.slice(2);
if (dataDir !== undefined) process.stdout.write(`${JSON.stringify(await measureCascade(dataDir))}\n`);

async function measureCascade(folder: string): Promise<CascadeCosts> {
	const modelsDir = fromPackageRoot("models");
	const { cascades } = await readRegistry(modelsDir);
	const [cascade] = cascades;
	if (cascade === undefined) throw new Error("the registry has no cascade");
	const open = (model: string, threads?: number): Promise<Scorer> =>
		createTensorflowScorer({
			modelsDir,
			dataDir: folder,
			model,
			backend: "node",
			batchSize: together,
			maxWaitMs: 5,
			deadlineMs: 60_000,
			maxQueued: 1_000,
			...(threads === undefined ? {} : { threads }),
		});
	const first = await open(cascade.first);
	const further = await Promise.all(cascade.further.map((id) => open(id, 1)));
	const size = first.info.inputSize;
	const pictures = fixedPictures(size);
	const requests = Array.from({ length: together }, (_, at) => ({
		rgb: pictures[at % pictures.length]?.rgb ?? new Uint8Array(),
		size,
	}));
	const firstMs = await medianMs(() => first.score(requests));
	const furtherMs = await medianMs(() =>
		Promise.all(further.map((scorer) => scorer.score(requests.map((one) => fitTo(one, scorer.info.inputSize))))),
	);
	for (const scorer of [first, ...further]) await scorer[Symbol.asyncDispose]();
	return { firstMs: firstMs / together, furtherMs: furtherMs / together, further: cascade.further };
}

async function medianMs(run: () => Promise<unknown>): Promise<number> {
	await run();
	const durations: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const started = performance.now();
		await run();
		durations.push(performance.now() - started);
	}
	return durations.toSorted((a, b) => a - b)[rounds / 2] ?? Number.NaN;
}
