// Whether a folder takes what its process promises to take: asked before somebody sends it.
import { randomBytes } from "node:crypto";
import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BreakwaterError } from "../core/errors.ts";
import { openPrivateFolder, privateFile } from "./private-folder.ts";
import { asStoreError } from "./store-error.ts";

/** More than what a full disk still finds room for in a block that is begun. */
export const probeBytes = 65_536;

/** Writes a file and removes it. Rejects with `store-unavailable` where the folder cannot be written, or its disk has less room than `roomBytes`. */
export async function probeFolder(folder: string, roomBytes: number): Promise<void> {
	try {
		await openPrivateFolder(folder);
		const path = join(folder, `ready-${randomBytes(8).toString("hex")}`);
		try {
			await writeFile(path, Buffer.alloc(probeBytes), { mode: privateFile, flag: "wx", flush: true });
		} finally {
			await rm(path, { force: true });
		}
		const { bavail, bsize, blocks } = await statfs(folder);
		// Some file systems do not say how large they are.
		if (blocks > 0 && bavail * bsize < roomBytes)
			throw new BreakwaterError("store-unavailable", { detail: `its disk has less than ${roomBytes} bytes of room` });
	} catch (error) {
		throw asStoreError(error);
	}
}
