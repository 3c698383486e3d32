// The banks' snapshot on disk: written beside the old one and put in its place, so that there is always a whole one.
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type BankSnapshot, readSnapshot, type SnapshotSource, writeSnapshot } from "../core/matching/bank-snapshot.ts";
import type { BankStore } from "../core/ports/bank-store.ts";

/** Null where there is none, or it is damaged, of another form, or of another record. */
export async function readSnapshotFile(
	file: string,
	banks: Pick<BankStore, "changesSince">,
): Promise<BankSnapshot | null> {
	const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return null;
		throw error;
	});
	const snapshot = bytes === null ? null : readSnapshot(bytes);
	if (snapshot === null) return null;
	return (await describeChange(banks, snapshot.sequence)) === snapshot.lastChange ? snapshot : null;
}

/** Other work goes on between the portions. */
export async function writeSnapshotFile(
	file: string,
	source: SnapshotSource,
	sequence: number,
	banks: Pick<BankStore, "changesSince">,
): Promise<void> {
	const unfinished = `${file}.${process.pid}`;
	const lastChange = await describeChange(banks, sequence);
	await mkdir(dirname(file), { recursive: true });
	const out = await open(unfinished, "w", 0o600);
	try {
		for (const bytes of writeSnapshot(source, { sequence, lastChange })) await out.write(bytes);
		await out.sync();
		await out.close();
		await rename(unfinished, file);
	} catch (error) {
		await out.close().catch(() => undefined);
		await rm(unfinished, { force: true });
		throw error;
	}
}

/** Two records have the same number for different changes: another database, or one put back from a backup. */
async function describeChange(banks: Pick<BankStore, "changesSince">, sequence: number): Promise<string> {
	const [change] = await banks.changesSince(sequence - 1, 1);
	return change?.sequence === sequence ? JSON.stringify(change) : "";
}
