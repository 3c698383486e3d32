// Scoring against its peers, in one run on the same pictures.
// Our native figures need tfjs-node in this project: sh infra/tensorflow/build-native.sh
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { type ContestantName, contestantNames } from "./contestants.ts";
import { installPeers } from "./install-peers.ts";
import type { CascadeCosts } from "./measure-cascade.ts";
import { batchSizes, type Measurement } from "./measure-contestant.ts";
import { unsureShare } from "./unsure-share.ts";

const usage = `npm run bench:scoring -- [options]

  --json        print one JSON object`;

const values = readOptions(usage, { json: { type: "boolean", default: false } });
const say = (text: string) => void process.stderr.write(`${text}\n`);

const peersDir = fromPackageRoot(".cache", "bench-scoring");
const work = mkdtempSync(join(tmpdir(), "breakwater-bench-"));
try {
	say("installing peers");
	installPeers(peersDir);
	await drawFiles(work);
	const measured = new Map<ContestantName, Measurement>();
	for (const name of contestantNames) {
		say(`measuring ${name}`);
		// The first start fills the disk's cache and makes artefacts.
		run(name, "warm-up");
		measured.set(name, JSON.parse(run(name, "measure")));
	}
	say("measuring the cascade");
	const figures = [...figuresOf(measured), ...cascadeFigures(JSON.parse(runCascade()))];
	process.exitCode = report("scoring: MobileNetV2, 224×224, same weights", figures, values.json);
} finally {
	rmSync(work, { recursive: true, force: true });
}

/** Generated pictures, 960×640 JPEG. */
async function drawFiles(folder: string): Promise<void> {
	for (let seed = 0; seed < 24; seed++) writeFileSync(join(folder, `${seed}.jpg`), await drawSample(seed));
}

function run(name: ContestantName, task: "warm-up" | "measure"): string {
	const args = [name, task, peersDir, fromPackageRoot(".cache"), work];
	return lastLineOf("measure-contestant", args, "for the native library run infra/tensorflow/build-native.sh");
}

function runCascade(): string {
	return lastLineOf("measure-cascade", [fromPackageRoot(".cache")], "npm run models:prepare fetches its models");
}

function lastLineOf(script: string, args: readonly string[], advice: string): string {
	const file = fromPackageRoot("dist", "test", "load", "scoring", `${script}.js`);
	const { status, stdout } = spawnSync(process.execPath, [file, ...args], {
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
	});
	const line = stdout.trim().split("\n").at(-1);
	if (status !== 0 || line === undefined) throw new Error(`${script} ${args[0]} failed; ${advice}`);
	return line;
}

function figuresOf(measured: ReadonlyMap<ContestantName, Measurement>): readonly Figure[] {
	const of = (name: ContestantName): Measurement => {
		const measurement = measured.get(name);
		if (measurement === undefined) throw new Error(`${name} was not measured`);
		return measurement;
	};
	const [native, plain, oursOnnx, wasm, peerNode, peerWasm, onnx] = [
		of("ours-node"),
		of("ours-node-without-onednn"),
		of("ours-onnx"),
		of("ours-wasm"),
		of("nsfwjs-node"),
		of("nsfwjs-wasm"),
		of("onnxruntime"),
	];
	const ms = (name: string, ours: Measurement, size: number, peer: Measurement, aim: Figure["aim"]): Figure => ({
		name: `${name}, batch ${size}`,
		value: ours.msPerPicture[size] ?? Number.NaN,
		unit: "ms",
		peer: { name: peer.name, value: peer.msPerPicture[size] ?? Number.NaN },
		aim,
	});
	const difference = (peer: Measurement): Figure => ({
		name: `largest difference of a probability, native and ${peer.name}`,
		value: Math.max(
			...native.outputs.flatMap((row, at) => row.map((p, k) => Math.abs(p - (peer.outputs[at]?.[k] ?? Number.NaN)))),
		),
		unit: "",
		aim: { atMost: 0.001, of: "value" },
	});
	const nativeAims: Record<number, number> = { 1: 11, 8: 5, 16: 5 };
	return [
		...batchSizes.map((size) => ms("native", native, size, onnx, { atMost: nativeAims[size] ?? 5, of: "value" })),
		ms("native", native, 1, peerNode, { atLeast: 5, of: "ratio" }),
		ms("native", native, 8, peerNode, null),
		...batchSizes.map((size) => ms("native", native, size, plain, null)),
		...batchSizes.map((size) => ms("onnx", oursOnnx, size, onnx, size === 1 ? { atLeast: 0.67, of: "ratio" } : null)),
		ms("onnx", oursOnnx, 1, wasm, null),
		ms("wasm", wasm, 1, peerWasm, { atLeast: 2, of: "ratio" }),
		...[8, 16].map((size) => ms("wasm", wasm, size, peerWasm, null)),
		...(
			[
				[native, peerNode],
				[wasm, peerWasm],
			] as const
		).map(
			([ours, peer]): Figure => ({
				name: `cold start, ${ours.name}`,
				value: ours.coldStartMs,
				unit: "ms",
				peer: { name: peer.name, value: peer.coldStartMs },
				aim: { atMost: 1_500, of: "value" },
			}),
		),
		endToEnd(native, onnx, { atLeast: 100, of: "value" }),
		endToEnd(native, peerNode, null),
		endToEnd(oursOnnx, onnx, null),
		endToEnd(wasm, peerWasm, null),
		...[native, oursOnnx, wasm, peerNode, peerWasm, onnx].map(
			({ name, rssMiB }): Figure => ({ name: `resident memory, ${name}`, value: rssMiB, unit: "MiB", aim: null }),
		),
		...[plain, oursOnnx, wasm, peerNode, onnx].map(difference),
	];
}

/** The committed evaluation says how many harmless pictures the first model is unsure about; nearly all pictures are harmless. */
function cascadeFigures({ firstMs, furtherMs, further }: CascadeCosts): readonly Figure[] {
	const share = unsureShare();
	return [
		{ name: "cascade, first stage, batch 16", value: firstMs, unit: "ms", aim: null },
		{ name: `cascade, ${further.join(" + ")}, batch 16`, value: furtherMs, unit: "ms", aim: null },
		{ name: "harmless pictures that reach the second stage", value: share * 100, unit: "%", aim: null },
		{
			name: "cascade, mean cost of a picture against the first stage alone",
			value: (firstMs + share * furtherMs) / firstMs,
			unit: "×",
			aim: { atMost: 1.3, of: "value" },
		},
	];
}

/** Ours also hashes: it is what the detector does with each picture. */
function endToEnd(ours: Measurement, peer: Measurement, aim: Figure["aim"]): Figure {
	return {
		name: `JPEG to score, ${ours.name}`,
		value: ours.picturesPerSecond,
		unit: "/s",
		peer: { name: peer.name, value: peer.picturesPerSecond },
		aim,
	};
}
