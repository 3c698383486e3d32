// Asserts: what becomes of pictures that cannot be scored, from their bytes to the verdict: examiner, model, policy. Each must end
// before people. Out of scope: stream and record.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { fixedPictures } from "../../../models/prepare/fixed-pictures.ts";
import { createImageExaminer } from "../../../services/adapters/sharp/image-examiner.ts";
import { createInferencePool } from "../../../services/adapters/tensorflow/inference-pool.ts";
import { openInferenceThread } from "../../../services/adapters/tensorflow/inference-thread.ts";
import { loadModelFiles } from "../../../services/adapters/tensorflow/load-model-files.ts";
import { scorerOf } from "../../../services/adapters/tensorflow/tensorflow-scorer.ts";
import { decideVerdict } from "../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { Verdict } from "../../../services/core/policy/verdict.ts";
import type { Scorer } from "../../../services/core/ports/scorer.ts";
import type { ModelBackend } from "../../../services/core/scoring/model-registry.ts";
import { hashSignals, scoreSignals } from "../../../services/core/signals/media-signals.ts";
import type { Signal } from "../../../services/core/signals/signal.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { alterModel, overflowing } from "../../support/alter-model.ts";
import { committedModel as model, openScorer as openTestScorer } from "../../support/open-scorer.ts";
import { scoringBackends } from "../../support/scoring-backends.ts";

const size = 224;
const examiner = createImageExaminer({
	workers: 1,
	modelSize: size,
	limits: { maxBytes: 1_000_000, maxPixels: 10_000_000, timeoutMs: 10_000, maxFrames: 1 },
	logger: silentLogger,
});

let dataDir = "";
let scorer: Scorer | null = null;

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "breakwater-never-clear-"));
});

afterEach(async () => {
	await scorer?.[Symbol.asyncDispose]();
	scorer = null;
});

afterAll(async () => {
	await examiner[Symbol.asyncDispose]();
	await rm(dataDir, { recursive: true, force: true });
});

async function openScorer(backend: ModelBackend, modelsDir = fromPackageRoot("models")): Promise<Scorer> {
	scorer = await openTestScorer({ dataDir, backend, modelsDir });
	return scorer;
}

/** What the detector concludes of a picture's bytes, with no bank that knows it. */
async function verdictOn(bytes: Uint8Array, asked: Scorer): Promise<Verdict> {
	const examined = await examiner.examine(bytes, AbortSignal.timeout(20_000));
	const media: readonly Signal[] =
		examined.kind === "unavailable"
			? [{ kind: "unavailable", detector: "media", version: examiner.version, reason: examined.reason }]
			: scoreSignals(await asked.score(examined.rasters.map((rgb) => ({ rgb, size }))));
	const signals = [...hashSignals(examined.hashes, [], "test"), ...media];
	return decideVerdict(signals, "public", defaultPolicy);
}

function plain(edge: number): Promise<Buffer> {
	return sharp({ create: { width: edge, height: edge, channels: 3, background: "#88aacc" } })
		.png()
		.toBuffer();
}

function photograph(): Promise<Buffer> {
	const [first] = fixedPictures(size).slice(1);
	if (first === undefined) throw new Error("there is no fixed picture");
	return sharp(first.rgb, { raw: { width: size, height: size, channels: 3 } })
		.png()
		.toBuffer();
}

const beforePeople = (reason: string) =>
	expect.objectContaining({
		action: "review",
		isIncomplete: true,
		signals: expect.arrayContaining([expect.objectContaining({ kind: "unavailable", reason })]),
	});

describe.each(scoringBackends.filter((backend) => backend !== "cpu"))("on the backend %s", (backend) => {
	test("a picture of one color goes to people", async () => {
		expect(await verdictOn(await plain(300), await openScorer(backend))).toEqual(beforePeople("input-rejected"));
	});

	test("a 1×1 picture goes to people", async () => {
		expect(await verdictOn(await plain(1), await openScorer(backend))).toEqual(beforePeople("input-rejected"));
	});

	test("a picture that the model can score does not", async () => {
		const verdict = await verdictOn(await photograph(), await openScorer(backend));
		expect(verdict.isIncomplete).toBe(false);
		expect(verdict.signals).toContainEqual(expect.objectContaining({ kind: "scored", backend }));
	});

	test("a picture whose inference thread is killed under it goes to people, and the next one is scored", async () => {
		const { model: entry, topology, weights } = await loadModelFiles(fromPackageRoot("models"), model);
		const open = () =>
			openInferenceThread({
				file: fromPackageRoot("dist", "services", "adapters", "tensorflow", "score-batch.worker.js"),
				start: { model: entry, topology, weights, backends: [backend], savedModelsDir: join(dataDir, "models") },
				startTimeoutMs: 30_000,
			});
		const first = await open();
		const pool = createInferencePool({
			openThread: open,
			first: {
				...first,
				run: (...batch) => {
					const outcome = first.run(...batch);
					first.end();
					return outcome;
				},
			},
			threads: 1,
			batchSize: 16,
			maxWaitMs: 5,
			deadlineMs: 30_000,
			maxQueued: 64,
			maxThreadBytes: 2 ** 30,
			logger: silentLogger,
		});
		scorer = scorerOf(entry, backend, pool);
		expect(await verdictOn(await photograph(), scorer)).toEqual(beforePeople("backend-failed"));
		expect((await verdictOn(await photograph(), scorer)).isIncomplete).toBe(false);
	});
});

test("a picture on which the model answers with no number goes to people", async () => {
	const modelsDir = await alterModel({ dataDir, model, name: "model.json", change: overflowing, isVouched: true });
	expect(await verdictOn(await photograph(), await openScorer("wasm", modelsDir))).toEqual(beforePeople("not-finite"));
});

test("with a corrupt weight file no picture is scored at all: the model does not start", async () => {
	const flipped = (bytes: Buffer) => {
		bytes[4_000] = (bytes[4_000] ?? 0) ^ 1;
		return bytes;
	};
	const modelsDir = await alterModel({
		dataDir,
		model,
		name: "group1-shard1of1.bin",
		change: flipped,
		isVouched: false,
	});
	await expect(openScorer("wasm", modelsDir)).rejects.toThrow(/its SHA-256 differs/);
});
