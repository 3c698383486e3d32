// Files by the names that they have, which need not be UTF-8: a text that names one is not always enough to open it.
import { readdir } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";

/** A text where that leads to the file, and else its bytes. */
export type FilePath = string | Buffer;

const unreadableByte = "\ufffd";

/** What of a path can be printed; bytes that are not UTF-8 become U+FFFD. */
export function printable(path: FilePath): string {
	return path.toString();
}

export function joinPath(folder: FilePath, name: Buffer): FilePath {
	const text = name.toString();
	if (typeof folder === "string" && Buffer.from(text).equals(name)) return join(folder, text);
	return Buffer.concat([Buffer.from(folder), Buffer.from(sep), name]);
}

/**
 * What an argument names. Node hands it over with U+FFFD for what is not UTF-8: then the folder is asked which of its names reads so,
 * and each of them is meant. Empty where there is none.
 */
export async function pathsNamed(argument: string): Promise<readonly FilePath[]> {
	if (!argument.includes(unreadableByte)) return [argument];
	const name = basename(argument);
	const found: FilePath[] = [];
	for (const folder of await pathsNamed(dirname(argument))) {
		const names = await readdir(folder, { encoding: "buffer" }).catch(() => []);
		found.push(...names.filter((one) => one.toString() === name).map((one) => joinPath(folder, one)));
	}
	return found;
}
