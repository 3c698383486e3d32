// The stream of items between processes: an ordered, partitioned, durable log with consumer groups. At least once: a record
// that was not settled is delivered again after a restart or a rebalance. Left out on purpose: transactions, time travel, keys
// as compaction. Idempotency is the consumer's.
import type { Topic } from "../wire/topics.ts";

export interface OutgoingRecord {
	readonly key: string;
	readonly value: Uint8Array;
	readonly headers?: Readonly<Record<string, string>>;
}

export interface StreamRecord {
	readonly topic: Topic;
	readonly partition: number;
	/** Decimal string: Kafka's offsets exceed 2^53. */
	readonly offset: string;
	readonly key: string | null;
	readonly value: Uint8Array;
	readonly headers: Readonly<Record<string, string>>;
	/** When the stream took the record, Unix milliseconds. */
	readonly receivedAtMs: number;
}

/** A record to be worked on. `settle` says that its outcome is durable; only then may its offset be committed. */
export interface Delivery {
	readonly record: StreamRecord;
	settle(): void;
}

export interface SubscribeOptions {
	readonly topics: readonly Topic[];
	readonly group: string;
	/** Unsettled records per partition at which its delivery pauses; it resumes at half. */
	readonly maxUnsettled: number;
	/** Takes deliveries of one partition, in offset order. Returns at once; work goes on after it returns. */
	readonly onDeliveries: (deliveries: readonly Delivery[]) => void;
	/** The subscription cannot go on by itself (it has already retried). */
	readonly onFailure: (error: Error) => void;
}

export interface PartitionPosition {
	readonly topic: Topic;
	readonly partition: number;
	/** Records in the log after the committed offset of the group. */
	readonly lag: number;
	/** Delivered and not yet settled. */
	readonly unsettled: number;
	readonly isPaused: boolean;
}

export interface Subscription {
	positions(): Promise<readonly PartitionPosition[]>;
	/** False while no partition could be assigned or the broker is out of reach. */
	isConnected(): boolean;
	/** Why it is not, where the broker said so. */
	readonly whyNot?: () => string | null;
	/** Whether members that keep another record take a part of the group's records now: each is then in one of the records alone. */
	readonly isShared?: () => boolean;
	/** Stops deliveries, waits up to `drainMs` for what is unsettled, commits, leaves the group. */
	close(drainMs: number): Promise<void>;
}

export interface ItemStream {
	/** Resolves once every record is durable (Kafka: acks from all in-sync replicas). Rejects with `stream-unavailable`. */
	publish(topic: Topic, records: readonly OutgoingRecord[]): Promise<void>;
	subscribe(options: SubscribeOptions): Promise<Subscription>;
	/** Creates missing topics; leaves existing ones alone. */
	createTopics(partitions: number): Promise<void>;
	/** Fails unless the stream can be reached now. */
	check(): Promise<void>;
	[Symbol.asyncDispose](): Promise<void>;
}
