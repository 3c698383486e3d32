// Streams a bank file's rows into a draft, a few thousand at a time: while the record takes one batch, the next is read.
import type { DraftId } from "../core/ids.ts";
import type { BankDraftStore, RejectedRows } from "../core/ports/bank-draft-store.ts";
import type { NewEntry } from "../core/ports/bank-store.ts";
import type { BankRow } from "./bank-row.ts";

const rowsPerBatch = 5_000;
const rejectionsShown = 10;

interface StageOptions {
	readonly signal: AbortSignal;
	/** Told how many rows were read, after each batch. */
	readonly onRow?: (count: number) => void;
}

/** Answers what was refused. Stops between two batches where the signal says so. */
export async function stageRows(
	drafts: Pick<BankDraftStore, "stage">,
	draft: DraftId,
	rows: AsyncIterable<BankRow>,
	{ signal, onRow = () => undefined }: StageOptions,
): Promise<RejectedRows> {
	const byCode = new Map<string, number>();
	const first: RejectedRows["first"][number][] = [];
	let count = 0;
	let batch: NewEntry[] = [];
	let underWay: Promise<void> = Promise.resolve();
	for await (const row of rows) {
		count += 1;
		if (row.kind === "rejected") {
			const { code } = row.rejection;
			byCode.set(code, (byCode.get(code) ?? 0) + 1);
			if (first.length < rejectionsShown) first.push({ line: row.line, why: row.rejection });
			continue;
		}
		batch.push(row.entry);
		if (batch.length < rowsPerBatch) continue;
		await underWay;
		signal.throwIfAborted();
		underWay = drafts.stage(draft, batch);
		// Awaited before the next one; until then nobody else must take its failure for unhandled.
		underWay.catch(() => undefined);
		batch = [];
		onRow(count);
	}
	await underWay;
	signal.throwIfAborted();
	if (batch.length > 0) await drafts.stage(draft, batch);
	return { count: [...byCode.values()].reduce((sum, one) => sum + one, 0), byCode: Object.fromEntries(byCode), first };
}
