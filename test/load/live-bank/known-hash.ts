import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { MediaHashes } from "../../../services/core/banks/bank.ts";
import { mix32 } from "../../../services/core/hashes/mix32.ts";
import { framedHashes } from "../../support/framed-hashes.ts";

const hashBytes = 32;
const mostHashes = 64;

/** The PDQ hash of entry n: arbitrary bytes, the same here and in {@link knownHashes}. */
export function knownHash(n: number): Uint8Array {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32BE(n);
	return createHash("sha256").update(bytes).digest();
}

/** Rows for `upsertEntries`, made by the database itself. */
export function knownEntries(from: number, to: number) {
	return sql`SELECT gen_random_uuid() AS id, 'pdq' AS hash_type, sha256(int4send(n)) AS hash, 90::smallint AS quality,
			'list' AS source, '{"kind": "positive"}'::jsonb AS opinion, n
		FROM generate_series(${from}::int, ${to - 1}::int) AS n`;
}

/**
 * An imaginary picture with that PDQ; its turns, its framings and its file are nobody's. All in one buffer: the collector of garbage
 * pauses for thousands of small ones, which no detector makes in so short a time.
 */
export function pictureOf(hash: Uint8Array): MediaHashes {
	const bytes = new Uint8Array(hashBytes * mostHashes);
	const words = new Uint32Array(bytes.buffer);
	const seed = new DataView(hash.buffer, hash.byteOffset).getUint32(0);
	for (const at of words.keys()) words[at] = mix32(seed + at);
	const other = (index: number) => bytes.subarray(index * hashBytes, (index + 1) * hashBytes);
	const dihedral = [hash, ...Array.from({ length: 7 }, (_, turn) => other(turn))];
	const reframed = framedHashes((index) => other(7 + index));
	const sha256 = other(mostHashes - 1);
	return { ...exactHashes(sha256), pdq: { hash, quality: 90, dihedral, reframed } };
}

/** The same, looked up as it is and in no other way: one search, so that asking does not slow down what is measured meanwhile. */
export function bareCopyOf(hash: Uint8Array): MediaHashes {
	return { ...exactHashes(hash), pdq: { hash, quality: 90, dihedral: [hash] } };
}

function exactHashes(sha256: Uint8Array) {
	return { sha256, sha1: sha256.subarray(0, 20), md5: sha256.subarray(0, 16) };
}
