// What it costs to decode in a process of its own: the same examination here, in this process, and through a pool of one worker
// (nobody would decode in the detector's own process: the peer is what safety costs, not an alternative); and what is saved where a
// JPEG is only hashed. `npm run bench:decoder`.
import sharp from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import examineImage, {
	type ExamineInput,
	type ExamineOutput,
} from "../../../services/adapters/sharp/examine-image.worker.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { workerFile } from "../../../services/runtime/worker-file.ts";
import { createWorkerPool } from "../../../services/runtime/worker-pool.ts";
import { readPictures } from "../matcher-api/pictures.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { compareLuma } from "./compare-luma.ts";
import { compareCosts } from "./costs.ts";

const usage = `npm run bench:decoder -- [options]

  --pictures DIR  JPEG files in place of generated pictures, for what hashing from luma saves
  --json          print one JSON object`;

const values = readOptions(usage, { pictures: { type: "string" }, json: { type: "boolean", default: false } });

const limits = {
	...{ modelSize: 224, maxPixels: 100_000_000, maxFrames: 8, timeoutMs: 30_000 },
	...({
		wantsWriting: false,
		wantsCuts: false,
		exact: null,
		lane: "slow",
		maxCostMs: Number.POSITIVE_INFINITY,
	} as const),
};
const rounds = 5;
const examineUrl = new URL("../../../services/adapters/sharp/image-examiner.js", import.meta.url).href;
const pool = createWorkerPool<ExamineInput, ExamineOutput>({
	file: workerFile(examineUrl, "./examine-image.worker.ts"),
	workers: 1,
	timeoutMs: limits.timeoutMs,
	logger: silentLogger,
});

async function inProcess(bytes: Uint8Array): Promise<void> {
	const { kind } = await examineImage({ ...limits, bytes });
	if (kind !== "examined") throw new Error("the picture was not examined");
}

async function inWorker(bytes: Uint8Array): Promise<void> {
	const outcome = await pool.run({ ...limits, bytes });
	if (outcome.kind !== "done" || outcome.output.kind !== "examined") throw new Error("the picture was not examined");
}

/** Both sides in turns; of each the best round counts. */
async function compare(name: string, pictures: readonly Uint8Array[]): Promise<Figure> {
	const best = { ours: Number.POSITIVE_INFINITY, peer: Number.POSITIVE_INFINITY };
	for (let round = 0; round < rounds; round += 1) {
		for (const [side, examine] of [
			["ours", inWorker],
			["peer", inProcess],
		] as const) {
			const startedAt = performance.now();
			for (const bytes of pictures) await examine(bytes);
			best[side] = Math.min(best[side], (performance.now() - startedAt) / pictures.length);
		}
	}
	const peer = { name: "in the same process", value: best.peer };
	return { name, value: best.ours, unit: "ms", peer, aim: { atLeast: 0.7, of: "ratio" } };
}

const samples = await Promise.all(Array.from({ length: 12 }, (_, seed) => drawSample(seed)));
const large = await Promise.all(
	samples.slice(0, 3).map((one) => sharp(one).resize(4_000, 3_000, { fit: "fill" }).jpeg({ quality: 95 }).toBuffer()),
);
const figures = [
	await compare("JPEG of 960×640 examined", samples),
	await compare("JPEG of 4000×3000 examined", large),
	await compare(
		"PNG of 4000×3000 examined",
		await Promise.all(large.slice(0, 1).map((one) => sharp(one).png({ compressionLevel: 1 }).toBuffer())),
	),
	...(await compareCosts()),
	...(await compareLuma(await readPictures(values.pictures ?? null))),
];
await pool[Symbol.asyncDispose]();
process.exitCode = report("What decoding costs", figures, values.json);
