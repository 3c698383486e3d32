import { type BankRow, malformed, toBankRow } from "./bank-row.ts";
import { longestRow, splitLines } from "./split-lines.ts";

/** One JSON object a line; empty lines are passed over. */
export async function* readJsonLines(input: NodeJS.ReadableStream, defaultSource: string): AsyncGenerator<BankRow> {
	for await (const lines of splitLines(input)) {
		for (const { text, number: line } of lines) {
			if (text === null) yield malformed(line, `longer than ${longestRow} characters`);
			else if (text.trim() !== "") yield toRow(text, line, defaultSource);
		}
	}
}

function toRow(text: string, line: number, defaultSource: string): BankRow {
	const parsed = parseObject(text);
	if (parsed === null) return malformed(line, "not a JSON object");
	return toBankRow({ ...parsed, externalId: parsed.externalId ?? parsed.external_id }, line, defaultSource);
}

export function parseObject(json: string): Readonly<Record<string, unknown>> | null {
	try {
		const value: unknown = JSON.parse(json);
		return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
	} catch {
		return null;
	}
}
