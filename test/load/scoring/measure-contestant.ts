// One contestant in a process of its own: node measure-contestant.js NAME warm-up|measure PEERS_DIR DATA_DIR
// FILES_DIR. Prints one JSON object.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fixedPictures } from "../../../models/prepare/fixed-pictures.ts";
import { type ContestantName, contestantNames, openContestant } from "./contestants.ts";

export interface Measurement {
	readonly name: ContestantName;
	/** From the start of the process to the first score. */
	readonly coldStartMs: number;
	/** Median, by batch size. */
	readonly msPerPicture: Readonly<Record<number, number>>;
	readonly picturesPerSecond: number;
	readonly rssMiB: number;
	readonly outputs: readonly (readonly number[])[];
}

export const batchSizes = [1, 8, 16] as const;
const secondsPerBatchSize = 4;
const secondsEndToEnd = 6;

const [name, task, peersDir = "", dataDir = "", filesDir = ""] = process.argv.slice(2);
const known = contestantNames.find((each) => each === name);
if (known !== undefined) process.stdout.write(`${JSON.stringify(await measure(known))}\n`);

async function measure(contestant: ContestantName): Promise<Measurement> {
	const pictures = fixedPictures(224).map(({ rgb }) => rgb);
	const files = readdirSync(filesDir).map((file) => readFileSync(join(filesDir, file)));
	const program = await openContestant(contestant, peersDir, dataDir);
	await program.scorePixels(pictures.slice(0, 1));
	const coldStartMs = performance.now();
	if (task === "warm-up") process.exit();
	const outputs = await program.scorePixels(pictures);
	const msPerPicture: Record<number, number> = {};
	for (const size of batchSizes) {
		const batch = Array.from({ length: size }, (_, at) => pictures[at % pictures.length] ?? new Uint8Array());
		await program.scorePixels(batch);
		const durations = await repeatFor(secondsPerBatchSize, () => program.scorePixels(batch));
		msPerPicture[size] = median(durations) / size;
	}
	await program.scoreFiles(files);
	const started = performance.now();
	const rounds = await repeatFor(secondsEndToEnd, () => program.scoreFiles(files));
	const picturesPerSecond = (rounds.length * files.length) / ((performance.now() - started) / 1000);
	const rssMiB = process.memoryUsage().rss / 2 ** 20;
	await program[Symbol.asyncDispose]();
	return { name: contestant, coldStartMs, msPerPicture, picturesPerSecond, rssMiB, outputs };
}

async function repeatFor(seconds: number, run: () => Promise<unknown>): Promise<readonly number[]> {
	const durations: number[] = [];
	for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
		const started = performance.now();
		await run();
		durations.push(performance.now() - started);
	}
	return durations;
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
