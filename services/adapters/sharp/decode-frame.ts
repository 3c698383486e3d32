// One frame of a picture as sRGB pixels, shrunk while it is decoded.
import sharp from "sharp";

export interface Raster {
	/** sRGB, width×height×3 bytes. */
	readonly rgb: Uint8Array;
	readonly width: number;
	readonly height: number;
}

export type DecodedFrame =
	| { readonly kind: "decoded"; readonly raster: Raster }
	/** What could be read before the data ended; the rest is grey. */
	| { readonly kind: "truncated"; readonly raster: Raster }
	| { readonly kind: "undecodable" };

/** PDQ's reference shrinks what is larger to 512×512, whatever its aspect; smaller pictures are taken as they are. */
const longestEdge = 512;

/** EXIF orientation is not applied: lists hash pictures as they are stored. Transparency shows white, as most viewers do. */
export async function decodeFrame(bytes: Uint8Array, page: number, maxPixels: number): Promise<DecodedFrame> {
	try {
		return { kind: "decoded", raster: await decode(bytes, page, maxPixels, "truncated") };
	} catch {
		try {
			return { kind: "truncated", raster: await decode(bytes, page, maxPixels, "none") };
		} catch {
			return { kind: "undecodable" };
		}
	}
}

async function decode(
	bytes: Uint8Array,
	page: number,
	maxPixels: number,
	failOn: "none" | "truncated",
): Promise<Raster> {
	const { data, info } = await sharp(bytes, {
		page,
		pages: 1,
		limitInputPixels: maxPixels,
		failOn,
		sequentialRead: true,
	})
		.resize({ width: longestEdge, height: longestEdge, fit: "fill", kernel: "cubic", withoutEnlargement: true })
		.flatten({ background: "#ffffff" })
		.toColourspace("srgb")
		.removeAlpha()
		.raw({ depth: "uchar" })
		.toBuffer({ resolveWithObject: true });
	return { rgb: info.channels === 3 ? data : spread(data, info.channels), width: info.width, height: info.height };
}

/** A single channel (some grey formats keep it) becomes three. */
function spread(data: Uint8Array, channels: number): Uint8Array {
	const pixels = data.length / channels;
	const rgb = new Uint8Array(pixels * 3);
	for (let pixel = 0; pixel < pixels; pixel += 1) rgb.fill(data[pixel * channels] ?? 0, pixel * 3, pixel * 3 + 3);
	return rgb;
}
