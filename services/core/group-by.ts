/** In the order of their first members. Map.groupBy came with Node 21. */
export function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, [T, ...T[]]> {
	const groups = new Map<K, [T, ...T[]]>();
	for (const one of all) {
		const members = groups.get(keyOf(one));
		if (members === undefined) groups.set(keyOf(one), [one]);
		else members.push(one);
	}
	return groups;
}
