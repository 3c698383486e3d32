// The partitions that the group has assigned to this member: what becomes of them at a rebalance, and committing their heads.
import type { Admin, Batch, Consumer, TopicOffsets } from "kafkajs";
import type { PartitionPosition, SubscribeOptions } from "../../core/ports/item-stream.ts";
import type { Topic } from "../../core/wire/topics.ts";
import type { Logger } from "../../runtime/logger.ts";
import { AssignedPartition } from "./assigned-partition.ts";
import { type Commit, lags, nameOf, type TopicPartition } from "./group-offsets.ts";

export interface Assignment {
	/** The group has shared its partitions anew. Nothing is fetched until it is agreed from which offsets. */
	join(assigned: readonly TopicPartition[]): void;
	/** Answers false where the batch belongs to no partition that is being read; it will be fetched again. */
	take(batch: Batch): boolean;
	/** Sends the heads that moved; one call at a time. */
	commit(): Promise<void>;
	/** The broker has taken these commits. */
	onCommitted(topics: readonly TopicOffsets[]): void;
	positions(): Promise<readonly PartitionPosition[]>;
	unsettled(): number;
	/** Delivers nothing more; what is under way may settle and is committed. */
	stop(): void;
	/** Settling changes nothing any more. */
	revokeAll(): void;
}

interface AssignmentDeps {
	readonly consumer: Consumer;
	readonly admin: Admin;
	readonly logger: Logger;
	readonly options: SubscribeOptions;
	/** The id of the record that outcomes go to. */
	readonly record: string;
	/** What the group has committed, by `nameOf`. */
	readonly committedOffsets: () => Promise<ReadonlyMap<string, Commit | null>>;
}

const agreeRetryMs = 300;
/** Kafka's name for the first offset that there is. */
const earliest = "-2";

export function createAssignment(deps: AssignmentDeps): Assignment {
	const { consumer, admin, logger, options, record, committedOffsets } = deps;
	const held = createHeld(consumer, logger, options);
	let isAgreed = false;
	let isStopped = false;
	let joins = 0;
	let committing: Promise<void> | null = null;

	const agree = async (turn: number, assigned: readonly TopicPartition[]): Promise<void> => {
		const committed = await committedOffsets().catch((error: unknown) => {
			logger.debug({ event: "stream-agree-failed", err: error });
			return null;
		});
		if (turn !== joins) return;
		if (committed === null) {
			setTimeout(() => void agree(turn, assigned), agreeRetryMs).unref();
			return;
		}
		for (const one of assigned) held.startFrom(one, committed.get(nameOf(one))?.offset ?? null);
		isAgreed = true;
		if (!isStopped) held.fetchWhereRoom();
	};
	const commitHeads = async () => {
		if (held.all().every((one) => one.toCommit() === null)) return;
		restartForgotten(held, await committedOffsets());
		const moved = held.all().flatMap((one) => {
			const head = one.toCommit();
			return head === null
				? []
				: [{ topic: one.topic, partition: one.partition, offset: String(head), metadata: record }];
		});
		if (moved.length > 0) await consumer.commitOffsets(moved);
	};

	return {
		join(assigned) {
			joins += 1;
			isAgreed = false;
			held.keepOnly(assigned);
			void agree(joins, assigned);
		},
		take: (batch) => isAgreed && !isStopped && held.take(batch),
		commit() {
			if (!isAgreed && committing === null) return Promise.resolve();
			committing ??= commitHeads().finally(() => {
				committing = null;
			});
			return committing;
		},
		onCommitted(committed) {
			for (const { topic, partitions } of committed) {
				for (const { partition, offset } of partitions) {
					const one = held.find({ topic: topic as Topic, partition });
					if (one !== undefined) one.committed = BigInt(offset);
				}
			}
		},
		async positions() {
			const lag = await lags(admin, options.group, options.topics);
			return held.all().map(({ topic, partition, unsettled, isFull }) => ({
				topic,
				partition,
				lag: lag.get(nameOf({ topic, partition })) ?? 0,
				unsettled,
				isPaused: isFull,
			}));
		},
		unsettled: () => held.all().reduce((sum, one) => sum + one.unsettled, 0),
		stop() {
			isStopped = true;
			for (const one of held.all()) one.stop();
			held.keepOnly(held.all());
		},
		revokeAll: () => held.keepOnly([]),
	};
}

/**
 * With a topic the broker deletes what groups have committed for it. By then the new topic may hold our next offset already, so that
 * fetching goes on as if nothing had happened: hence the look before each commit.
 */
function restartForgotten(held: ReturnType<typeof createHeld>, committed: ReadonlyMap<string, Commit | null>): void {
	for (const one of held.all()) {
		if (one.committed !== null && committed.get(nameOf(one)) === null) held.restart(one);
	}
}

const nameable = ({ topic, partition }: TopicPartition): TopicPartition => ({ topic, partition });

/** What is fetched is decided by the flow of each partition; kafkajs is told through pause, resume and seek. */
function createHeld(consumer: Consumer, logger: Logger, options: SubscribeOptions) {
	const held = new Map<string, AssignedPartition>();

	const setFetching = (which: readonly TopicPartition[], isOn: boolean) => {
		const topicPartitions = which.map(({ topic, partition }) => ({ topic, partitions: [partition] }));
		try {
			if (isOn) consumer.resume(topicPartitions);
			else consumer.pause(topicPartitions);
		} catch (error) {
			// kafkajs is between a crash and its restart; the next join sets it again.
			logger.debug({ event: "stream-pause-failed", err: error });
		}
	};
	const replace = ({ topic, partition }: TopicPartition, committed: bigint | null): AssignedPartition => {
		held.get(nameOf({ topic, partition }))?.revoke();
		const onRoom = (hasRoom: boolean) => setFetching([{ topic, partition }], hasRoom);
		const { maxUnsettled, onDeliveries } = options;
		const fresh = new AssignedPartition({ topic, partition, committed, maxUnsettled, onDeliveries, onRoom });
		held.set(nameOf({ topic, partition }), fresh);
		return fresh;
	};
	return {
		all: () => [...held.values()],
		find: (one: TopicPartition) => held.get(nameOf(one)),
		/** Fetches none of them for now, and lets go of the others. */
		keepOnly(assigned: readonly TopicPartition[]) {
			const names = new Set(assigned.map(nameOf));
			for (const [name, one] of held) {
				if (names.has(name)) continue;
				one.revoke();
				held.delete(name);
			}
			setFetching(assigned, false);
		},
		/** Goes on where it was if nobody else has moved the group's offset since; else anew from there. */
		startFrom(one: TopicPartition, committed: bigint | null) {
			const own = held.get(nameOf(one));
			const goesOn =
				own !== undefined && own.position !== null && own.committed !== null && own.committed === committed;
			const from = goesOn ? own.position : replace(one, committed).committed;
			if (from !== null) consumer.seek({ ...one, offset: String(from) });
		},
		/** From its beginning, where the topic was deleted and created again. */
		restart(one: TopicPartition) {
			logger.warn({ event: "stream-log-restarted", ...nameable(one) });
			replace(one, null);
			consumer.seek({ ...nameable(one), offset: earliest });
			setFetching([one], true);
		},
		fetchWhereRoom() {
			setFetching(
				[...held.values()].filter((one) => !one.isFull),
				true,
			);
		},
		take(batch: Batch): boolean {
			const partition = { topic: batch.topic as Topic, partition: batch.partition };
			let one = held.get(nameOf(partition));
			const first = batch.messages[0];
			if (one === undefined || first === undefined) return false;
			if (one.position !== null && BigInt(first.offset) < one.position) {
				// The broker had nothing at our offset any more: the topic was deleted and created again.
				logger.warn({ event: "stream-log-restarted", ...partition });
				one = replace(partition, null);
			}
			one.take(batch.messages);
			return true;
		},
	};
}
