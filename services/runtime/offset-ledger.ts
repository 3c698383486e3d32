// Which offset of a partition may be committed while its records settle out of order: the first one not settled.

export interface OffsetLedger {
	/** Records are added in offset order; gaps (compaction, transaction markers) are allowed. */
	add(offset: bigint): void;
	/** Settling an offset twice, or one that was never added, changes nothing. */
	settle(offset: bigint): void;
	/** The offset to commit: one past the consecutive settled head. Null before any record was added. */
	head(): bigint | null;
	readonly unsettled: number;
}

export function createOffsetLedger(): OffsetLedger {
	// The queue holds what is not yet part of the head, in order; `first` saves shifting an array for each record.
	let queue: bigint[] = [];
	let first = 0;
	const settled = new Set<bigint>();
	let head: bigint | null = null;
	let unsettled = 0;
	const pending = new Set<bigint>();

	const advance = () => {
		for (let offset = queue[first]; offset !== undefined && settled.has(offset); offset = queue[first]) {
			settled.delete(offset);
			head = offset + 1n;
			first += 1;
		}
		if (first > 1024 && first * 2 > queue.length) {
			queue = queue.slice(first);
			first = 0;
		}
	};
	return {
		add(offset) {
			head ??= offset;
			queue.push(offset);
			pending.add(offset);
			unsettled += 1;
		},
		settle(offset) {
			if (!pending.delete(offset)) return;
			settled.add(offset);
			unsettled -= 1;
			advance();
		},
		head: () => head,
		get unsettled() {
			return unsettled;
		},
	};
}
