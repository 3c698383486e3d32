// Keeps the history's files few: brings small ones together, removes those that others have replaced once nobody reads them any more, and
// those that a crash left behind unnamed.
import { join } from "node:path";
import { folderOf } from "../../core/history/history-batch.ts";
import { countedTable, countTableNames } from "../../core/history/history-counts.ts";
import { uuidv7 } from "../../core/ids.ts";
import type { HistoryWriter } from "../../core/ports/history-engine.ts";
import type { HistoryCount, HistoryFile } from "../../core/ports/history-store.ts";
import { withDraft } from "./with-draft.ts";
import type { WriteHistoryDeps } from "./write-history.ts";

/** That many of one level become one of the next. */
const fewestToMerge = 16;
/** No question takes so long. */
const readersGoneAfterMs = 600_000;
const unnamedAfterMs = 3_600_000;
const keysPerLook = 1_000;

type SweepDeps = Pick<WriteHistoryDeps, "history" | "files" | "openWriter" | "workFolder">;

/** One round; unnamed files are looked for once an hour, and first at the start. */
export function createSweep(deps: SweepDeps): () => Promise<void> {
	let lookedAt = 0;
	return async () => {
		for (const group of await deps.history.listToMerge(fewestToMerge)) await merge(deps, group);
		const replaced = await deps.history.listReplaced(readersGoneAfterMs);
		for (const key of replaced) await deps.files.delete(key);
		if (replaced.length > 0) await deps.history.forget(replaced);
		if (Date.now() - lookedAt < unnamedAfterMs) return;
		await sweepUnnamed(deps);
		lookedAt = Date.now();
	};
}

async function merge(deps: SweepDeps, group: readonly HistoryFile[]): Promise<void> {
	const { history, files, openWriter, workFolder } = deps;
	const [first] = group;
	if (first === undefined) return;
	const { table, day, platform } = first;
	const name = `merged-${uuidv7(Date.now())}.parquet`;
	const key = `${folderOf(table, day, platform)}${name}`;
	const paths = await Promise.all(group.map((one) => files.locate(one.key)));
	await using writer = await openWriter();
	const rows = group.reduce((sum, one) => sum + one.rows, 0);
	const level = Math.max(...group.map((one) => one.level)) + 1;
	const merged = { key, table, day, platform, level, rows };
	let counts: readonly HistoryCount[] = [];
	await withDraft(join(workFolder, name), async (path) => {
		await writer.merge(table, paths, path);
		await files.put(key, path);
		if (table === countedTable) counts = await count(deps, writer, merged, path);
	});
	if (await history.replaceFiles(group, merged, counts)) return;
	for (const one of [merged, ...counts]) await files.delete(one.key);
}

async function count(
	{ files, workFolder }: SweepDeps,
	writer: HistoryWriter,
	{ day, platform }: HistoryFile,
	merged: string,
): Promise<readonly HistoryCount[]> {
	const counts: HistoryCount[] = [];
	for (const table of countTableNames) {
		const name = `counted-${uuidv7(Date.now())}.parquet`;
		const key = `${folderOf(table, day, platform)}${name}`;
		await withDraft(join(workFolder, `${table}-${name}`), async (path) => {
			const rows = await writer.count(table, merged, path);
			if (rows === 0) return;
			await files.put(key, path);
			counts.push({ key, table, rows });
		});
	}
	return counts;
}

async function sweepUnnamed({ history, files }: SweepDeps): Promise<void> {
	let keys: string[] = [];
	const look = async () => {
		const known = await history.knownKeys(keys);
		for (const key of keys.filter((one) => !known.has(one))) await files.delete(key);
		keys = [];
	};
	for await (const key of files.list()) {
		const at = writtenAt(key);
		if (at === null || Date.now() - at < unnamedAfterMs) continue;
		keys.push(key);
		if (keys.length >= keysPerLook) await look();
	}
	await look();
}

/** As the UUIDv7 in its name says, Unix milliseconds. Null where it is not of our form. */
function writtenAt(key: string): number | null {
	const [, high, low] = /([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f-]+\.parquet/.exec(key) ?? [];
	return high === undefined || low === undefined ? null : Number.parseInt(high + low, 16);
}
