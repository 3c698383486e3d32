// Reads bank files: CSV with a header, or one hash per line. Every row becomes an entry or a reason why not, with its line.
import { parse } from "csv-parse";
import { z } from "zod";
import { hashBits, hashType, opinionKind } from "../core/matching/bank.ts";
import { entryRejection } from "../core/matching/entry-rejection.ts";
import type { NewEntry } from "../core/ports/bank-store.ts";

export type BankRow =
	| { readonly kind: "entry"; readonly line: number; readonly entry: NewEntry }
	| { readonly kind: "rejected"; readonly line: number; readonly reason: string };

const row = z.object({
	type: z.string().trim().toLowerCase().pipe(hashType),
	hash: z
		.string()
		.trim()
		.toLowerCase()
		.regex(/^([0-9a-f]{2})+$/),
	quality: z.union([z.literal("").transform(() => null), z.coerce.number().int().min(0).max(100)]).default(null),
	source: z.string().trim().max(128).default(""),
	opinion: z.union([z.literal("").transform(() => "positive" as const), opinionKind]).default("positive"),
	external_id: z.string().trim().max(256).default(""),
	note: z.string().trim().max(1000).default(""),
});

/** `defaultSource` names rows that give none. Memory is that of one row. */
export async function* parseBankRows(input: NodeJS.ReadableStream, defaultSource: string): AsyncGenerator<BankRow> {
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
		yield toRow(record, info.lines, defaultSource);
	}
}

/** A file without a header has one hash per line, or `type,hash`. */
function nameColumns(first: string[]): string[] {
	const names = first.map((name) => name.toLowerCase());
	if (names.includes("hash")) return names;
	throw new Error("the first line must name the columns: type,hash[,quality,source,opinion,external_id,note]");
}

function toRow(record: Readonly<Record<string, string>>, line: number, defaultSource: string): BankRow {
	const parsed = row.safeParse({ ...record, type: record.type || guessType(record.hash ?? "") });
	if (!parsed.success) {
		const fields = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
		return { kind: "rejected", line, reason: `malformed ${fields.join(", ")}` };
	}
	const { type, hash, quality, source, opinion, external_id, note } = parsed.data;
	const bytes = Buffer.from(hash, "hex");
	if (bytes.length * 8 !== hashBits[type])
		return { kind: "rejected", line, reason: `a ${type} hash has ${hashBits[type] / 4} hex digits` };
	const entry: NewEntry = {
		hashType: type,
		hash: bytes,
		quality,
		opinion: { source: source || defaultSource, kind: opinion },
		externalId: external_id || null,
		note: note || null,
	};
	const rejection = entryRejection(entry);
	return rejection === null ? { kind: "entry", line, entry } : { kind: "rejected", line, reason: rejection.detail };
}

/** MD5 can be told by its length; the 64-digit types cannot, and must be named. */
function guessType(hash: string): string {
	return hash.trim().length === 32 ? "md5" : "";
}
