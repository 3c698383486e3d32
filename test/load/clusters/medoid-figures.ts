// The memory of a medoid, a picture's place among millions in processor time, hearing of another detector's cluster. Hashes are random.
import { randomBytes } from "node:crypto";
import type { PictureHashes } from "../../../services/core/banks/bank.ts";
import { clusterTypes } from "../../../services/core/clusters/cluster-type.ts";
import { createMedoids, type Medoids } from "../../../services/core/clusters/medoids.ts";
import { createFindNear } from "../../../services/detector/find-near-clusters.ts";
import { placePicture } from "../../support/place-pictures.ts";
import type { Figure } from "../report.ts";
import { microseconds } from "./microseconds.ts";

const hashBytes = 32;
const portion = 20_000;
const asked = 1_000;
/** Below it what an index takes however few there are weighs more than they. */
const fewestJudged = 5_000_000;
/** Turns, and framings that say enough: as of a photograph with nothing around it. */
const turns = 8;
const framings = 4;
const textBits = clusterTypes["text-simhash"].confirmedBits;

/** So many medoids in memory, by random hashes. */
export function medoidFigures(count: number): readonly Figure[] {
	const medoids = createMedoids();
	const sample: Uint8Array[] = [];
	const seenAt = new Date();
	for (let loaded = 0; loaded < count; loaded += portion) {
		const bytes = randomBytes(portion * hashBytes);
		const hashes = Array.from({ length: portion }, (_, at) => bytes.subarray(at * hashBytes, (at + 1) * hashBytes));
		medoids.load(hashes.map((hash) => ({ hash, seenAt })));
		if (sample.length < asked) sample.push(...hashes.slice(0, asked).map((hash) => Uint8Array.from(hash)));
	}
	medoids.compact();
	const among = `among ${count / 1_000_000} million`;
	const near = createFindNear(medoids);
	const bytesEach = medoids.bytes / medoids.size;
	return [
		{
			name: `memory of a medoid ${among}`,
			value: bytesEach,
			unit: "bytes",
			aim: count < fewestJudged ? null : { atMost: 110, of: "value" },
		},
		{
			name: `near copies placed with their medoid ${among}`,
			value: copiesFound(medoids, sample),
			unit: "%",
			aim: { atLeast: 100, of: "value" },
		},
		{
			name: `a picture that nothing is like, in ${turns + framings} framings ${among}`,
			value: microseconds(asked, () => placePicture(stranger(), medoids, Date.now())),
			unit: "µs",
			aim: null,
		},
		{
			name: `a text's hash ${among}, within ${textBits} bits`,
			value: microseconds(asked, () => medoids.within(randomBytes(hashBytes), textBits)),
			unit: "µs",
			aim: null,
		},
		{
			name: `another detector's medoid ${among}, heard of`,
			value: microseconds(asked, () =>
				near.take({ type: "pdq", hash: randomBytes(hashBytes), seenAt, mergedInto: null }, Date.now()),
			),
			unit: "µs",
			aim: null,
		},
	];
}

/** With eighteen bits flipped. */
function copiesFound(medoids: Medoids, sample: readonly Uint8Array[]): number {
	const found = sample.slice(0, asked).filter((hash) => {
		const copy = hash.map((byte, at) => (at < 18 ? byte ^ 1 : byte));
		return Buffer.from(medoids.nearest([copy], 20)?.hash ?? []).equals(Buffer.from(hash));
	});
	return (100 * found.length) / Math.min(asked, sample.length);
}

function stranger(): PictureHashes {
	const hash = () => new Uint8Array(randomBytes(hashBytes));
	return {
		...{ hash: hash(), quality: 100, dihedral: Array.from({ length: turns }, hash) },
		reframed: Array.from(
			{ length: framings - 1 },
			() => ({ transform: "trimmed", hash: hash(), quality: 100 }) as const,
		),
	};
}
