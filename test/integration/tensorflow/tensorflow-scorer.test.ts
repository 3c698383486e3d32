// Asserts: scorer, model files, conversion and the TensorFlow.js backends that work on this machine (wasm and cpu everywhere,
// the native library where it is installed). Out of scope: decoding.
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { fixedPictures } from "../../../models/prepare/fixed-pictures.ts";
import { createTensorflowCascade } from "../../../services/adapters/tensorflow/tensorflow-cascade.ts";
import { createTensorflowScorer } from "../../../services/adapters/tensorflow/tensorflow-scorer.ts";
import type { ScoreResult, Scorer } from "../../../services/core/ports/scorer.ts";
import type { ModelBackend } from "../../../services/core/scoring/model-registry.ts";
import { type Logger, silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

const model = "nsfwjs-mobilenet-v2";
const size = 224;
const pictures = fixedPictures(size);
const vectors: { outputs: Record<string, number[]>; labels: string[] } = JSON.parse(
	await readFile(fromPackageRoot("test", "fixtures", "scoring", `${model}.json`), "utf8"),
);

function isNativeInstalled(): boolean {
	try {
		createRequire(import.meta.url).resolve("@tensorflow/tfjs-node");
		return true;
	} catch {
		return false;
	}
}

const backends: readonly ModelBackend[] = isNativeInstalled() ? ["node", "wasm", "cpu"] : ["wasm", "cpu"];

let dataDir = "";
let scorer: Scorer | null = null;

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "breakwater-scoring-"));
});

afterEach(async () => {
	await scorer?.[Symbol.asyncDispose]();
	scorer = null;
});

afterAll(async () => {
	await rm(dataDir, { recursive: true, force: true });
});

async function openScorer(options: { backend?: ModelBackend; modelsDir?: string } = {}): Promise<Scorer> {
	scorer = await createTensorflowScorer({
		modelsDir: options.modelsDir ?? fromPackageRoot("models"),
		dataDir,
		model,
		backend: options.backend ?? "wasm",
		batchSize: 16,
		maxWaitMs: 5,
		deadlineMs: 30_000,
		maxQueued: 64,
		threads: 1,
	});
	return scorer;
}

/** A copy of the models folder with one file of the model changed; `vouched` also puts the new checksum into the registry. */
async function altered(name: string, change: (bytes: Buffer) => Buffer, vouched: boolean): Promise<string> {
	const copy = await mkdtemp(join(dataDir, "models-"));
	await cp(fromPackageRoot("models", model), join(copy, model), { recursive: true });
	const file = join(copy, model, name);
	const bytes = change(await readFile(file));
	await writeFile(file, bytes);
	const registry = JSON.parse(await readFile(fromPackageRoot("models", "registry.json"), "utf8"));
	for (const entry of registry.models.flatMap((known: { files: { name: string; sha256: string }[] }) => known.files))
		if (vouched && entry.name === name) entry.sha256 = createHash("sha256").update(bytes).digest("hex");
	await writeFile(join(copy, "registry.json"), JSON.stringify(registry));
	return copy;
}

function labelsOf(result: ScoreResult | undefined): Readonly<Record<string, number>> {
	if (result?.kind !== "scored") throw new Error("expected a score");
	return result.labels;
}

describe.each(backends)("scores on the backend %s", (backend) => {
	// Plain JavaScript takes about a second for each picture.
	const chosen = backend === "cpu" ? pictures.slice(0, 1) : pictures;

	test("equal those of the original network on every fixed picture", async () => {
		const results = await (await openScorer({ backend })).score(chosen.map(({ rgb }) => ({ rgb, size })));
		chosen.forEach(({ name }, at) => {
			const labels = labelsOf(results[at]);
			vectors.labels.forEach((label, index) => {
				expect(labels[label]).toBeCloseTo(vectors.outputs[name]?.[index] ?? Number.NaN, 4);
			});
		});
	});

	test("name the backend, the model and its version", async () => {
		const [result] = await (await openScorer({ backend })).score(chosen.slice(0, 1).map(({ rgb }) => ({ rgb, size })));
		expect(result).toMatchObject({ kind: "scored", backend, model, version: "4.4.0", label: "adult" });
	});
});

describe("what cannot be scored", () => {
	const rejected = { kind: "unavailable", model, version: "4.4.0", reason: "input-rejected" };

	test("a picture of one color is unavailable, not harmless", async () => {
		const rgb = new Uint8Array(size * size * 3).fill(128);
		expect(await (await openScorer()).score([{ rgb, size }])).toEqual([rejected]);
	});

	test("a 1×1 picture stretched to the model's square is unavailable", async () => {
		const rgb = Uint8Array.from({ length: size * size * 3 }, (_, at) => [200, 10, 90][at % 3] ?? 0);
		expect(await (await openScorer()).score([{ rgb, size }])).toEqual([rejected]);
	});

	test("pixels of another size are unavailable, and do not harm their neighbors", async () => {
		const neighbor = { rgb: pictures[0]?.rgb ?? new Uint8Array(), size };
		const [first, second] = await (await openScorer()).score([{ rgb: Uint8Array.of(1, 2, 3), size: 1 }, neighbor]);
		expect(first).toEqual(rejected);
		expect(second?.kind).toBe("scored");
	});

	test("a model whose answer is not a number gives no score", async () => {
		// A weight scale near float32's end overflows on its way through the network.
		const overflow = (bytes: Buffer) =>
			Buffer.from(bytes.toString("utf8").replaceAll(/"scale":[\d.e-]+/g, `"scale":1e30`));
		const modelsDir = await altered("model.json", overflow, true);
		const results = await (await openScorer({ modelsDir })).score(pictures.map(({ rgb }) => ({ rgb, size })));
		expect(results).toEqual(pictures.map(() => ({ ...rejected, reason: "not-finite" })));
	});
});

describe("a model is refused at start-up", () => {
	test("where a weight file is not the one the registry describes", async () => {
		const flipped = (bytes: Buffer) => {
			bytes[1000] = (bytes[1000] ?? 0) ^ 1;
			return bytes;
		};
		const modelsDir = await altered("group1-shard1of1.bin", flipped, false);
		await expect(openScorer({ modelsDir })).rejects.toThrow(/group1-shard1of1\.bin is not the file/);
	});

	test("where a weight file is cut short, even if the registry vouches for it", async () => {
		const modelsDir = await altered("group1-shard1of1.bin", (bytes) => bytes.subarray(0, 5000), true);
		await expect(openScorer({ modelsDir })).rejects.toThrow(/shorter than its manifest/);
	});

	test("where the registry does not know it", async () => {
		const modelsDir = await altered("model.json", (bytes) => bytes, false);
		await writeFile(join(modelsDir, "registry.json"), JSON.stringify({ models: [], cascades: [] }));
		await expect(openScorer({ modelsDir })).rejects.toThrow(/registry is wrong/);
	});
});

describe("a cascade", () => {
	test("works with its first model alone where the further ones were not fetched", async () => {
		const modelsDir = await altered("model.json", (bytes) => bytes, true);
		const events: unknown[] = [];
		const logger: Logger = { ...silentLogger, info: (event: object) => void events.push(event), child: () => logger };
		scorer = await createTensorflowCascade({
			modelsDir,
			dataDir,
			model,
			backend: "wasm",
			batchSize: 16,
			maxWaitMs: 5,
			deadlineMs: 30_000,
			maxQueued: 64,
			threads: 1,
			logger,
		});
		const results = await scorer.score(pictures.slice(0, 2).map(({ rgb }) => ({ rgb, size })));
		expect(results.map(({ kind }) => kind)).toEqual(["scored", "scored"]);
		expect(events).toContainEqual({ event: "model-not-prepared", models: ["nsfwjs-inception-v3"] });
	});
});
