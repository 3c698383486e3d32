import { parse } from "csv-parse";
import { type BankRow, toBankRow } from "./bank-row.ts";

/** CSV with a header. */
export async function* readCsv(input: NodeJS.ReadableStream, defaultSource: string): AsyncGenerator<BankRow> {
	const parser = parse({
		bom: true,
		columns: nameColumns,
		info: true,
		relaxColumnCount: true,
		skipEmptyLines: true,
		trim: true,
	});
	input.on("error", (error) => parser.destroy(error));
	for await (const parsed of input.pipe(parser)) {
		const { record, info } = parsed as { record: Record<string, string>; info: { lines: number } };
		const { external_id: externalId, categories, ...rest } = record;
		yield toBankRow({ ...rest, externalId, categories: labelsOf(categories) }, info.lines, defaultSource);
	}
}

function nameColumns(first: string[]): string[] {
	const names = first.map((name) => name.toLowerCase());
	if (names.includes("hash")) return names;
	throw new Error(
		"the first line must name the columns: type,hash[,quality,source,opinion,external_id,categories,severity,note,expires]",
	);
}

function labelsOf(text: string | undefined): readonly string[] | undefined {
	return text === undefined || text === "" ? undefined : text.split(";").filter((label) => label.trim() !== "");
}
