// The embedded profile's stream: a partitioned log in PostgreSQL with the same promises as Kafka's (core/ports/item-stream.ts).
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { BreakwaterError } from "../../core/errors.ts";
import type { ItemStream, OutgoingRecord, Subscription } from "../../core/ports/item-stream.ts";
import { type Topic, topics } from "../../core/wire/topics.ts";
import type { Logger } from "../../runtime/logger.ts";
import { createMicroBatch } from "../../runtime/micro-batch.ts";
import type { Database } from "./database.ts";
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
		const [row] = await database.rows<{ count: string }>(
			sql`SELECT count(*) AS count FROM stream_partitions WHERE topic = ${topic}`,
		);
		const count = Number(row?.count ?? 0);
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

/** Offsets are taken under the partition's row lock, which is held to the commit: they become visible in order. */
async function appendRecords(
	database: Database,
	publications: readonly Publication[],
	countPartitions: (topic: Topic) => Promise<number>,
): Promise<void> {
	const placed = await Promise.all(
		publications.map(async ({ topic, record }) => ({
			topic,
			record,
			partition: partitionOf(record.key, await countPartitions(topic)),
		})),
	);
	const groups = new Map<string, { readonly topic: Topic; readonly partition: number; count: number }>();
	for (const { topic, partition } of placed) {
		const group = groups.get(`${topic}/${partition}`) ?? { topic, partition, count: 0 };
		group.count += 1;
		groups.set(`${topic}/${partition}`, group);
	}
	await database.transaction(async (tx) => {
		const next = new Map<string, bigint>();
		for (const [name, { topic, partition, count }] of [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
			const [row] = await database.rows<{ first: string }>(
				sql`UPDATE stream_partitions SET next_offset = next_offset + ${count} WHERE topic = ${topic} AND partition = ${partition}
					RETURNING next_offset - ${count} AS first`,
				tx,
			);
			next.set(name, BigInt(row?.first ?? 0));
		}
		const rows = placed.map(({ topic, partition, record }) => {
			const name = `${topic}/${partition}`;
			const offset = next.get(name) ?? 0n;
			next.set(name, offset + 1n);
			return { topic, partition, offset: String(offset), record };
		});
		await database.rows(
			sql`INSERT INTO stream_records (topic, partition, "offset", key, headers, value, at)
				SELECT r.topic, r.partition, r."offset", r.key, r.headers::jsonb, r.value, clock_timestamp()
				FROM unnest(${rows.map((row) => row.topic)}::text[], ${rows.map((row) => row.partition)}::integer[], ${rows.map((row) => row.offset)}::bigint[],
					${rows.map((row) => row.record.key)}::text[], ${rows.map((row) => JSON.stringify(row.record.headers ?? {}))}::text[],
					${rows.map((row) => Buffer.from(row.record.value))}::bytea[]) AS r (topic, partition, "offset", key, headers, value)`,
			tx,
		);
		await database.rows(sql`SELECT pg_notify('stream', '')`, tx);
	});
}

function partitionOf(key: string, partitions: number): number {
	return createHash("md5").update(key).digest().readUInt32BE(0) % partitions;
}
