// Asserts: scorer, model files, conversion and the backends (`npm test`: those that npm brings; `npm run test:scoring`: both
// native libraries and wasm). Out of scope: decoding.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { fixedPictures } from "../../../models/prepare/fixed-pictures.ts";
import { createTensorflowCascade } from "../../../services/adapters/tensorflow/tensorflow-cascade.ts";
import type { ScoreResult, Scorer } from "../../../services/core/ports/scorer.ts";
import type { ModelBackend } from "../../../services/core/scoring/model-registry.ts";
import { type Logger, silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { alterModel, overflowing } from "../../support/alter-model.ts";
import { committedModel as model, openScorer as openTestScorer, scorerDefaults } from "../../support/open-scorer.ts";
import { scoringBackends } from "../../support/scoring-backends.ts";

const size = 224;
const pictures = fixedPictures(size);
const vectors: { outputs: Record<string, number[]>; labels: string[] } = JSON.parse(
	await readFile(fromPackageRoot("test", "fixtures", "scoring", `${model}.json`), "utf8"),
);

let dataDir = "";
let scorer: Scorer | null = null;
/** One for each backend: to open it takes as long as dozens of pictures. */
const shared = new Map<ModelBackend, Promise<Scorer>>();

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "breakwater-scoring-"));
});

afterEach(async () => {
	await scorer?.[Symbol.asyncDispose]();
	scorer = null;
});

afterAll(async () => {
	for (const one of shared.values()) await (await one)[Symbol.asyncDispose]();
	await rm(dataDir, { recursive: true, force: true });
});

async function openScorer(modelsDir: string): Promise<Scorer> {
	scorer = await openTestScorer({ dataDir, modelsDir });
	return scorer;
}

function scorerOn(backend: ModelBackend = scorerDefaults.backend): Promise<Scorer> {
	const open = shared.get(backend) ?? openTestScorer({ dataDir, backend });
	shared.set(backend, open);
	return open;
}

const altered = (name: string, change: (bytes: Buffer) => Buffer, isVouched: boolean) =>
	alterModel({ dataDir, model, name, change, isVouched });

function labelsOf(result: ScoreResult | undefined): Readonly<Record<string, number>> {
	if (result?.kind !== "scored") throw new Error("expected a score");
	return result.labels;
}

describe.each(scoringBackends)("scores on the backend %s", (backend) => {
	// Plain JavaScript takes about a second for each picture.
	const chosen = backend === "cpu" ? pictures.slice(0, 1) : pictures;

	test("equal those of the original network on every fixed picture", async () => {
		const results = await (await scorerOn(backend)).score(chosen.map(({ rgb }) => ({ rgb, size })));
		chosen.forEach(({ name }, at) => {
			const labels = labelsOf(results[at]);
			vectors.labels.forEach((label, index) => {
				expect(labels[label]).toBeCloseTo(vectors.outputs[name]?.[index] ?? Number.NaN, 4);
			});
		});
	});

	test("name the backend, the model and its version", async () => {
		const [result] = await (await scorerOn(backend)).score(chosen.slice(0, 1).map(({ rgb }) => ({ rgb, size })));
		expect(result).toMatchObject({ kind: "scored", backend, model, version: "4.4.0", label: "adult" });
	});
});

test.each([
	["is closed", {}, 5],
	["gives pictures up", { deadlineMs: 1 }, 25],
] as const)(
	"ONNX Runtime outlives a model that %s while it runs: it would take the process along",
	async (_, limits, waitMs) => {
		for (let round = 0; round < 6; round++) {
			const running = await openTestScorer({ dataDir, backend: "onnx", ...limits });
			const answers = running.score(pictures.map(({ rgb }) => ({ rgb, size })));
			await new Promise((resolve) => setTimeout(resolve, waitMs + round * 3));
			await running[Symbol.asyncDispose]();
			expect((await answers).map(({ kind }) => kind)).toHaveLength(pictures.length);
		}
	},
	120_000,
);

describe("what cannot be scored", () => {
	const rejected = { kind: "unavailable", model, version: "4.4.0", reason: "input-rejected" };

	test("a picture of one color is unavailable, not harmless", async () => {
		const rgb = new Uint8Array(size * size * 3).fill(128);
		expect(await (await scorerOn()).score([{ rgb, size }])).toEqual([rejected]);
	});

	test("a 1×1 picture stretched to the model's square is unavailable", async () => {
		const rgb = Uint8Array.from({ length: size * size * 3 }, (_, at) => [200, 10, 90][at % 3] ?? 0);
		expect(await (await scorerOn()).score([{ rgb, size }])).toEqual([rejected]);
	});

	test("pixels of another size are unavailable, and do not harm their neighbors", async () => {
		const neighbor = { rgb: pictures[0]?.rgb ?? new Uint8Array(), size };
		const [first, second] = await (await scorerOn()).score([{ rgb: Uint8Array.of(1, 2, 3), size: 1 }, neighbor]);
		expect(first).toEqual(rejected);
		expect(second?.kind).toBe("scored");
	});

	test("a model whose answer is not a number gives no score", async () => {
		const modelsDir = await altered("model.json", overflowing, true);
		const results = await (await openScorer(modelsDir)).score(pictures.map(({ rgb }) => ({ rgb, size })));
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
		await expect(openScorer(modelsDir)).rejects.toThrow(/group1-shard1of1\.bin is not the file/);
	});

	test("where a weight file is cut short, even if the registry vouches for it", async () => {
		const modelsDir = await altered("group1-shard1of1.bin", (bytes) => bytes.subarray(0, 5000), true);
		await expect(openScorer(modelsDir)).rejects.toThrow(/shorter than its manifest/);
	});

	test("where the registry does not know it", async () => {
		const modelsDir = await altered("model.json", (bytes) => bytes, false);
		await writeFile(join(modelsDir, "registry.json"), JSON.stringify({ models: [], cascades: [] }));
		await expect(openScorer(modelsDir)).rejects.toThrow(/registry is wrong/);
	});
});

describe("a cascade", () => {
	test("works with its first model alone where the further ones were not fetched", async () => {
		const modelsDir = await altered("model.json", (bytes) => bytes, true);
		const events: unknown[] = [];
		const logger: Logger = { ...silentLogger, info: (event: object) => void events.push(event), child: () => logger };
		scorer = await createTensorflowCascade({ ...scorerDefaults, modelsDir, dataDir, logger });
		const results = await scorer.score(pictures.slice(0, 2).map(({ rgb }) => ({ rgb, size })));
		expect(results.map(({ kind }) => kind)).toEqual(["scored", "scored"]);
		expect(events).toContainEqual({ event: "model-not-prepared", models: ["nsfwjs-inception-v3", "open-nsfw"] });
	});
});
