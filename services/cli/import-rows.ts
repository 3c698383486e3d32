import type { BankId } from "../core/ids.ts";
import type { BankStore, NewEntry } from "../core/ports/bank-store.ts";
import { parseBankRows } from "./parse-bank-rows.ts";

export interface ImportResult {
	readonly added: number;
	readonly changed: number;
	readonly same: number;
	readonly rejected: {
		readonly byReason: Readonly<Record<string, number>>;
		readonly first: readonly { readonly line: number; readonly reason: string }[];
	};
}

const entriesPerWrite = 5_000;
const rejectionsShown = 10;

/** Streams a bank file into a bank, a few thousand entries at a time; progress goes to standard error on a terminal. */
export async function importRows(
	banks: Pick<BankStore, "addEntries">,
	bankId: BankId,
	input: NodeJS.ReadableStream,
	defaultSource: string,
	by: string,
): Promise<ImportResult> {
	const total = { added: 0, changed: 0, same: 0 };
	const byReason = new Map<string, number>();
	const first: { line: number; reason: string }[] = [];
	let batch: NewEntry[] = [];
	const write = async () => {
		const result = await banks.addEntries(bankId, batch, by);
		total.added += result.added;
		total.changed += result.changed;
		total.same += result.same;
		batch = [];
		if (process.stderr.isTTY) process.stderr.write(`\r${total.added + total.changed + total.same} entries`);
	};
	for await (const row of parseBankRows(input, defaultSource)) {
		if (row.kind === "rejected") {
			byReason.set(row.reason, (byReason.get(row.reason) ?? 0) + 1);
			if (first.length < rejectionsShown) first.push({ line: row.line, reason: row.reason });
			continue;
		}
		batch.push(row.entry);
		if (batch.length >= entriesPerWrite) await write();
	}
	if (batch.length > 0) await write();
	if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
	return { ...total, rejected: { byReason: Object.fromEntries(byReason), first } };
}
