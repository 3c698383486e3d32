// What pictures cost a decoder, beside what was estimated from their headers.
import sharp from "sharp";
import { estimateCostMs } from "../../../services/adapters/sharp/estimate-cost.ts";
import examineImage from "../../../services/adapters/sharp/examine-image.worker.ts";
import { mostPages, mostPixels } from "../../../services/adapters/sharp/read-frames.ts";
import { readHeader } from "../../../services/adapters/sharp/read-header.ts";
import { narrowPng, tiffOfPages } from "../../support/costly-pictures.ts";
import type { Figure } from "../report.ts";

const limits = { modelSize: 224, maxPixels: 100_000_000, maxFrames: 8, timeoutMs: 120_000 };

/** Noise, which compresses badly: a decoder has to read all of it. */
async function noise(width: number, height: number, channels: 3 | 4 = 3): Promise<Buffer> {
	const background = { r: 60, g: 90, b: 120, alpha: 0.5 };
	const options = { width, height, background, noise: { type: "gaussian", mean: 128, sigma: 30 } } as const;
	const drawn = sharp({ create: { ...options, channels: 3 } });
	return (channels === 4 ? drawn.ensureAlpha(0.5) : drawn).png({ compressionLevel: 1 }).toBuffer();
}

export async function compareCosts(): Promise<readonly Figure[]> {
	const photo = await noise(4_000, 3_000);
	const frames = await Promise.all(Array.from({ length: 30 }, () => noise(400, 300)));
	const pictures: readonly (readonly [string, string, Uint8Array])[] = [
		["JPEG of 4000×3000", "image/jpeg", await sharp(photo).jpeg().toBuffer()],
		["JPEG, progressive", "image/jpeg", await sharp(photo).jpeg({ progressive: true }).toBuffer()],
		["PNG of 4000×3000", "image/png", photo],
		["PNG, interlaced", "image/png", await sharp(photo).png({ compressionLevel: 1, progressive: true }).toBuffer()],
		["PNG, transparent", "image/png", await noise(4_000, 3_000, 4)],
		["PNG of 16 bits", "image/png", await sharp(photo).toColourspace("rgb16").png({ compressionLevel: 1 }).toBuffer()],
		["WebP of 4000×3000", "image/webp", await sharp(photo).webp().toBuffer()],
		["AVIF of 4000×3000", "image/avif", await sharp(photo).avif({ effort: 0 }).toBuffer()],
		["TIFF of 4000×3000", "image/tiff", await sharp(photo).tiff({ compression: "lzw" }).toBuffer()],
		[
			"GIF of 30 frames of 400×300",
			"image/gif",
			await sharp(frames, { join: { animated: true } })
				.gif()
				.toBuffer(),
		],
		["PNG of 1 × 8 million", "image/png", narrowPng(8_000_000)],
		["TIFF of 1,000 pages", "image/tiff", tiffOfPages(1_000)],
	];
	const figures: Figure[] = [];
	for (const [name, type, bytes] of pictures) {
		const header = await readHeader(bytes);
		if (header === null) throw new Error(`${name} has no header`);
		const before = process.cpuUsage();
		await examineImage({
			...limits,
			bytes,
			wantsWriting: false,
			wantsCuts: false,
			exact: null,
			lane: "slow",
			maxCostMs: Number.POSITIVE_INFINITY,
		});
		const { user, system } = process.cpuUsage(before);
		const peer = { name: "estimated", value: estimateCostMs(header, type, { mostPages, mostPixels }) };
		figures.push({ name: `${name} costs`, value: (user + system) / 1_000, unit: "ms", peer, aim: null });
	}
	return figures;
}
