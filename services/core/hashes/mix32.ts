/** The finalizer of MurmurHash3 (Austin Appleby, public domain): every bit of the input moves every bit of the 32 that come out. */
export function mix32(value: number): number {
	let h = value;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}
