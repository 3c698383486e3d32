// Archives and documents made to swell, to nest without end, or to hold more than anybody looks at: each comes before people, and what is known
// is withheld meanwhile, by itself and in an archive.
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { pdfOf, zipOf } from "../../support/containers.ts";
import type { FaultContext, Scenario } from "../scenario.ts";

const zeros = (bytes: number) => Buffer.alloc(bytes);

function nested(depth: number): Buffer {
	let file = zipOf([{ name: "end", bytes: zeros(1_000) }]);
	for (let level = 0; level < depth; level += 1) file = zipOf([{ name: "in.zip", bytes: file }]);
	return file;
}

async function bombs(picture: Uint8Array): Promise<readonly Buffer[]> {
	const page = { jpeg: picture, width: 16, height: 16 };
	return [
		zipOf([{ name: "swells", bytes: zeros(300_000_000) }]),
		zipOf([{ name: "lies", bytes: zeros(300_000_000), saysBytes: 10 }]),
		zipOf(Array.from({ length: 20 }, (_, at) => ({ name: `${at}`, bytes: zeros(60_000_000) }))),
		zipOf(Array.from({ length: 20_000 }, (_, at) => ({ name: `${at}.txt`, bytes: Buffer.from("a") }))),
		nested(30),
		gzipSync(zeros(900_000_000)),
		await readFile(fromPackageRoot("test", "fixtures", "containers", "zeros.7z")),
		pdfOf(Array.from({ length: 500 }, () => page)),
		pdfOf([{ ...page, depth: 200 }]),
	];
}

async function inflict({ feed, plantings, isFull }: FaultContext): Promise<number> {
	const [known = new Uint8Array()] = plantings.knownPictures;
	const [ordinary = new Uint8Array()] = plantings.ordinaryPictures;
	const all = await bombs(ordinary);
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
		name: "container-bombs",
		fault: "Bombs of every container: ZIP, 7z, gzip and PDF that swell, lie, nest and hold thousands",
		profile: "cluster",
		inflict,
	},
];
