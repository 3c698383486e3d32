// npm run models:evaluate -- [--benign NAME=FOLDER …] [--positive NAME=FOLDER …] [--json FILE] [--page FILE]
// Measures every model at hand, and every cascade of them, on folders of labelled pictures. Files are read, never written or
// moved; nothing of them but their type and corpus goes into the results.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { readRegistry } from "../../services/adapters/tensorflow/load-model-files.ts";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";
import { openContestants } from "./open-contestants.ts";
import { type LabelledFolder, scoreFolders } from "./score-folders.ts";
import { summarize } from "./summarize.ts";
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

const contestants = await openContestants(await readRegistry(fromPackageRoot("models")));
const { files, msPerPicture } = await scoreFolders(
	folders,
	contestants.map(({ scorer }) => scorer),
	(done) => void (done % 50 === 0 && process.stderr.write(`${done} files\n`)),
);
if (files.every(({ probabilities }) => probabilities.length === 0)) throw new Error("no file could be scored");
const summaries = contestants.map(({ name, loadedMegabytes }, at) => ({
	...summarize(name, at, files, msPerPicture[at] ?? Number.NaN),
	loadedMegabytes,
}));
const evaluation = {
	date: new Date().toISOString().slice(0, 10),
	machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown CPU"}, Node ${process.version}, backend ${contestants[0]?.scorer.info.backend}`,
	summaries,
};
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(evaluation, rounded)}\n`);
if (values.page !== undefined) writeFileSync(values.page, writePage(evaluation));
for (const { scorer, all, msPerPicture: ms } of summaries) {
	const rates = all.thresholds.map(
		({ threshold, falsePositives }) => `≥ ${threshold}: ${falsePositives.count}/${falsePositives.of}`,
	);
	process.stdout.write(
		`${scorer}: ${all.files} files, ${all.unavailable} unavailable, ${ms.toFixed(1)} ms; ${rates.join(", ")}\n`,
	);
}
for (const { scorer } of contestants) await scorer[Symbol.asyncDispose]();

function labelled(argument: string, isPositive: boolean): LabelledFolder {
	const [corpus = "", folder] = argument.split("=", 2);
	if (folder === undefined) throw new Error(`expected NAME=FOLDER, got ${argument}`);
	return { corpus, folder, isPositive };
}

/** Five digits are more than a few hundred pictures can tell. */
function rounded(_: string, value: unknown): unknown {
	return typeof value === "number" ? Number(value.toPrecision(5)) : value;
}
