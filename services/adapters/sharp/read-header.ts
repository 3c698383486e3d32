import sharp from "sharp";

export interface Header {
	readonly width: number;
	readonly height: number;
	readonly pages: number;
	/** EXIF, 1 to 8. */
	readonly orientation: number;
}

/** Reads the header alone: the size is known before any pixel is decoded. */
export async function readHeader(bytes: Uint8Array): Promise<Header | null> {
	try {
		const found = await sharp(bytes, { limitInputPixels: false, failOn: "none" }).metadata();
		const height = found.pageHeight ?? found.height;
		return { width: found.width, height, pages: found.pages ?? 1, orientation: found.orientation ?? 1 };
	} catch {
		return null;
	}
}
