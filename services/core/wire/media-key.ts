// Where a platform's uploads lie, and what is kept of them. Feeds name their media by these keys, so who may name which is decided here.
import { uuidv7 } from "../ids.ts";
import type { Platform } from "../ports/platform-store.ts";
import type { ItemEvent } from "./item-event.ts";

/** A new key for each upload: sending an id again must not replace the bytes that were examined. */
export function newMediaKey(platform: Pick<Platform, "name">, nowMs: number): string {
	return `${mediaKeyPrefix(platform)}${new Date(nowMs).toISOString().slice(0, 10)}/${uuidv7(nowMs)}`;
}

/** A key of another tenant's upload would bring that tenant's picture into this one's case, and have it deleted afterwards. */
export function namesOwnMedia(event: ItemEvent, platform: Pick<Platform, "name">): boolean {
	return (
		!("location" in event) ||
		event.location.kind !== "object" ||
		event.location.objectKey.startsWith(mediaKeyPrefix(platform))
	);
}

/** Copies are kept once. */
export function evidenceKey(sha256: Uint8Array): string {
	const hex = Array.from(sha256, (byte) => byte.toString(16).padStart(2, "0")).join("");
	return `evidence/${hex.slice(0, 2)}/${hex}`;
}

/** Beside the evidence that it is of. */
export function stillKey(evidence: string, atMs: number): string {
	return `${evidence}.still-${atMs}`;
}

/** Beside the evidence that it is in; `at` as in the paths that are kept of it. */
export function memberKey(evidence: string, at: number): string {
	return `${evidence}.member-${at}`;
}

export const uploadsPrefix = "uploads/";

function mediaKeyPrefix(platform: Pick<Platform, "name">): string {
	return `${uploadsPrefix}${platform.name}/`;
}

/** When an upload began, as its key says; also of one that was never finished. Null for keys of another form. */
export function uploadedAt(key: string): Date | null {
	const [, high, low] = /^uploads\/[^/]+\/[\d-]{10}\/([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(key) ?? [];
	return high === undefined || low === undefined ? null : new Date(Number.parseInt(high + low, 16));
}
