// What a picture will cost a decoder, from its header alone, before a pixel is decoded: which lane it goes to, or whether it is decoded at
// all. Measured on one core of an AMD EPYC with what is generated in test/load/decoder/costs.ts, whose bench prints estimates beside
// measurements. It need not be exact: what is wrongly taken for quick is found out after a second.
import type { Header } from "./read-header.ts";

/** Hashing in all framings, the model's square: hardly anything of it depends on the size. */
const baseMs = 60;
/** Each row has its own filter, and goes through the decoder by itself. */
const msPerThousandRows = 0.16;

interface Rate {
	readonly usual: number;
	readonly progressive?: number;
}
const dearest: Rate = { usual: 90 };
const msPerMegapixel: Readonly<Record<string, Rate>> = {
	"image/jpeg": { usual: 9, progressive: 20 },
	"image/png": { usual: 20, progressive: 33 },
	"image/apng": { usual: 20, progressive: 33 },
	"image/webp": { usual: 36 },
	"image/gif": { usual: 45 },
	"image/tiff": { usual: 33 },
	"image/avif": dearest,
};

/** Samples of 16 bits and more are brought down to 8. */
const deepFactor = 3;
/** To open a page its file is read through from the first one on. */
const msPerPagePassed = 0.021;

export interface CostLimits {
	/** How many pages of a file are looked at, and how many pixels of all frames of an animation. */
	readonly mostPages: number;
	readonly mostPixels: number;
}

/** Milliseconds of one core. */
export function estimateCostMs(header: Header, mediaType: string, { mostPages, mostPixels }: CostLimits): number {
	const { width, height, pages, shownMs, isProgressive, isDeep, hasAlpha, hasProfile } = header;
	const { usual, progressive = usual } = msPerMegapixel[mediaType] ?? dearest;
	const perMegapixel = (isProgressive ? progressive : usual) * (isDeep ? deepFactor : 1);
	const pageMs = ((width * height) / 1e6) * perMegapixel + (height / 1e3) * msPerThousandRows;
	// On white; on two other grounds; without its profile.
	const renderings = 1 + (hasAlpha ? 2 : 0) + (hasProfile ? 1 : 0);
	const isAnimation = shownMs !== null;
	const read = isAnimation ? Math.min(pages, Math.ceil(mostPixels / (width * height))) : Math.min(pages, mostPages);
	return baseMs + pageMs * (renderings + read - 1) + (isAnimation ? 0 : pagesCostMs(pages, mostPages));
}

/** The cost of finding the pages alone; hardly anything for one. */
export function pagesCostMs(pages: number, mostPages: number): number {
	return (Math.min(pages, mostPages) - 1) * pages * msPerPagePassed;
}
