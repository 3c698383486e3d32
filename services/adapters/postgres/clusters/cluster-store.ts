import { sql } from "kysely";
import { z } from "zod";
import type { ClusterStore, RecordedMedoid } from "../../../core/ports/cluster-store.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { overlapMs, recordTime } from "./record-time.ts";

const pageSize = 20_000;

const medoidRow = z.object({ id: z.uuid(), hash: z.instanceof(Uint8Array), seenAt: column.time });

export function createClusterStore(database: Database): ClusterStore {
	return {
		async load(seenSince, take) {
			const time = await recordTime(database);
			let after: string | null = null;
			for (;;) {
				const rows: readonly z.infer<typeof medoidRow>[] = await database.rows(
					sql`SELECT id, medoid AS hash, seen_at AS "seenAt" FROM clusters
						WHERE seen_at >= ${seenSince} AND (${after}::uuid IS NULL OR id > ${after}::uuid) ORDER BY id LIMIT ${pageSize}`,
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
			const medoids: readonly RecordedMedoid[] = await database.rows(
				sql`SELECT id, medoid AS hash, seen_at AS "seenAt" FROM clusters WHERE written_at >= ${from}`,
				medoidRow,
			);
			return { medoids, time };
		},
	};
}
