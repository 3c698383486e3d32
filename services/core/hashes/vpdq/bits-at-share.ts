/** The least distance within which so great a share of `count` is found, of the distances of those that are; at least one is. Null where there is none. */
export function bitsAtShare(distances: readonly number[], count: number, share: number): number | null {
	// A share of 80 % of five is four, whatever floating point makes of it.
	const wanted = Math.max(1, Math.ceil(share * count - 1e-9));
	return distances.toSorted((a, b) => a - b)[wanted - 1] ?? null;
}
