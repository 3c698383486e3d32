// Archives and documents made to swell, to nest without end, or to hold more than anybody looks at or reads: each comes before people, and what is
// known is withheld meanwhile, by itself and in an archive.
import { setTimeout as wait } from "node:timers/promises";
import { silentLogger as logger } from "../../../services/runtime/logger.ts";
import { compiledFile } from "../../../services/runtime/worker-file.ts";
import { createWorkerPool } from "../../../services/runtime/worker-pool.ts";
import { zipOf } from "../../support/containers.ts";
import type { BombsInput } from "../make-bombs.worker.ts";
import type { FaultContext, Scenario } from "../scenario.ts";

const madeWithinMs = 240_000;

async function make(input: BombsInput): Promise<readonly Uint8Array[]> {
	const file = compiledFile(new URL("../make-bombs.worker.ts", import.meta.url), import.meta.url.endsWith(".ts"));
	await using maker = createWorkerPool<BombsInput, readonly Uint8Array[]>({
		...{ file, workers: 1, timeoutMs: madeWithinMs, logger },
	});
	const outcome = await maker.run(input);
	if (outcome.kind === "failed") throw new Error(`the bombs were not made: ${outcome.reason}`);
	return outcome.output;
}

async function inflict({ feed, plantings, isFull }: FaultContext, sort: BombsInput["sort"]): Promise<number> {
	const [known = new Uint8Array()] = plantings.knownPictures;
	const [picture = new Uint8Array()] = plantings.ordinaryPictures;
	const all = await make({ sort, picture });
	const times = isFull ? 5 : 1;
	for (let round = 0; round < times; round += 1)
		for (const [at, bytes] of all.entries()) {
			// Bytes that are new each time: nothing is known of them.
			feed.send({ kind: "picture", expected: "people", bytes: Buffer.concat([bytes, Buffer.from(`${round}`)]) });
			feed.send({ kind: "picture", expected: "withheld", bytes: zipOf([{ name: `${round}-${at}`, bytes: known }]) });
			await wait(500);
		}
	return times * all.length;
}

export const containerBombs: readonly Scenario[] = [
	{
		name: "word-bombs",
		fault:
			"Documents without end: 10 000 pages, a million operators on one, text layers and Office XML of megabytes, 200 000 elements deep; and pictures with such files behind them",
		profile: "cluster",
		inflict: (context) => inflict(context, "words"),
	},
	{
		name: "container-bombs",
		fault: "Bombs of every container: ZIP, 7z, gzip and PDF that swell, lie, nest and hold thousands",
		profile: "cluster",
		inflict: (context) => inflict(context, "containers"),
	},
];
