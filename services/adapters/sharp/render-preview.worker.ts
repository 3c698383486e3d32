// Runs in a worker thread: draws a picture at the level of exposure that was asked for, and no more.
import sharp, { type Sharp } from "sharp";
import type { RevealLevel } from "../../core/cases/case.ts";

export interface RenderInput {
	readonly bytes: Uint8Array;
	readonly level: RevealLevel;
	readonly watermark: string;
	readonly maxPixels: number;
}

sharp.cache(false);
sharp.concurrency(1);

/** Longest edge of each level, pixels. */
const edges: Readonly<Record<RevealLevel, number>> = { 1: 320, 2: 240, 3: 320, 4: 480, 5: 2_048 };
const quality = 80;

export default async function renderPreview({
	bytes,
	level,
	watermark,
	maxPixels,
}: RenderInput): Promise<Uint8Array | null> {
	try {
		const upright = sharp(bytes, { limitInputPixels: maxPixels, failOn: "none" })
			.rotate()
			.resize({ width: edges[level], height: edges[level], fit: "inside", withoutEnlargement: true })
			.flatten({ background: "#ffffff" })
			.toColourspace("srgb");
		const drawn = await draw(upright, level, watermark);
		// Metadata is never carried over: sharp keeps none unless asked.
		return await drawn.webp({ quality }).toBuffer();
	} catch {
		return null;
	}
}

/** Laplacian: outlines without surfaces. */
const outlines = { width: 3, height: 3, kernel: [-1, -1, -1, -1, 8, -1, -1, -1, -1] };

async function draw(picture: Sharp, level: RevealLevel, watermark: string): Promise<Sharp> {
	switch (level) {
		case 1:
			return sharp(await picture.greyscale().blur(1.2).png().toBuffer())
				.convolve(outlines)
				.normalise()
				.negate({ alpha: false });
		case 2:
			return picture.greyscale().blur(6);
		case 3:
			return picture.greyscale();
		case 4:
		case 5: {
			const { data, info } = await picture.png().toBuffer({ resolveWithObject: true });
			return sharp(data).composite([{ input: watermarkOf(watermark, info.width, info.height), blend: "over" }]);
		}
	}
}

function watermarkOf(text: string, width: number, height: number): Buffer {
	const safe = text.replace(/[^\p{L}\p{N} ._@-]/gu, "");
	const size = Math.max(9, Math.round(Math.min(width, height) / 18));
	const rows = Array.from({ length: Math.ceil(height / (size * 5)) }, (_, row) => {
		const y = (row + 1) * size * 5 - size * 2;
		return `<text x="${row % 2 === 0 ? 4 : Math.round(width / 2)}" y="${y}">${safe}</text>`;
	});
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g font-family="sans-serif" font-size="${size}" fill="#ffffff" fill-opacity="0.22" stroke="#000000" stroke-opacity="0.12">${rows.join("")}</g></svg>`,
	);
}
