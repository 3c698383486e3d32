import { sql } from "kysely";
import { z } from "zod";
import { clusteredTypes } from "../../../core/clusters/cluster-type.ts";
import type { ClusterStore, WrittenMedoid } from "../../../core/ports/cluster-store.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { mergeClusters } from "./merge-clusters.ts";
import { overlapMs, recordTime } from "./record-time.ts";

const nearType = z.enum(clusteredTypes);

const pageSize = 20_000;

const frames = column.bytes.nullable().transform((bytes) => bytes ?? undefined);
const medoidRow = z.object({ id: z.uuid(), type: nearType, hash: column.bytes, frames, seenAt: column.time });

const writtenRow = z
	.object({
		...{ type: nearType, hash: column.bytes, frames, intoFrames: frames, seenAt: column.time, hasMembers: column.flag },
		...{ into: column.bytes.nullable(), distanceBits: column.whole.nullable() },
	})
	.transform(({ into, intoFrames, distanceBits, hasMembers, ...medoid }): WrittenMedoid => {
		const mergedInto =
			into === null || distanceBits === null ? null : { hash: into, frames: intoFrames, distanceBits, hasMembers };
		return { ...medoid, mergedInto };
	});

export function createClusterStore(database: Database): ClusterStore {
	return {
		async load(seenSince, take) {
			const time = await lastWritten(database);
			let after: string | null = null;
			for (;;) {
				const rows: readonly z.infer<typeof medoidRow>[] = await database.rows(
					sql`SELECT id, type, medoid AS hash, frames, seen_at AS "seenAt" FROM clusters
						WHERE seen_at >= ${seenSince} AND merged_into IS NULL AND (${after}::uuid IS NULL OR id > ${after}::uuid) ORDER BY id LIMIT ${pageSize}`,
					medoidRow,
				);
				take(rows);
				const last = rows.at(-1);
				if (last === undefined || rows.length < pageSize) return time;
				after = last.id;
			}
		},
		async writtenSince(since) {
			const time = await recordTime(database);
			const from = new Date(since.getTime() - overlapMs);
			const medoids = await database.rows(
				sql`SELECT one.type, one.medoid AS hash, one.frames, one.seen_at AS "seenAt", other.medoid AS into, other.frames AS "intoFrames", one.merged_bits AS "distanceBits",
						one.merged_into IS NOT NULL AND EXISTS (SELECT FROM cluster_members WHERE cluster_id = one.id) AS "hasMembers"
					FROM clusters AS one LEFT JOIN clusters AS other ON other.id = one.merged_into WHERE one.written_at >= ${from}`,
				writtenRow,
			);
			return { medoids, time };
		},
		merge: (near) => database.transaction((tx) => mergeClusters(tx, near)),
	};
}

/** Where everybody stopped at once, what was written last is looked at by who starts. */
async function lastWritten(database: Database): Promise<Date> {
	const [row] = await database.rows(
		sql`SELECT LEAST(clock_timestamp(), (SELECT max(written_at) FROM clusters)) AS time`,
		z.object({ time: column.time }),
	);
	if (row === undefined) throw new Error("a clock always answers");
	return row.time;
}
