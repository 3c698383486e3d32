// What the broker knows of a group's progress.
import type { Admin } from "kafkajs";
import type { Topic } from "../../core/wire/topics.ts";

export interface TopicPartition {
	readonly topic: Topic;
	readonly partition: number;
}

export function nameOf({ topic, partition }: TopicPartition): string {
	return `${topic}/${partition}`;
}

export interface Commit {
	/** The next to be read. */
	readonly offset: bigint;
	/** The id of the record that its outcomes are in; null where it does not say so. */
	readonly record: string | null;
}

/** By `nameOf`; null where the group has committed nothing, or nothing any more. */
export async function committedOffsets(
	admin: Admin,
	groupId: string,
	topics: readonly Topic[],
): Promise<ReadonlyMap<string, Commit | null>> {
	const committed = new Map<string, Commit | null>();
	for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics: [...topics] })) {
		for (const { partition, offset, metadata } of partitions) {
			const next = BigInt(offset);
			committed.set(`${topic}/${partition}`, next < 0n ? null : { offset: next, record: metadata || null });
		}
	}
	return committed;
}

/** Records after the committed offset, by `nameOf`. */
export async function lags(
	admin: Admin,
	groupId: string,
	topics: readonly Topic[],
): Promise<ReadonlyMap<string, number>> {
	const [committed, ...logs] = await Promise.all([
		committedOffsets(admin, groupId, topics),
		...topics.map(async (topic) => ({ topic, partitions: await admin.fetchTopicOffsets(topic) })),
	]);
	return new Map(
		logs.flatMap(({ topic, partitions }) =>
			partitions.map(({ partition, low, high }) => {
				const [first, end] = [BigInt(low), BigInt(high)];
				const from = committed.get(`${topic}/${partition}`)?.offset ?? first;
				// Beyond the end: the topic was deleted and created again, and will be read from its beginning.
				return [`${topic}/${partition}`, Number(end - (from < first || from > end ? first : from))] as const;
			}),
		),
	);
}
