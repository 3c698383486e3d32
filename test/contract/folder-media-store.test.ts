import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { createFolderMediaStore } from "../../services/adapters/media/folder-media-store.ts";
import { describeMediaStoreContract } from "./media-store.ts";

describeMediaStoreContract("A folder", async () => {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-media-"));
	return {
		store: createFolderMediaStore({ folder }),
		async listKeys() {
			const entries = await readdir(folder, { recursive: true, withFileTypes: true });
			return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
		},
		[Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
	};
});

test("a folder with less room than one upload may need says that it cannot be used, before somebody sends one", async () => {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-media-"));
	try {
		await createFolderMediaStore({ folder, roomBytes: 1 }).check();
		await expect(createFolderMediaStore({ folder, roomBytes: 2 ** 60 }).check()).rejects.toThrow("of room");
		expect(await readdir(folder)).toEqual([]);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

test("a folder that can be read and not written says that it cannot be used", async () => {
	// Not even root makes a file there; on other systems there is no such folder to begin with.
	await expect(createFolderMediaStore({ folder: "/proc/self" }).check()).rejects.toThrow();
});
