// The data folder of the embedded profile, with a real server in it: what another user of the machine could read there. Out of scope:
// encryption.
import { chmod, lstat, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openParts } from "../../../services/parts/parts.ts";
import { readConfig } from "../../../services/runtime/config.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { openPrivateFolder } from "../../../services/runtime/private-folder.ts";

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-data-"));
	// As mkdir makes it for a user who has set nothing else.
	await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const modeOf = async (path: string) => (await lstat(path)).mode & 0o777;

/** Names, and what others may do with them. */
async function openToOthers(root: string): Promise<readonly string[]> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const found = await Promise.all(
		entries.map(async (entry) => {
			const path = join(entry.parentPath, entry.name);
			const mode = await modeOf(path);
			return (mode & 0o077) === 0 ? [] : [`${relative(root, path)} ${mode.toString(8)}`];
		}),
	);
	return found.flat();
}

test("nothing that the data folder holds can be read by another user, whatever was set before", async () => {
	const mask = process.umask(0o000);
	try {
		// Left by an earlier version, which made it for everybody.
		await mkdir(join(folder, "media"), { mode: 0o755 });
		const config = readConfig({ BREAKWATER_DATA_DIR: folder });
		await using parts = await openParts(config, "test", { logger: silentLogger });
		const store = parts.mediaStore();
		await store.check();
		await store.put("uploads/forum/2026-11-24/a", Buffer.from("bytes"), 100);
		await store.put("evidence/ab/abcd", Buffer.from("bytes"), 100);
		await parts.banks();
		expect(await readdir(folder)).toEqual(expect.arrayContaining(["media", "postgres"]));
		expect(await openToOthers(folder)).toEqual([]);
		// As root, the server runs as somebody else, who has to get to its own folder.
		expect(await modeOf(folder)).toBe(isRoot ? 0o711 : 0o700);
	} finally {
		process.umask(mask);
	}
});

test("a folder that everybody shares is not taken from them", async () => {
	await chmod(folder, 0o1777);
	expect(await openPrivateFolder(folder)).toBe(false);
	expect(await modeOf(folder)).toBe(0o777);
});
