// Scoring against its peers, in one run on the same pictures. Usage: npm run bench:scoring -- [--json]
// Our native figures need tfjs-node in this project: sh infra/tensorflow/build-native.sh
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { type Figure, report } from "../report.ts";
import { type ContestantName, contestantNames } from "./contestants.ts";
import { installPeers } from "./install-peers.ts";
import { batchSizes, type Measurement } from "./measure-contestant.ts";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
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
	process.exitCode = report("scoring: MobileNetV2, 224×224, same weights", figuresOf(measured), values.json);
} finally {
	rmSync(work, { recursive: true, force: true });
}

/** Generated pictures, 960×640 JPEG. */
async function drawFiles(folder: string): Promise<void> {
	for (let seed = 0; seed < 24; seed++) writeFileSync(join(folder, `${seed}.jpg`), await drawSample(seed));
}

/** Answers the last line that the contestant prints. */
function run(name: ContestantName, task: "warm-up" | "measure"): string {
	const file = fromPackageRoot("dist", "test", "load", "scoring", "measure-contestant.js");
	const args = [file, name, task, peersDir, fromPackageRoot(".cache"), work];
	const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
	const line = stdout.trim().split("\n").at(-1);
	if (status !== 0 || line === undefined)
		throw new Error(`${name} failed; for the native library run infra/tensorflow/build-native.sh`);
	return line;
}

function figuresOf(measured: ReadonlyMap<ContestantName, Measurement>): readonly Figure[] {
	const of = (name: ContestantName): Measurement => {
		const measurement = measured.get(name);
		if (measurement === undefined) throw new Error(`${name} was not measured`);
		return measurement;
	};
	const [native, wasm, peerNode, peerWasm, onnx] = [
		of("ours-node"),
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
		endToEnd(wasm, peerWasm, null),
		...[native, wasm, peerNode, peerWasm, onnx].map(
			({ name, rssMiB }): Figure => ({ name: `resident memory, ${name}`, value: rssMiB, unit: "MiB", aim: null }),
		),
		...[wasm, peerNode, onnx].map(difference),
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
