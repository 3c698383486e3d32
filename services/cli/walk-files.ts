// Every regular file under the given paths, sorted within its folder; links are not followed.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

export async function walkFiles(paths: readonly string[]): Promise<readonly string[]> {
	const found: string[] = [];
	for (const path of paths) {
		const entry = await stat(path).catch(() => null);
		if (entry === null) throw new Error(`no such file or folder: ${path}`);
		if (entry.isDirectory()) await walkFolder(path, found);
		else found.push(path);
	}
	return found;
}

async function walkFolder(folder: string, found: string[]): Promise<void> {
	const entries = await readdir(folder, { withFileTypes: true });
	for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) await walkFolder(path, found);
		else if (entry.isFile()) found.push(path);
	}
}
