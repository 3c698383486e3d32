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

/** By `nameOf`; null where the group has committed nothing, or nothing any more. */
export async function committedOffsets(
	admin: Admin,
	groupId: string,
	topics: readonly Topic[],
): Promise<ReadonlyMap<string, bigint | null>> {
	const committed = new Map<string, bigint | null>();
	for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics: [...topics] })) {
		for (const { partition, offset } of partitions) {
			const value = BigInt(offset);
			committed.set(`${topic}/${partition}`, value < 0n ? null : value);
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
				const from = committed.get(`${topic}/${partition}`) ?? first;
				// Beyond the end: the topic was deleted and created again, and will be read from its beginning.
				return [`${topic}/${partition}`, Number(end - (from < first || from > end ? first : from))] as const;
			}),
		),
	);
}
