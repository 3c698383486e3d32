import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BreakwaterError } from "../../core/errors.ts";
import type { MediaStore } from "../../core/ports/media-store.ts";
import { errorCode } from "../../runtime/error-code.ts";
import { privateDirectory, privateFile } from "../../runtime/private-folder.ts";
import { probeFolder } from "../../runtime/probe-folder.ts";
import { asStoreError } from "../../runtime/store-error.ts";
import { measuredBytes } from "./measured-bytes.ts";
import { checkMediaKey } from "./media-key-check.ts";

/** Objects are files under the folder, at their key's path, for this process's user alone; each appears whole or not at all. */
export function createFolderMediaStore(options: {
	readonly folder: string;
	/** Below, it does not say that it is ready: what one upload may need. */
	readonly roomBytes?: number;
}): MediaStore {
	const pathOf = (key: string) => join(options.folder, checkMediaKey(key));
	return {
		async put(key, bytes, maxBytes) {
			const path = pathOf(key);
			const temporary = `${path}.${randomBytes(6).toString("hex")}.part`;
			const measured = measuredBytes(bytes, maxBytes);
			try {
				await mkdir(dirname(path), { recursive: true, mode: privateDirectory });
				await writeDurably(temporary, measured);
				await rename(temporary, path);
				return measured.measure();
			} catch (error) {
				await rm(temporary, { force: true });
				throw asStoreError(error);
			}
		},
		async get(key, maxBytes) {
			const path = pathOf(key);
			try {
				if ((await stat(path)).size > maxBytes) throw new BreakwaterError("content-too-large");
				return await readFile(path);
			} catch (error) {
				if (errorCode(error) === "ENOENT") return null;
				throw asStoreError(error);
			}
		},
		async read(key, maxBytes) {
			const path = pathOf(key);
			try {
				if ((await stat(path)).size > maxBytes) throw new BreakwaterError("content-too-large");
				return createReadStream(path);
			} catch (error) {
				if (errorCode(error) === "ENOENT") return null;
				throw asStoreError(error);
			}
		},
		async delete(key) {
			await rm(pathOf(key), { force: true });
		},
		list: (prefix) => filesUnder(pathOf(prefix.slice(0, -1)), prefix),
		check: () => probeFolder(options.folder, options.roomBytes ?? 0),
	};
}

/** Folder by folder, so that no list of everything is held. */
async function* filesUnder(folder: string, prefix: string): AsyncGenerator<string, undefined> {
	const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
		if (errorCode(error) === "ENOENT") return [];
		throw asStoreError(error);
	});
	for (const entry of entries) {
		if (entry.isDirectory()) yield* filesUnder(join(folder, entry.name), `${prefix}${entry.name}/`);
		else yield `${prefix}${entry.name}`;
	}
}

async function writeDurably(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
	// Open before the first byte is asked for: a stream that fails at once must not be outlived by a file that is still being made.
	const file = await open(path, "wx", privateFile);
	try {
		await writeFile(file, bytes);
		await file.sync();
	} finally {
		await file.close();
	}
}
