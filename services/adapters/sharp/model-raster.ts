import sharp from "sharp";
import type { Raster } from "../../core/hashes/pdq/hashed-size.ts";

/** EXIF orientation → clockwise turn and mirroring that show the picture upright. */
const uprights: readonly { readonly turn: 0 | 90 | 180 | 270; readonly mirror: boolean }[] = [
	{ turn: 0, mirror: false },
	{ turn: 0, mirror: true },
	{ turn: 180, mirror: false },
	{ turn: 180, mirror: true },
	{ turn: 270, mirror: true },
	{ turn: 90, mirror: false },
	{ turn: 90, mirror: true },
	{ turn: 270, mirror: false },
];

/** The square that models see, from pixels decoded already: upright, stretched to size×size (as their training data was), RGB bytes. */
export async function toModelRaster(raster: Raster, orientation: number, size: number): Promise<Uint8Array> {
	const { turn, mirror } = uprights[orientation - 1] ?? { turn: 0, mirror: false };
	const { rgb, width, height } = raster;
	const square = sharp(rgb, { raw: { width, height, channels: 3 } }).resize({
		width: size,
		height: size,
		fit: "fill",
		kernel: "linear",
	});
	if (turn === 0 && !mirror) return square.raw().toBuffer();
	const pixels = await square.raw().toBuffer();
	const raw = { width: size, height: size, channels: 3 } as const;
	const turned = turn === 0 ? pixels : await sharp(pixels, { raw }).rotate(turn).raw().toBuffer();
	return mirror ? sharp(turned, { raw }).flop().raw().toBuffer() : turned;
}
