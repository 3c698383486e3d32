/** RGB bytes of from×from pictures laid end to end → the middle to×to pixels of each. */
export function cropMiddles(rgb: Uint8Array, from: number, to: number): Uint8Array {
	if (from === to) return rgb;
	const count = rgb.length / (from * from * 3);
	const margin = Math.floor((from - to) / 2);
	const middles = new Uint8Array(count * to * to * 3);
	for (let row = 0; row < count * to; row++) {
		const top = Math.floor(row / to) * from + margin + (row % to);
		const start = (top * from + margin) * 3;
		middles.set(rgb.subarray(start, start + to * 3), row * to * 3);
	}
	return middles;
}
