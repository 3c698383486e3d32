import { type BankRow, type RowDefaults, refused } from "./bank-row.ts";
import { type FieldMap, mapFields, toBankRows } from "./field-names.ts";
import { longestRow, splitLines } from "./split-lines.ts";

/** One JSON object a line; empty lines are passed over. */
export async function* readJsonLines(text: AsyncIterable<string>, defaults: RowDefaults): AsyncGenerator<BankRow> {
	const toRows = createObjectReader(defaults);
	for await (const lines of splitLines(text)) {
		for (const { text: json, number: line } of lines) {
			if (json?.trim() === "") continue;
			const object = json === null ? null : parseObject(json);
			if (object !== null) yield* toRows(object, line);
			else
				yield refused(
					line,
					json === null ? { code: "too-long", mostCharacters: longestRow } : { code: "not-an-object" },
				);
		}
	}
}

type JsonObject = Readonly<Record<string, unknown>>;

/** What the keys mean is looked up again only where they change. */
export function createObjectReader(defaults: RowDefaults): (object: JsonObject, line: number) => Generator<BankRow> {
	let known: { readonly keys: string; readonly fields: FieldMap } | null = null;
	return (object, line) => {
		const keys = Object.keys(object).join("\n");
		if (known?.keys !== keys) known = { keys, fields: mapFields(Object.keys(object)) };
		return toBankRows(known.fields, Object.values(object), line, defaults);
	};
}

export function parseObject(json: string): JsonObject | null {
	try {
		const value: unknown = JSON.parse(json);
		return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
	} catch {
		return null;
	}
}
