// What the record can hold of JSON that clients send: Postgres takes neither NUL nor half a surrogate pair.

/** Deeper JSON is nobody's metadata, and would exhaust the stack of whoever reads it. */
const mostLevels = 100;

/** As far as a pattern of JSON Schema can say it. */
export const storablePattern = { pattern: "^[^\\u0000]*$" } as const;

export function isStorableText(text: string): boolean {
	return !text.includes("\0") && text.isWellFormed();
}

/** Whether the record can keep a value as JSON.parse makes it: every text in it, keys as well. */
export function isStorable(value: unknown, levels = mostLevels): boolean {
	if (typeof value === "string") return isStorableText(value);
	if (typeof value !== "object" || value === null) return true;
	if (levels === 0) return false;
	return Object.entries(value).every(([key, one]) => isStorableText(key) && isStorable(one, levels - 1));
}
