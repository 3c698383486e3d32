/** In how many bits two hashes of one length differ. */
export function bitsApart(left: Uint8Array, right: Uint8Array): number {
	let distance = 0;
	for (const [at, byte] of left.entries())
		for (let rest = byte ^ (right[at] ?? 0); rest !== 0; rest &= rest - 1) distance += 1;
	return distance;
}
