/** The value that would stand at `k` if all were sorted (Hoare's selection). Reorders `values`; none of them is NaN. */
export function kthSmallest(values: Float32Array, k: number): number {
	let low = 0;
	let high = values.length - 1;
	while (low < high) {
		const pivot = values[(low + high) >> 1] ?? 0;
		let left = low;
		let right = high;
		while (left <= right) {
			while ((values[left] ?? 0) < pivot) left += 1;
			while ((values[right] ?? 0) > pivot) right -= 1;
			if (left > right) break;
			const moved = values[left] ?? 0;
			values[left] = values[right] ?? 0;
			values[right] = moved;
			left += 1;
			right -= 1;
		}
		if (k <= right) high = right;
		else if (k >= left) low = left;
		else break;
	}
	return values[k] ?? 0;
}
