import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

/** Folder with what `fetch` puts into the one it is given, kept in `.cache/` for as long as the version stays. */
export async function fetchOnce(
	name: string,
	version: string,
	fetch: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = fromPackageRoot(".cache", name, version);
	const isThere = await access(folder).then(
		() => true,
		() => false,
	);
	if (isThere) return folder;
	await mkdir(fromPackageRoot(".cache", name), { recursive: true });
	const partial = await mkdtemp(fromPackageRoot(".cache", name, "partial-"));
	await fetch(partial);
	// Another suite may have been faster; either copy is whole.
	await rename(partial, folder).catch(() => rm(partial, { recursive: true, force: true }));
	return folder;
}
