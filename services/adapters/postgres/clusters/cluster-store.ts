import { sql } from "kysely";
import { z } from "zod";
import type { ClusterStore, RecordedMedoid } from "../../../core/ports/cluster-store.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const pageSize = 20_000;
/** A transaction that began earlier than the last look may be seen later; none of the detector's takes longer. */
const overlapMs = 10_000;

const medoidRow = z.object({ id: z.uuid(), hash: z.instanceof(Uint8Array), seenAt: column.time });
const timeRow = z.object({ time: column.time });

export function createClusterStore(database: Database): ClusterStore {
	const now = async () => {
		const [row] = await database.rows(sql`SELECT clock_timestamp() AS time`, timeRow);
		if (row === undefined) throw new Error("a clock always answers");
		return row.time;
	};
	return {
		async load(seenSince, take) {
			const time = await now();
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
			const time = await now();
			const from = new Date(since.getTime() - overlapMs);
			const medoids: readonly RecordedMedoid[] = await database.rows(
				sql`SELECT id, medoid AS hash, seen_at AS "seenAt" FROM clusters WHERE written_at >= ${from}`,
				medoidRow,
			);
			return { medoids, time };
		},
	};
}
