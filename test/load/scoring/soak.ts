// A long run on one backend: memory must stay flat and no thread may be replaced.
import { fixedPictures } from "../../../models/prepare/fixed-pictures.ts";
import { createTensorflowScorer } from "../../../services/adapters/tensorflow/tensorflow-scorer.ts";
import { modelBackends } from "../../../services/core/scoring/model-registry.ts";
import { type Logger, silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";

const usage = `npm run soak:scoring -- [options]

  --backend B   node, onnx, wasm or cpu (wasm)
  --pictures N  at least 200 (50000)
  --json        print one JSON object`;

const values = readOptions(usage, {
	backend: { type: "string", default: "wasm" },
	pictures: { type: "string", default: "50000" },
	json: { type: "boolean", default: false },
});
const backend = modelBackends.find((name) => name === values.backend);
const total = Number(values.pictures);
if (backend === undefined || !(total >= 200)) throw new Error("give a backend, and at least 200 pictures");

// A thread that leaks tensors is replaced after the very batch; the log is where that shows.
let replaced = 0;
const count = () => {
	replaced += 1;
};
const logger: Logger = { ...silentLogger, warn: count, error: count, child: () => logger };

const size = 224;
const pictures = fixedPictures(size).map(({ rgb }) => ({ rgb, size }));
const scorer = await createTensorflowScorer({
	modelsDir: fromPackageRoot("models"),
	dataDir: fromPackageRoot(".cache"),
	model: "nsfwjs-mobilenet-v2",
	backend,
	batchSize: 16,
	maxWaitMs: 5,
	// Plain JavaScript takes seconds for each picture of a batch where the machine is busy.
	deadlineMs: 600_000,
	maxQueued: 1_000,
	logger,
});
const tenths: number[][] = Array.from({ length: 10 }, () => []);
let done = 0;
let unavailable = 0;
const started = performance.now();
while (done < total) {
	// 1 to 32 at once, so that batches of every size come up.
	const results = await scorer.score(
		Array.from({ length: 1 + (done % 32) }, (_, at) => pictures[(done + at) % pictures.length]).filter(
			(request) => request !== undefined,
		),
	);
	unavailable += results.filter(({ kind }) => kind !== "scored").length;
	done += results.length;
	tenths[Math.min(9, Math.floor((done * 10) / total))]?.push(process.memoryUsage().rss / 2 ** 20);
}
const seconds = (performance.now() - started) / 1000;
await scorer[Symbol.asyncDispose]();

const median = (samples: readonly number[]) => samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
const [, second = [], ...rest] = tenths;
const last = rest.at(-1) ?? [];
const figures: Figure[] = [
	{ name: "resident memory, second tenth", value: median(second), unit: "MiB", aim: null },
	{ name: "resident memory, last tenth", value: median(last), unit: "MiB", aim: null },
	{
		name: "growth from the second tenth to the last",
		value: (median(last) / median(second) - 1) * 100,
		unit: "%",
		aim: { atMost: 5, of: "value" },
	},
	{ name: "threads replaced (leaks, losses)", value: replaced, unit: "", aim: { atMost: 0, of: "value" } },
	{ name: "pictures unavailable", value: unavailable, unit: "", aim: { atMost: 0, of: "value" } },
	{ name: "pictures scored", value: done / seconds, unit: "/s", aim: null },
];
process.exitCode = report(`scoring, ${done} pictures on ${scorer.info.backend}`, figures, values.json);
