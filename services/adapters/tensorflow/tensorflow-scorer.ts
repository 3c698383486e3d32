import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { ScoreRequest, ScoreResult, Scorer } from "../../core/ports/scorer.ts";
import { isScorable } from "../../core/scoring/input-check.ts";
import { backendsFor, givenSize, type Model, type ModelBackend } from "../../core/scoring/model-registry.ts";
import { readScores } from "../../core/scoring/read-scores.ts";
import { type Logger, silentLogger } from "../../runtime/logger.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import { createInferencePool, type InferencePool } from "./inference-pool.ts";
import { openInferenceThread, type ThreadSource } from "./inference-thread.ts";
import { loadModelFiles } from "./load-model-files.ts";
import type { ThreadStart } from "./thread-messages.ts";

export interface TensorflowScorerOptions {
	/** The folder of registry.json. */
	readonly modelsDir: string;
	/** Where artefacts made on first use are kept. */
	readonly dataDir: string;
	/** The model's id in the registry. */
	readonly model: string;
	/** `auto` takes the fastest that works here. */
	readonly backend: ModelBackend | "auto";
	readonly batchSize: number;
	/** How long a picture may wait for others to share its batch, on the native library. */
	readonly maxWaitMs: number;
	readonly deadlineMs: number;
	/** Pictures that may wait; more are answered as overloaded. */
	readonly maxQueued: number;
	/** Inference threads. Unset: one per core, up to four. */
	readonly threads?: number;
	/** A thread that holds more is replaced. */
	readonly maxThreadBytes?: number;
	readonly logger?: Logger;
}

const startTimeoutMs = 60_000;
const gibibyte = 1024 ** 3;

/**
 * Opens a model of the registry in threads of its own. Rejects where its files are not those of the registry, or where none
 * of its backends works here.
 */
export async function createTensorflowScorer(options: TensorflowScorerOptions): Promise<Scorer> {
	const { batchSize, maxWaitMs, maxThreadBytes = gibibyte, logger = silentLogger } = options;
	const { model, topology, weights } = await loadModelFiles(options.modelsDir, options.model);
	const start: ThreadStart = {
		model,
		topology,
		weights,
		backends: backendsFor(model, options.backend),
		savedModelsDir: join(options.dataDir, "models"),
	};
	const file = workerFile(import.meta.url, "./score-batch.worker.ts");
	const source: ThreadSource = { file, start, startTimeoutMs, maxHeapBytes: maxThreadBytes };
	const first = await openInferenceThread(source);
	const { backend } = first;
	logger.info({ event: "model-ready", model: model.id, version: model.version, backend, passedOver: first.passedOver });
	// A replacement keeps to the backend that worked, so that scores stay comparable.
	const replacement = { ...source, start: { ...start, backends: [backend] } };
	const pool = createInferencePool({
		openThread: () => openInferenceThread(replacement),
		first,
		threads: options.threads ?? Math.min(4, availableParallelism()),
		// Only the native library gains from batches; elsewhere they would leave threads idle.
		...(backend === "node" ? { batchSize, maxWaitMs } : { batchSize: 1, maxWaitMs: 0 }),
		deadlineMs: options.deadlineMs,
		maxQueued: options.maxQueued,
		maxThreadBytes,
		logger,
	});
	return scorerOf(model, backend, pool);
}

/** Reads what a pool answers as scores of `model`. */
export function scorerOf(model: Model, backend: ModelBackend, pool: InferencePool): Scorer {
	const { id, version } = model;
	const unavailable = { kind: "unavailable", model: id, version } as const;
	const scoreOne = async (request: ScoreRequest): Promise<ScoreResult> => {
		if (!isScorable(request, givenSize(model.input))) return { ...unavailable, reason: "input-rejected" };
		const outcome = await pool.infer(request.rgb);
		if (outcome.kind === "unavailable") return { ...unavailable, reason: outcome.reason };
		return readScores(outcome.output, model, outcome.backend);
	};
	return {
		info: { model: id, version, backend, inputSize: givenSize(model.input) },
		score: (requests) => Promise.all(requests.map(scoreOne)),
		[Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
	};
}
