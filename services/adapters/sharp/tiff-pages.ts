// The pages of a TIFF, without opening it with the decoder: that reads a file of thousands of pages for a second, and has no word to say where a
// page's pixels lie beyond the end of the file.
import { directoriesOf, endOfPixels, openTiff } from "../../core/items/picture/tiff.ts";

/** Null for what is no TIFF, or leads out of the file. */
export function countTiffPages(bytes: Uint8Array): number | null {
	const tiff = openTiff(bytes);
	if (tiff === null) return null;
	let pages = 0;
	for (const at of directoriesOf(tiff)) {
		if (at === null) return null;
		pages += 1;
	}
	return pages;
}

/** Whether pixels of that page lie beyond the end of the file: a copy that broke off. False for what is no TIFF. */
export function isTiffPageCut(bytes: Uint8Array, page: number): boolean {
	const tiff = openTiff(bytes);
	if (tiff === null) return false;
	let number = 0;
	for (const at of directoriesOf(tiff)) {
		if (number === page) return at === null || endOfPixels(tiff, at) > bytes.length;
		number += 1;
	}
	return false;
}
