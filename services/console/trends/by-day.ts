// Rows of a view as a line over every day of the time asked for: a day without rows is a day on which nothing happened.

const dayMs = 86_400_000;

/** Days as YYYY-MM-DD, from the first to the last, both included. */
export function daysFrom(fromDay: string, nowMs: number): readonly string[] {
	const first = Date.parse(fromDay);
	const count = Math.max(0, Math.floor((nowMs - first) / dayMs) + 1);
	return Array.from({ length: count }, (_, at) => new Date(first + at * dayMs).toISOString().slice(0, 10));
}

/** What the rows of each day come to; null on days that have none. */
export function byDay<Row extends { readonly day: string | null }>(
	days: readonly string[],
	rows: readonly Row[],
	amountOf: (rows: readonly Row[]) => number | null,
): readonly (number | null)[] {
	const found = new Map<string | null, Row[]>();
	for (const row of rows) found.set(row.day, [...(found.get(row.day) ?? []), row]);
	return days.map((day) => {
		const of = found.get(day);
		return of === undefined ? null : amountOf(of);
	});
}
