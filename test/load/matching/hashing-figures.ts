import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { wavePicture } from "../../fixtures/hashing/wave-picture.ts";
import type { Figure } from "../report.ts";
import { inTurns } from "./in-turns.ts";
import type { LineProcess } from "./line-process.ts";
import type { Published, Timed } from "./measure-ours.ts";

/** PDQ from pixels and from files. Generated pictures are put into `work`. */
export async function hashingFigures(ours: LineProcess, peer: LineProcess, work: string): Promise<Figure[]> {
	const edge = 512;
	const file = join(work, "pixels.rgb");
	writeFileSync(file, wavePicture(1, edge, edge));
	const folder = join(work, "pictures");
	mkdirSync(folder);
	for (let seed = 0; seed < 24; seed += 1) writeFileSync(join(folder, `${seed}.jpg`), await drawSample(seed));

	const least = (timed: readonly Timed[]) => Math.min(...timed.map(({ milliseconds }) => milliseconds));
	const pixels = await inTurns(
		() => ours.ask<Timed>({ hash: { file, edge, rounds: 3 } }),
		() => peer.ask<Timed & { readonly dihedralMilliseconds: number }>({ hash: { file, edge, rounds: 3 } }),
	);
	const files = await inTurns(
		() => ours.ask<Timed>({ files: { folder, rounds: 1 } }),
		() => peer.ask<Timed>({ files: { folder, rounds: 1 } }),
	);
	const published = await peer.ask<Published>({ published: { folder } });
	const dihedralMs = Math.min(...pixels.peers.map(({ dihedralMilliseconds }) => dihedralMilliseconds));
	const pdq = (name: string, value: number, peerName: string, peerValue: number, atLeast: number): Figure => ({
		name,
		value,
		unit: "ms",
		peer: { name: peerName, value: peerValue },
		aim: { atLeast, of: "ratio" },
	});
	return [
		pdq("PDQ in eight turns, 512×512 pixels", least(pixels.ours), "pdqhash, one turn", least(pixels.peers), 6),
		pdq("PDQ in eight turns, 512×512 pixels", least(pixels.ours), "pdqhash, eight turns", dihedralMs, 6),
		pdq("JPEG file to hash, 960×640", least(files.ours), "Pillow + pdqhash", least(files.peers), 2),
		farthest(await ours.ask<Published>({ published: { folder } }), published),
	];
}

/** Ours decodes, shrinks and hashes in its own way; what lists carry was made by the reference's. */
function farthest(ours: Published, theirs: Published): Figure {
	const distances = Object.entries(theirs)
		.filter(([, { quality }]) => quality >= 80)
		.map(([name, { hash }]) => distanceBits(hash, ours[name]?.hash ?? ""));
	return {
		name: `farthest from the reference's hash of the file, ${distances.length} of quality ≥80`,
		value: Math.max(...distances),
		unit: "bits",
		aim: { atMost: 10, of: "value" },
	};
}

function distanceBits(a: string, b: string): number {
	let bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
	let count = 0;
	for (; bits > 0n; bits &= bits - 1n) count += 1;
	return count;
}
