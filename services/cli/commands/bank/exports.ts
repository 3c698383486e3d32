import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import { type FileFormat, fileFormats, formatOf } from "../../../bank-file/recognize.ts";
import { writeBankFile } from "../../../bank-file/write-bank-file.ts";
import type { BankId, EntryId } from "../../../core/ids.ts";
import type { BankStore, EntryDetail } from "../../../core/ports/bank-store.ts";
import { withParts } from "../../lazy-compose.ts";
import { requireBank } from "../../require-bank.ts";

const entriesPerPage = 5_000;
const rowsPerWrite = 500;

export function addExportCommand(bank: Command): void {
	bank
		.command("export")
		.description("Write a bank's entries with what every source says of them, as `bank import` reads them")
		.argument("<name>", "bank")
		.addOption(new Option("--format <format>", "default: by the file's name, or csv").choices(fileFormats))
		.option("--out <file>", "file (default: standard output)")
		.action(async (name: string, options: { readonly format?: FileFormat; readonly out?: string }) => {
			const format = options.format ?? formatOf(options.out ?? "");
			await withParts(async (parts) => {
				const { id } = await requireBank(parts, name);
				const text = writeBankFile(allEntries(parts.stores.banks, id), format);
				const output = options.out === undefined ? process.stdout : createWriteStream(options.out);
				await pipeline(Readable.from(inBlocks(text)), output, { end: options.out !== undefined });
			});
		});
}

async function* allEntries(banks: Pick<BankStore, "findEntries">, id: BankId): AsyncGenerator<EntryDetail> {
	let after: EntryId | null = null;
	for (;;) {
		const page: readonly EntryDetail[] = await banks.findEntries(id, { after, limit: entriesPerPage });
		yield* page;
		after = page.at(-1)?.id ?? null;
		if (page.length < entriesPerPage) return;
	}
}

/** A write for each row would cost more than the row. */
async function* inBlocks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
	let block: string[] = [];
	for await (const piece of pieces) {
		block.push(piece);
		if (block.length < rowsPerWrite) continue;
		yield block.join("");
		block = [];
	}
	yield block.join("");
}
