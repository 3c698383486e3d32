/** An address's query: what is not given, or empty, is left out. */
export function queryOf(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(values)) {
		if (value !== undefined && value !== "") query.set(name, String(value));
	}
	return query.toString();
}
