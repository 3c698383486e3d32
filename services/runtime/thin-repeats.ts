// Which of many lines that say the same are written: while something is away, every part that needs it says so on every try.
interface Said {
	readonly atMs: number;
	leftOut: number;
}

/** Answers how often the same was left out since it was last written; null where it is to be left out now. */
export function createThinning(options: {
	readonly forMs: number;
	readonly mostKeys: number;
	readonly now: () => number;
}): (key: string) => number | null {
	const said = new Map<string, Said>();
	return (key) => {
		const last = said.get(key);
		const now = options.now();
		if (last !== undefined && now - last.atMs < options.forMs) {
			last.leftOut += 1;
			return null;
		}
		if (said.size >= options.mostKeys) said.clear();
		said.set(key, { atMs: now, leftOut: 0 });
		return last?.leftOut ?? 0;
	};
}
