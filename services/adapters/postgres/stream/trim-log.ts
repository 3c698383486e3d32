import { sql } from "kysely";
import type { Topic } from "../../../core/wire/topics.ts";
import type { Database } from "../connection/database.ts";

const keepSeconds = 3_600;

/** Deletes what every group has settled, an hour after it came in. Topics that nobody reads here keep theirs as long. */
export async function trimLog(database: Database, topics: readonly Topic[]): Promise<void> {
	await database.rows(
		sql`DELETE FROM stream_records AS s USING (
				SELECT topic, partition, min(committed_offset) AS committed FROM stream_groups GROUP BY topic, partition
			) AS settled
			WHERE s.topic = settled.topic AND s.partition = settled.partition AND s."offset" < settled.committed
				AND s.topic = ANY (${[...topics]}::text[]) AND s.at < now() - make_interval(secs => ${keepSeconds})`,
	);
}
