// What hashes of frames name, in the record: written with the entries that have such hashes, and read with them.
import { sql } from "kysely";
import { z } from "zod";
import type { NamedFrames } from "../../../core/banks/bank-contents.ts";
import { packFrames, pdqsOf, unpackFrames } from "../../../core/hashes/vpdq/video-frames.ts";
import type { NewEntry } from "../../../core/ports/bank-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

export async function keepFrames(tx: Connection, entries: readonly Pick<NewEntry, "hash" | "frames">[]): Promise<void> {
	for (const { hash, frames } of entries) {
		if (frames === undefined) continue;
		const packed = Buffer.from(packFrames(frames));
		await tx.rows(
			sql`INSERT INTO video_frames (hash, frames) VALUES (${Buffer.from(hash)}, ${packed}) ON CONFLICT DO NOTHING`,
		);
	}
}

/** Those of these hashes that name frames. */
export async function framesNamed(on: Connection, hashes: readonly Uint8Array[]): Promise<readonly NamedFrames[]> {
	if (hashes.length === 0) return [];
	const rows = await on.rows(
		sql`SELECT hash, frames FROM video_frames WHERE hash = ANY (${hashes.map((hash) => Buffer.from(hash))}::bytea[])`,
		z.object({ hash: column.bytes, frames: column.bytes }),
	);
	return rows.map(({ hash, frames }) => ({ hash, framePdqs: pdqsOf(unpackFrames(frames)) }));
}
