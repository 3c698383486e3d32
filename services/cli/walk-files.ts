// Every regular file under the given paths, sorted within its folder; links are not followed.
import { readdir, stat } from "node:fs/promises";
import { type FilePath, joinPath, pathsNamed } from "./file-path.ts";

export async function walkFiles(paths: readonly string[]): Promise<readonly FilePath[]> {
	const found: FilePath[] = [];
	const walked = new Set<string>();
	for (const argument of paths) {
		const named = await pathsNamed(argument);
		if (named.length === 0) throw new Error(`no such file or folder: ${argument}`);
		for (const path of named) {
			// Two arguments that read the same mean the same files.
			const bytes = Buffer.from(path).toString("latin1");
			if (named.length > 1 && walked.has(bytes)) continue;
			walked.add(bytes);
			const entry = await stat(path).catch(() => null);
			if (entry === null) throw new Error(`no such file or folder: ${argument}`);
			if (entry.isDirectory()) await walkFolder(path, found);
			else found.push(path);
		}
	}
	return found;
}

async function walkFolder(folder: FilePath, found: FilePath[]): Promise<void> {
	const entries = await readdir(folder, { withFileTypes: true, encoding: "buffer" });
	for (const entry of entries.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
		const path = joinPath(folder, entry.name);
		if (entry.isDirectory()) await walkFolder(path, found);
		else if (entry.isFile()) found.push(path);
	}
}
