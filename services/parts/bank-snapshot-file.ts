// The banks' snapshot on disk: written beside the old one and put in its place, so that there is always a whole one.
import { readFileSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type BankSnapshot, readSnapshot, type SnapshotSource, writeSnapshot } from "../core/banks/bank-snapshot.ts";
import { privateDirectory, privateFile } from "../runtime/private-folder.ts";

/** Null where there is none, or it is damaged or of another form. */
export function readSnapshotFile(file: string): BankSnapshot | null {
	try {
		return readSnapshot(readFileSync(file));
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
		throw error;
	}
}

/** Writing takes seconds: what is older was left by a process that ended meanwhile. */
const abandonedAfterMs = 3_600_000;

/** Other work goes on between the portions. */
export async function writeSnapshotFile(
	file: string,
	source: SnapshotSource,
	mark: Pick<BankSnapshot, "sequence" | "lastChange">,
): Promise<void> {
	const unfinished = `${file}.${process.pid}`;
	await mkdir(dirname(file), { recursive: true, mode: privateDirectory });
	await removeAbandoned(file);
	const out = await open(unfinished, "w", privateFile);
	try {
		for (const bytes of writeSnapshot(source, mark)) await out.write(bytes);
		await out.sync();
		await out.close();
		await rename(unfinished, file);
	} catch (error) {
		await out.close().catch(() => undefined);
		await rm(unfinished, { force: true });
		throw error;
	}
}

async function removeAbandoned(file: string): Promise<void> {
	const folder = dirname(file);
	for (const name of await readdir(folder)) {
		if (!name.startsWith(`${basename(file)}.`)) continue;
		const found = await stat(join(folder, name)).catch(() => null);
		if (found !== null && found.mtimeMs < Date.now() - abandonedAfterMs) await rm(join(folder, name), { force: true });
	}
}
