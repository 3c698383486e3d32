import type { Raster } from "../../core/hashes/pdq/hashed-size.ts";

/** The square that models see, size×size×3 bytes: each pixel the mean of those that it stands for, or the nearest of a smaller picture. */
export function shrinkRgb({ rgb, width, height }: Raster, size: number): Uint8Array {
	const square = new Uint8Array(size * size * 3);
	const edges = (length: number, at: number) => {
		const from = Math.floor((at * length) / size);
		return { from, to: Math.max(from + 1, Math.floor(((at + 1) * length) / size)) };
	};
	for (let y = 0; y < size; y += 1) {
		const rows = edges(height, y);
		for (let x = 0; x < size; x += 1) {
			const columns = edges(width, x);
			const count = (rows.to - rows.from) * (columns.to - columns.from);
			const sums: [number, number, number] = [0, 0, 0];
			for (let row = rows.from; row < rows.to; row += 1)
				for (let at = (row * width + columns.from) * 3; at < (row * width + columns.to) * 3; at += 3) {
					sums[0] += rgb[at] ?? 0;
					sums[1] += rgb[at + 1] ?? 0;
					sums[2] += rgb[at + 2] ?? 0;
				}
			square.set(
				sums.map((sum) => Math.round(sum / count)),
				(y * size + x) * 3,
			);
		}
	}
	return square;
}
