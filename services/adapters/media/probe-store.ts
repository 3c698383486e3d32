import { randomBytes } from "node:crypto";
import type { MediaStore } from "../../core/ports/media-store.ts";
import { probeBytes } from "../../runtime/probe-folder.ts";

/**
 * Writes an object and removes it, under a name that no other process uses; in no folder, for a store of files removes an empty folder
 * while another process is about to write in it.
 */
export async function probeStore(store: Pick<MediaStore, "put" | "delete">): Promise<void> {
	const key = `ready-${randomBytes(8).toString("hex")}`;
	await store.put(key, Buffer.alloc(probeBytes), probeBytes);
	await store.delete(key);
}
