import { uuidv7 } from "../core/ids.ts";
import type { Platform } from "../core/ports/platform-store.ts";

/** Under which a platform's uploads lie, and no one else's. */
export function mediaKeyPrefix(platform: Pick<Platform, "name">): string {
	return `uploads/${platform.name}/`;
}

/** A new key for each upload: sending an id again must not replace the bytes that were examined. */
export function newMediaKey(platform: Pick<Platform, "name">, nowMs: number): string {
	return `${mediaKeyPrefix(platform)}${new Date(nowMs).toISOString().slice(0, 10)}/${uuidv7(nowMs)}`;
}
