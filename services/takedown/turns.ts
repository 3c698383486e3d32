// Waiting for others of the same kind to end, one for each that does.

export interface Turns<K> {
	/** True once one of `key` has ended; false where none did in time, and at once where all places to wait are taken. */
	next(key: K): Promise<boolean>;
	/** One of `key` has ended: whoever waits longest for it is next. */
	ended(key: K): void;
}

export function createTurns<K>({ places, forMs }: { readonly places: number; readonly forMs: number }): Turns<K> {
	const queues = new Map<K, Set<() => void>>();
	let waiting = 0;
	const wait = (key: K) =>
		new Promise<boolean>((resolve) => {
			const queue = queues.get(key) ?? new Set<() => void>();
			queues.set(key, queue);
			const end = (isNext: boolean) => {
				clearTimeout(late);
				queue.delete(come);
				if (queue.size === 0) queues.delete(key);
				resolve(isNext);
			};
			const come = () => end(true);
			const late = setTimeout(() => end(false), forMs);
			queue.add(come);
		});
	return {
		async next(key) {
			if (waiting >= places) return false;
			waiting += 1;
			const isNext = await wait(key);
			waiting -= 1;
			return isNext;
		},
		ended(key) {
			const [first] = queues.get(key) ?? [];
			first?.();
		},
	};
}
