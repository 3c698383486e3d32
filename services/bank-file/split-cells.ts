// The cells of one record of a table (RFC 4180, with whatever parts the cells). A spreadsheet takes some cells for formulas; those are written behind an apostrophe, and
// read without it.

/** Null where a quote is not closed, which the next line may do; "malformed" where a quote stands where none may. */
export function splitCells(record: string, delimiter = ","): readonly string[] | "malformed" | null {
	if (!record.includes('"')) return record.split(delimiter).map((cell) => withoutApostrophe(cell.trim()));
	const cells: string[] = [];
	for (let at = 0; at <= record.length; ) {
		const isQuoted = / *"/y;
		isQuoted.lastIndex = at;
		const end = isQuoted.test(record) ? closingQuote(record, isQuoted.lastIndex) : null;
		if (end === -1) return null;
		const found = record.indexOf(delimiter, end ?? at);
		const next = found < 0 ? record.length : found;
		if (end === null) {
			const cell = record.slice(at, next);
			if (cell.includes('"')) return "malformed";
			cells.push(withoutApostrophe(cell.trim()));
		} else {
			if (record.slice(end + 1, next).trim() !== "") return "malformed";
			cells.push(withoutApostrophe(record.slice(isQuoted.lastIndex, end).replaceAll('""', '"')));
		}
		at = next + 1;
	}
	return cells;
}

/** -1 where there is none. */
function closingQuote(record: string, from: number): number {
	for (let at = record.indexOf('"', from); at >= 0; at = record.indexOf('"', at + 2)) {
		if (record[at + 1] !== '"') return at;
	}
	return -1;
}

function withoutApostrophe(cell: string): string {
	return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

export function toCell(value: string | number | null | undefined): string {
	const text = value === null || value === undefined ? "" : String(value);
	const safe = typeof value === "string" && /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
