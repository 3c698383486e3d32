/**
 * Remembers answers for a short while, and asks once for callers that come together. For what is looked up all the time and may
 * be a moment old: a change is seen after `forMs` at the latest. Failures are not remembered.
 */
export function createBriefCache<K, V>(options: {
	readonly forMs: number;
	readonly maxEntries: number;
	readonly now: () => number;
	readonly load: (key: K) => Promise<V>;
}): (key: K) => Promise<V> {
	const entries = new Map<K, { readonly value: Promise<V>; readonly until: number }>();
	return (key) => {
		const known = entries.get(key);
		if (known !== undefined && known.until > options.now()) return known.value;
		if (entries.size >= options.maxEntries) entries.clear();
		const value = options.load(key);
		entries.set(key, { value, until: options.now() + options.forMs });
		value.catch(() => entries.delete(key));
		return value;
	};
}
