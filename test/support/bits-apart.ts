/** Hamming distance of two hashes. */
export function bitsApart(a: Uint8Array, b: Uint8Array): number {
	return a.reduce((sum, byte, index) => sum + (byte ^ (b[index] ?? 0)).toString(2).replaceAll("0", "").length, 0);
}
