// npm run models:evaluate -- [--benign NAME=FOLDER …] [--positive NAME=FOLDER …] [--json FILE] [--page FILE]
// Measures every model at hand, and their cascade, on folders of labelled pictures. Files are read, never written or moved.
import { existsSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { readRegistry } from "../../services/adapters/tensorflow/load-model-files.ts";
import { createTensorflowScorer } from "../../services/adapters/tensorflow/tensorflow-scorer.ts";
import type { Scorer } from "../../services/core/ports/scorer.ts";
import { createCascade } from "../../services/core/scoring/cascade.ts";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";
import { type LabelledFolder, scoreFolders } from "./score-folders.ts";
import { type ScorerSummary, summarize } from "./summarize.ts";
import { writePage } from "./write-page.ts";

const { values } = parseArgs({
	options: {
		benign: { type: "string", multiple: true, default: [] },
		positive: { type: "string", multiple: true, default: [] },
		json: { type: "string" },
		page: { type: "string" },
	},
});

const folders = [
	...values.benign.map((argument) => labelled(argument, false)),
	...values.positive.map((argument) => labelled(argument, true)),
];
if (folders.length === 0) throw new Error("give at least one folder: --benign NAME=FOLDER");

const registry = await readRegistry(fromPackageRoot("models"));
const band = registry.cascades[0]?.band ?? { from: 0.5, to: 0.95 };
const first = await open("nsfwjs-mobilenet-v2");
const hasSecond = existsSync(fromPackageRoot("models", "nsfwjs-inception-v3", "model.json"));
const second = hasSecond ? await open("nsfwjs-inception-v3") : null;
const scorers: readonly (readonly [string, Scorer])[] = [
	[nameOf(first), first],
	...(second === null ? [] : ([[nameOf(second), second]] as const)),
	...(second === null
		? []
		: ([[`cascade of both, ${band.from}–${band.to}`, createCascade({ first, further: [second], band })]] as const)),
];
const { files, msPerPicture } = await scoreFolders(
	folders,
	scorers.map(([, scorer]) => scorer),
	(done) => void (done % 50 === 0 && process.stderr.write(`${done} files\n`)),
);
const summaries: readonly ScorerSummary[] = scorers.map(([name], at) =>
	summarize(name, at, files, msPerPicture[at] ?? Number.NaN),
);
const evaluation = {
	date: new Date().toISOString().slice(0, 10),
	machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown CPU"}, Node ${process.version}, backend ${first.info.backend}`,
	summaries,
};
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(evaluation, null, "\t")}\n`);
if (values.page !== undefined) writeFileSync(values.page, writePage(evaluation));
for (const { scorer, all, msPerPicture: ms } of summaries) {
	const rates = all.thresholds.map(
		({ threshold, falsePositives }) => `≥ ${threshold}: ${falsePositives.count}/${falsePositives.of}`,
	);
	process.stdout.write(
		`${scorer}: ${all.files} files, ${all.unavailable} unavailable, ${ms.toFixed(1)} ms; ${rates.join(", ")}\n`,
	);
}
await first[Symbol.asyncDispose]();
await second?.[Symbol.asyncDispose]();

function labelled(argument: string, isPositive: boolean): LabelledFolder {
	const [corpus = "", folder] = argument.split("=", 2);
	if (folder === undefined) throw new Error(`expected NAME=FOLDER, got ${argument}`);
	return { corpus, folder, isPositive };
}

function nameOf({ info }: Scorer): string {
	return `${info.model}@${info.version}`;
}

async function open(model: string): Promise<Scorer> {
	return createTensorflowScorer({
		modelsDir: fromPackageRoot("models"),
		dataDir: fromPackageRoot(".cache"),
		model,
		backend: "auto",
		batchSize: 16,
		maxWaitMs: 0,
		deadlineMs: 120_000,
		maxQueued: 64,
		threads: 1,
	});
}
