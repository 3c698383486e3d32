// One text for one value: keys sorted, no white space, as RFC 8785 orders them. What is chained or signed later is these bytes.
export function canonicalJson(value: unknown): string {
	if (value === null || typeof value !== "object") {
		const text = JSON.stringify(value);
		if (text === undefined) throw new TypeError("only JSON values have a canonical form");
		return text;
	}
	if (value instanceof Date) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
	const members = Object.entries(value)
		.filter(([, member]) => member !== undefined)
		.toSorted(([a], [b]) => (a < b ? -1 : 1));
	return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
}
