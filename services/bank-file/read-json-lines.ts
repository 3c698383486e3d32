import { createInterface } from "node:readline";
import { type BankRow, malformed, toBankRow } from "./bank-row.ts";

/** One JSON object a line; empty lines are passed over. */
export async function* readJsonLines(input: NodeJS.ReadableStream, defaultSource: string): AsyncGenerator<BankRow> {
	const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
	let failure: unknown = null;
	// readline would end quietly.
	input.on("error", (error) => {
		failure = error;
		lines.close();
	});
	let line = 0;
	for await (const text of lines) {
		line += 1;
		const json = text.replace(/^\ufeff/, "").trim();
		if (json === "") continue;
		const parsed = parseObject(json);
		if (parsed === null) yield malformed(line, "not a JSON object");
		else yield toBankRow({ ...parsed, externalId: parsed.externalId ?? parsed.external_id }, line, defaultSource);
	}
	if (failure !== null) throw failure;
}

export function parseObject(json: string): Readonly<Record<string, unknown>> | null {
	try {
		const value: unknown = JSON.parse(json);
		return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
	} catch {
		return null;
	}
}
