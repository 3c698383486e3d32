// How surprising a count is against its expectation, as the negative decimal logarithm of a probability: 8 is one in a hundred million.

/**
 * The surprise of at least `count` where `expected` are, after Poisson. Chernoff's bound of the tail, which lies above it: what is called one in a million
 * is that or rarer. Counts may be weighted, and need not be whole.
 */
export function surpriseOf(count: number, expected: number): number {
	if (count <= expected || count <= 0) return 0;
	return (count * Math.log(count / expected) - count + expected) / Math.LN10;
}

/**
 * From which surprise on a count is called an outbreak by chance alone at most `alarmsPerDay` times a day, where so many counts are looked
 * at a day: each arrival looks at every window of every subject that it belongs to (Bonferroni).
 */
export function surpriseByChance(looksPerDay: number, alarmsPerDay: number): number {
	return Math.log10(Math.max(1, looksPerDay) / alarmsPerDay);
}

/**
 * The surprise of at least `fresh` new ones among `of`, where each had a chance of its own and `expected` sums them. Independent chances that
 * differ have a lighter tail than equal ones (Hoeffding 1956, theorem 5).
 */
export function surpriseOfShare(fresh: number, of: number, expected: number): number {
	const chance = expected / Math.max(1, of);
	if (fresh <= expected || chance >= 1) return 0;
	let term = chance ** of;
	let sum = term;
	for (let count = of; count > fresh; count -= 1) {
		term *= (count / (of - count + 1)) * ((1 - chance) / chance);
		sum += term;
	}
	return Math.max(0, -Math.log10(sum));
}

/**
 * From which sum on two independent rarities come together to it so often a day, where so many subjects a day come to anything. The first is that of a subject
 * among all of a day, from their number on; the second is a probability: for each decade that one of them lacks, the other makes up for it (Fisher 1932, of two).
 */
export function rarityOfSum(subjectsPerDay: number, timesPerDay: number): number {
	const reach = Math.log10(Math.max(1, subjectsPerDay));
	let [low, high] = [-reach, 20];
	for (let turn = 0; turn < 40; turn += 1) {
		const sum = (low + high) / 2;
		if (10 ** -sum * (1 + Math.LN10 * (sum + reach)) > timesPerDay) low = sum;
		else high = sum;
	}
	return high;
}
