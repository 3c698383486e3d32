import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { MediaHashes } from "../../../services/core/matching/bank.ts";
import { framedHashes } from "../../support/framed-hashes.ts";

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

/** An imaginary picture with that PDQ; its turns and its file are nobody's. */
export function pictureOf(hash: Uint8Array): MediaHashes {
	const other = (turn: number) => createHash("sha256").update(hash).update(String(turn)).digest();
	const dihedral = [hash, ...Array.from({ length: 7 }, (_, turn) => other(turn))];
	const reframed = framedHashes((index) => other(8 + index));
	const sha256 = other(-1);
	return {
		sha256,
		sha1: sha256.subarray(0, 20),
		md5: sha256.subarray(0, 16),
		pdq: { hash, quality: 90, dihedral, reframed },
	};
}
