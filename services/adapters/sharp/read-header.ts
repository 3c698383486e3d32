import sharp from "sharp";

export interface Header {
	readonly width: number;
	readonly height: number;
	readonly pages: number;
	/** EXIF, 1 to 8. */
	readonly orientation: number;
	/** Stored in several passes; of some formats it is known, of the others false. */
	readonly isProgressive: boolean;
	/** Samples of more than 8 bits. */
	readonly isDeep: boolean;
	/** It may show what is behind it. */
	readonly hasAlpha: boolean;
	/** An ICC profile is embedded. */
	readonly hasProfile: boolean;
	/** A JPEG stored in one pass, whose numbers are the colors. */
	readonly isPlainJpeg: boolean;
	/** How long viewers show each frame of an animation, milliseconds; null for stills and pages. */
	readonly shownMs: readonly number[] | null;
}

/** Reads the header alone, of one page: the size is known before any pixel is decoded. */
export async function readHeader(bytes: Uint8Array, page = 0): Promise<Header | null> {
	try {
		const found = await sharp(bytes, { page, limitInputPixels: false, failOn: "none" }).metadata();
		const { width, orientation = 1, pages = 1, delay, hasAlpha, hasProfile, isProgressive = false } = found;
		const height = found.pageHeight ?? found.height;
		const shownMs = delay === undefined ? null : delay.map(shownFor);
		const isDeep = found.depth !== "uchar";
		const isPlainJpeg = found.format === "jpeg" && !isProgressive && !hasProfile && found.space !== "cmyk";
		return { width, height, pages, orientation, isProgressive, isDeep, hasAlpha, hasProfile, isPlainJpeg, shownMs };
	} catch {
		return null;
	}
}

/** Browsers show a frame for a tenth of a second where the file asks for a hundredth or less. */
function shownFor(delayMs: number): number {
	return delayMs <= 10 ? 100 : delayMs;
}
