// The embedded profile's stream: a partitioned log in PostgreSQL with the same promises as Kafka's (core/ports/item-stream.ts).
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import type { ItemStream, OutgoingRecord, Subscription } from "../../../core/ports/item-stream.ts";
import { type Topic, topics } from "../../../core/wire/topics.ts";
import type { Logger } from "../../../runtime/logger.ts";
import { createMicroBatch } from "../../../runtime/micro-batch.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { subscribeToLog } from "./stream-subscription.ts";

interface Publication {
	readonly topic: Topic;
	readonly record: OutgoingRecord;
}

/** Publications gathered into one transaction; a single one waits for no other. */
const publicationsPerWrite = 500;

export async function createPostgresStream(options: {
	readonly database: Database;
	readonly logger: Logger;
}): Promise<ItemStream> {
	const { database } = options;
	const subscriptions = new Set<Subscription>();
	const partitionCounts = new Map<Topic, number>();

	const write = createMicroBatch<Publication, null>({
		maxSize: publicationsPerWrite,
		maxWaitMs: 1,
		concurrency: 2,
		run: async (publications) => {
			await appendRecords(database, publications, (topic) => countPartitions(topic));
			return publications.map(() => null);
		},
	});
	const countPartitions = async (topic: Topic): Promise<number> => {
		const known = partitionCounts.get(topic);
		if (known !== undefined) return known;
		const [row] = await database.rows(
			sql`SELECT count(*) AS count FROM stream_partitions WHERE topic = ${topic}`,
			z.object({ count: column.count }),
		);
		const count = row?.count ?? 0;
		if (count === 0) throw new BreakwaterError("stream-unavailable", { detail: "the topics are not created yet" });
		partitionCounts.set(topic, count);
		return count;
	};

	return {
		async publish(topic, records) {
			try {
				await Promise.all(records.map((record) => write({ topic, record })));
			} catch (error) {
				throw error instanceof BreakwaterError ? new BreakwaterError("stream-unavailable", { cause: error }) : error;
			}
		},
		async subscribe(subscribeOptions) {
			const subscription = await subscribeToLog(database, options.logger, subscribeOptions);
			subscriptions.add(subscription);
			return subscription;
		},
		async createTopics(partitions) {
			await database.rows(
				sql`INSERT INTO stream_partitions (topic, partition)
					SELECT topic, partition FROM unnest(${Object.values(topics)}::text[]) AS topic, generate_series(0, ${partitions - 1}::integer) AS partition
					WHERE NOT EXISTS (SELECT 1 FROM stream_partitions AS present WHERE present.topic = topic)
					ON CONFLICT DO NOTHING`,
			);
		},
		async check() {
			await database.rows(sql`SELECT 1`);
		},
		async [Symbol.asyncDispose]() {
			await Promise.all([...subscriptions].map((subscription) => subscription.close(0)));
		},
	};
}

/**
 * One statement, one round trip. Offsets are taken under the partitions' row locks, in a fixed order, and the locks are held to
 * the commit: offsets become visible in order, and two publishers never wait for each other in a circle.
 */
async function appendRecords(
	database: Database,
	publications: readonly Publication[],
	countPartitions: (topic: Topic) => Promise<number>,
): Promise<void> {
	const rows = await Promise.all(
		publications.map(async ({ topic, record }) => ({
			topic,
			record,
			partition: partitionOf(record.key, await countPartitions(topic)),
		})),
	);
	await database.rows(
		sql`WITH published AS (
				SELECT topic, partition, key, headers::jsonb AS headers, value, row_number() OVER (PARTITION BY topic, partition ORDER BY place) - 1 AS index
				FROM unnest(${rows.map((row) => row.topic)}::text[], ${rows.map((row) => row.partition)}::integer[],
					${rows.map((row) => row.record.key)}::text[], ${rows.map((row) => JSON.stringify(row.record.headers ?? {}))}::text[],
					${rows.map((row) => Buffer.from(row.record.value))}::bytea[]) WITH ORDINALITY AS r (topic, partition, key, headers, value, place)
			), counted AS (
				SELECT topic, partition, count(*) AS count FROM published GROUP BY topic, partition
			), locked AS (
				SELECT topic, partition FROM stream_partitions JOIN counted USING (topic, partition) ORDER BY topic, partition FOR UPDATE OF stream_partitions
			), moved AS (
				UPDATE stream_partitions AS p SET next_offset = p.next_offset + counted.count
				FROM counted JOIN locked USING (topic, partition) WHERE p.topic = counted.topic AND p.partition = counted.partition
				RETURNING p.topic, p.partition, p.next_offset - counted.count AS first
			), appended AS (
				INSERT INTO stream_records (topic, partition, "offset", key, headers, value, at)
				SELECT topic, partition, moved.first + index, key, headers, value, clock_timestamp() FROM published JOIN moved USING (topic, partition)
			)
			SELECT pg_notify('stream', topic) FROM (SELECT DISTINCT topic FROM published) AS topics`,
	);
}

function partitionOf(key: string, partitions: number): number {
	return createHash("md5").update(key).digest().readUInt32BE(0) % partitions;
}
