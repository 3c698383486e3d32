/** The one that a typing error most likely meant: the fewest letters to insert, remove or change. Null where none is near. */
export function nearestName(given: string, names: readonly string[]): string | null {
	const ranked = names
		.map((name) => ({ name, edits: editsBetween(given, name) }))
		.toSorted((one, other) => one.edits - other.edits);
	const [best] = ranked;
	return best === undefined || best.edits > Math.max(2, given.length / 4) ? null : best.name;
}

/** Levenshtein's distance. */
function editsBetween(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (const [line, letter] of [...from].entries()) {
		const above = row;
		row = [line + 1];
		for (let at = 1; at <= to.length; at += 1) {
			const [up = 0, left = 0, before = 0] = [above[at], row[at - 1], above[at - 1]];
			row.push(Math.min(up + 1, left + 1, before + (letter === to[at - 1] ? 0 : 1)));
		}
	}
	return row[to.length] ?? 0;
}
