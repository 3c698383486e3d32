// Runs in a worker thread: draws pictures at the level of exposure that was asked for, and no more.
import sharp, { type Sharp } from "sharp";
import type { RevealLevel } from "../../core/cases/case.ts";

export interface RenderInput {
	/** Several stand together on one sheet, in their order. */
	readonly pictures: readonly Uint8Array[];
	readonly level: RevealLevel;
	readonly watermark: string;
	readonly maxPixels: number;
}

sharp.cache(false);
sharp.concurrency(1);

/** Longest edge of each level, pixels. */
const edges: Readonly<Record<RevealLevel, number>> = { 1: 320, 2: 240, 3: 320, 4: 480, 5: 2_048 };
const quality = 80;
/** Pictures side by side on a sheet, the widest one that is sent, and what lies between them. */
const columns = 4;
const sheetEdge = 2_048;
const gap = 4;

export default async function renderPreview({
	pictures,
	level,
	watermark,
	maxPixels,
}: RenderInput): Promise<Uint8Array | null> {
	const isSheet = pictures.length > 1;
	const edge = isSheet ? Math.floor(Math.min(edges[level], sheetEdge / columns)) : edges[level];
	const drawn: Buffer[] = [];
	for (const bytes of pictures) {
		try {
			const upright = sharp(bytes, { limitInputPixels: maxPixels, failOn: "none" })
				.rotate()
				.resize({ width: edge, height: edge, fit: "inside", withoutEnlargement: true })
				.flatten({ background: "#ffffff" })
				.toColourspace("srgb");
			// Metadata is never carried over: sharp keeps none unless asked.
			const one = await draw(upright, level, watermark);
			drawn.push(await (isSheet ? one.png() : one.webp({ quality })).toBuffer());
		} catch {
			// One that cannot be drawn is missing on the sheet.
		}
	}
	const [first = null] = drawn;
	return isSheet && first !== null ? sheetOf(drawn) : first;
}

async function sheetOf(drawn: readonly Buffer[]): Promise<Uint8Array> {
	const sizes = await Promise.all(drawn.map((one) => sharp(one).metadata()));
	const [width, height] = [Math.max(...sizes.map((one) => one.width)), Math.max(...sizes.map((one) => one.height))];
	const across = Math.min(columns, drawn.length);
	const rows = Math.ceil(drawn.length / across);
	const placed = drawn.map((input, at) => ({
		input,
		left: (at % across) * (width + gap),
		top: Math.floor(at / across) * (height + gap),
	}));
	const size = { width: across * (width + gap) - gap, height: rows * (height + gap) - gap };
	return sharp({ create: { ...size, channels: 3, background: "#dddddd" } })
		.composite(placed)
		.webp({ quality })
		.toBuffer();
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
