// What hashing JPEG files from their luma alone saves, and by how much the hashes differ from those of all colors.
import { decodeFrame } from "../../../services/adapters/sharp/decode-frame.ts";
import { decodeLuma } from "../../../services/adapters/sharp/decode-jpeg.ts";
import { readJpegHeader } from "../../../services/adapters/sharp/jpeg-header.ts";
import { hashLuma, hashRaster } from "../../../services/core/hashes/pdq/hash-raster.ts";
import { bitsApart } from "../../support/bits-apart.ts";
import type { Figure } from "../report.ts";

const rounds = 5;
const maxPixels = 100_000_000;
const timeoutMs = 30_000;

function fromLuma(bytes: Uint8Array): Uint8Array {
	const luma = decodeLuma(bytes, sizeOf(bytes));
	if (luma === null) throw new Error("the luma alone was not decoded");
	return hashLuma(luma).hash;
}

async function fromColors(bytes: Uint8Array): Promise<Uint8Array> {
	const limits = { maxPixels, deadline: performance.now() + timeoutMs };
	const frame = await decodeFrame(bytes, 0, sizeOf(bytes), limits);
	if (frame.kind !== "decoded") throw new Error(`the picture is ${frame.kind}`);
	return hashRaster(frame.raster).hash;
}

function sizeOf(bytes: Uint8Array) {
	const size = readJpegHeader(bytes);
	if (size === null) throw new Error("the file is no JPEG");
	return size;
}

/** Processor time, of the best of several rounds in turns. */
export async function compareLuma(pictures: readonly Uint8Array[]): Promise<readonly Figure[]> {
	const best = { ours: Number.POSITIVE_INFINITY, peer: Number.POSITIVE_INFINITY };
	for (let round = 0; round < rounds; round += 1) {
		for (const [side, hash] of [
			["ours", fromLuma],
			["peer", fromColors],
		] as const) {
			const before = process.cpuUsage();
			for (const bytes of pictures) await hash(bytes);
			const { user, system } = process.cpuUsage(before);
			best[side] = Math.min(best[side], (user + system) / 1_000 / pictures.length);
		}
	}
	const bits = await Promise.all(pictures.map(async (one) => bitsApart(fromLuma(one), await fromColors(one))));
	const mean = bits.reduce((sum, one) => sum + one, 0) / bits.length;
	const peer = { name: "from all colors", value: best.peer };
	return [
		{
			name: "JPEG of 1600×1004 hashed from its luma",
			...{ value: best.ours, unit: "ms", peer, aim: { atLeast: 2, of: "ratio" } },
		},
		{ name: "its hash differs by, mean", value: mean, unit: "bits", aim: { atMost: 4, of: "value" } },
		{ name: "its hash differs by, most", value: Math.max(...bits), unit: "bits", aim: { atMost: 10, of: "value" } },
	];
}
