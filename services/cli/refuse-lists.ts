// A list of hashes among files to be hashed: whoever adds one nearly always means what is in it, and its own hash matches nothing.
import { createReadStream } from "node:fs";
import { openBankFile } from "../bank-file/open-bank-file.ts";
import type { Rejection } from "../core/banks/rejection.ts";
import { type FilePath, printable } from "./file-path.ts";
import { UsageError } from "./parse-options.ts";

const rowsLookedAt = 20;

/** Throws where one of the files is such a list. */
export async function refuseLists(files: readonly FilePath[], bank: string): Promise<void> {
	for (const file of files) {
		if (!(await isList(file))) continue;
		const path = printable(file);
		throw new UsageError(
			`${path} is a list of hashes; to take what it lists: breakwater bank import ${bank} ${path}; to take the file itself: --as-files`,
		);
	}
}

/** A hash of which only the type is not said. */
function mayBeHash({ code }: Rejection): boolean {
	return code === "untyped" || code === "prefix-or-checksum";
}

/** Some row of its beginning could enter a bank. */
async function isList(file: FilePath): Promise<boolean> {
	const input = createReadStream(file);
	try {
		const { rows } = await openBankFile(input, { name: printable(file), source: "list" });
		let count = 0;
		for await (const row of rows) {
			if (row.kind === "entry" || mayBeHash(row.rejection)) return true;
			count += 1;
			if (count === rowsLookedAt) break;
		}
		return false;
	} catch {
		// Whatever cannot be read as one is none.
		return false;
	} finally {
		input.destroy();
	}
}
