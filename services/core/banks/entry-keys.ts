// How entries' ids and hashes are keys of tables: bytes of one length, any of which are as good as random.
import { type EntryId, uuidOfHex } from "../ids.ts";

export const idBytes = 16;
/** The longest hash. */
export const hashBytes = 32;

export function idKey(id: EntryId): Uint8Array {
	return Buffer.from(id.replaceAll("-", ""), "hex");
}

export function toId(key: Uint8Array): EntryId {
	return uuidOfHex(Buffer.from(key).toString("hex")) as EntryId;
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export function hashKey(hash: Uint8Array): Uint8Array {
	if (hash.length === hashBytes) return hash;
	const key = new Uint8Array(hashBytes);
	// Repeated: the table takes bytes from the middle for random ones.
	for (let at = 0; at < hashBytes; at += hash.length) key.set(hash.subarray(0, hashBytes - at), at);
	return key;
}
