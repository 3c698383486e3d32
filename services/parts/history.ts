// The history's files, beside the media (a folder of their own, or the same bucket), and the engine over them. Nothing is loaded before it is
// asked for: whoever has no use for the history pays nothing.
import { createReadStream } from "node:fs";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createFolderMediaStore } from "../adapters/media/folder-media-store.ts";
import { createS3MediaStore } from "../adapters/media/s3-media-store.ts";
import { BreakwaterError } from "../core/errors.ts";
import { countTableNames } from "../core/history/history-counts.ts";
import { historyTableNames } from "../core/history/history-tables.ts";
import type { HistoryEngine, HistoryWriter } from "../core/ports/history-engine.ts";
import type { MediaStore } from "../core/ports/media-store.ts";
import type { Config } from "../runtime/config.ts";
import { privateDirectory, privateFile } from "../runtime/private-folder.ts";

/** Larger than any file that this writes. */
const mostBytes = 8 * 1_073_741_824;
const inBucket = "history/";

interface HistoryFiles {
	/** Durable when resolved. */
	put(key: string, path: string): Promise<void>;
	/** A path of this machine under which the file can be read. */
	locate(key: string): Promise<string>;
	delete(key: string): Promise<void>;
	list(): AsyncIterable<string>;
}

export interface HistoryParts {
	readonly files: HistoryFiles;
	/** For files that are about to be written. */
	readonly workFolder: string;
	openEngine(): Promise<HistoryEngine>;
	openWriter(): Promise<HistoryWriter>;
}

export function openHistory(
	config: Config,
	options: { readonly threads: number; readonly memoryMib: number },
): HistoryParts {
	const workFolder = join(config.dataDir, "history-work");
	const cacheFolder = join(config.dataDir, "history-cache");
	const { media, history } = config;
	const files =
		media.kind === "folder" ? filesInFolder(history.folder) : filesInBucket(createS3MediaStore(media), cacheFolder);
	const openDuckdb = async () => {
		try {
			const { createDuckdbEngine } = await import("../adapters/duckdb/duckdb-engine.ts");
			const { locate } = files;
			return createDuckdbEngine({ workFolder, folders: [history.folder, cacheFolder], locate, ...options });
		} catch (cause) {
			throw new BreakwaterError("history-unavailable", { cause });
		}
	};
	const { trino } = history;
	const known = new Set<string>();
	const openTrino = async (options: NonNullable<typeof trino>) => {
		const { createTrinoEngine } = await import("../adapters/trino/trino-engine.ts");
		return createTrinoEngine({ ...options, known });
	};
	return {
		...{ files, workFolder },
		openEngine: () => (trino === null ? openDuckdb() : openTrino(trino)),
		openWriter: openDuckdb,
	};
}

function filesInFolder(folder: string): HistoryFiles {
	const store = createFolderMediaStore({ folder });
	return {
		put: (key, path) => putFile(store, key, path),
		locate: (key) => Promise.resolve(join(folder, key)),
		delete: (key) => store.delete(key),
		async *list() {
			for (const table of [...historyTableNames, ...countTableNames]) yield* store.list(`${table}/`);
		},
	};
}

/** What is read is kept here: a file never changes. */
function filesInBucket(store: MediaStore, cacheFolder: string): HistoryFiles {
	return {
		put: (key, path) => putFile(store, `${inBucket}${key}`, path),
		async locate(key) {
			const path = join(cacheFolder, key);
			if ((await stat(path).catch(() => null)) !== null) return path;
			const bytes = await store.get(`${inBucket}${key}`, mostBytes);
			if (bytes === null)
				throw new BreakwaterError("history-unavailable", { detail: "a file of the history is missing" });
			await mkdir(dirname(path), { recursive: true, mode: privateDirectory });
			const unfinished = `${path}.${process.pid}.part`;
			await writeFile(unfinished, bytes, { mode: privateFile });
			await rename(unfinished, path);
			return path;
		},
		async delete(key) {
			await store.delete(`${inBucket}${key}`);
			await rm(join(cacheFolder, key), { force: true });
		},
		async *list() {
			for await (const key of store.list(inBucket)) yield key.slice(inBucket.length);
		},
	};
}

async function putFile(store: MediaStore, key: string, path: string): Promise<void> {
	await store.put(key, createReadStream(path), mostBytes);
}
