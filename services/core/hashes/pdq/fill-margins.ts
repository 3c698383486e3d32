// What may have lain beyond the edges that a picture has lost, told from what is left. It works on the hash's own samples, and decides nothing about
// what a match means.
import { sampleEdge } from "./pdq-planes.ts";

/** Samples of a row or column that are known, both included. */
export interface Known {
	readonly from: number;
	readonly to: number;
}

/** So far beyond an edge, in shares of a side, it says a third of what it says at the edge; the rest is the picture's mean. */
const fadesOver = 0.3;

export function towardsMean(level: number, mean: number, shareBeyond: number): number {
	return mean + (level - mean) * Math.exp(-shareBeyond / fadesOver);
}

/**
 * Each sample beyond an edge becomes the mean of nine around the nearest one that is known, as far from it as it lies beyond: the farther out, the
 * less of an edge's detail goes on.
 */
export function fillMargins(
	samples: Float32Array,
	{ rows, columns }: { readonly rows: Known; readonly columns: Known },
	mean: number,
): void {
	for (let row = 0; row < sampleEdge; row += 1) {
		const nearRow = within(row, rows);
		for (let column = 0; column < sampleEdge; column += 1) {
			const nearColumn = within(column, columns);
			if (nearRow === row && nearColumn === column) {
				column = columns.to;
				continue;
			}
			const beyond = Math.max(Math.abs(row - nearRow), Math.abs(column - nearColumn));
			let sum = 0;
			for (let down = -beyond; down <= beyond; down += beyond) {
				const first = within(nearRow + down, rows) * sampleEdge;
				for (let across = -beyond; across <= beyond; across += beyond)
					sum += samples[first + within(nearColumn + across, columns)] ?? 0;
			}
			const shareBeyond = Math.hypot(row - nearRow, column - nearColumn) / sampleEdge;
			samples[row * sampleEdge + column] = towardsMean(sum / 9, mean, shareBeyond);
		}
	}
}

function within(at: number, { from, to }: Known): number {
	return at < from ? from : at > to ? to : at;
}
