// One member of a consumer group, and how it keeps going: kafkajs restarts itself after most faults, this restarts kafkajs after
// the others.
import type { Consumer, Kafka } from "kafkajs";
import { BreakwaterError } from "../../core/errors.ts";
import type { SubscribeOptions, Subscription } from "../../core/ports/item-stream.ts";
import type { Topic } from "../../core/wire/topics.ts";
import { endsWithin } from "../../runtime/ends-within.ts";
import type { Logger } from "../../runtime/logger.ts";
import { startLoop } from "../../runtime/loop.ts";
import { type Assignment, createAssignment } from "./assignment.ts";
import { committedOffsets } from "./group-offsets.ts";
import { watchGroup } from "./watch-group.ts";

/** Each time costs the broker two requests; after a crash, what was settled since comes again and is known. */
const commitEveryMs = 250;
/** A member that dies without a word is missed after this; brokers accept no less by default. */
const sessionTimeoutMs = 6_000;
const heartbeatEveryMs = 1_000;
/** Time for the last commit and the farewell, where the broker does not answer. */
const leaveWithinMs = 5_000;
const restartsBeforeFailure = 10;

interface Member {
	readonly kafka: Kafka;
	readonly logger: Logger;
	/** The id of the record that its outcomes go to. */
	readonly record: string;
}

export async function subscribeToTopics(
	{ kafka, logger, record }: Member,
	options: SubscribeOptions,
): Promise<Subscription> {
	const consumer = kafka.consumer({
		groupId: options.group,
		allowAutoTopicCreation: false,
		sessionTimeout: sessionTimeoutMs,
		rebalanceTimeout: 10_000,
		heartbeatInterval: heartbeatEveryMs,
		// The broker answers as soon as there is anything; this is also how long a resumed partition may wait for its next fetch.
		minBytes: 1,
		maxWaitTimeInMs: 100,
		maxBytesPerPartition: 1_048_576,
		maxBytes: 8_388_608,
		metadataMaxAge: 30_000,
		retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 2_000, restartOnFailure: async () => true },
	});
	// Its own: a client that has seen a topic which is gone answers nothing, not even of other topics, until that one is back.
	const admin = kafka.admin();
	const watch = watchGroup({ group: options.group, record, logger });
	const committed = async () => {
		const all = await committedOffsets(admin, options.group, options.topics);
		watch.look(all);
		return all;
	};
	const assignment = createAssignment({ consumer, admin, logger, options, record, committedOffsets: committed });
	const member = watchMember(consumer, assignment, logger);
	const { restarts, run } = keepRunning(consumer, assignment, logger, options);
	try {
		await Promise.all([admin.connect(), consumer.connect()]);
		await consumer.subscribe({ topics: [...options.topics], fromBeginning: true });
	} catch (cause) {
		await Promise.allSettled([consumer.disconnect(), admin.disconnect()]);
		throw new BreakwaterError("stream-unavailable", {
			detail: `cannot subscribe to ${options.topics.join(", ")}: is the broker there, and are the topics created?`,
			cause,
		});
	}
	await run();

	const keeper = startLoop(async () => {
		await assignment.commit().catch((error: unknown) => logger.debug({ event: "stream-commit-failed", err: error }));
		return commitEveryMs;
	});
	let closing: Promise<void> | null = null;
	const close = async (drainMs: number) => {
		restarts.stop();
		assignment.stop();
		const deadline = Date.now() + drainMs;
		while (Date.now() < deadline && assignment.unsettled() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
		const leave = async () => {
			await keeper.stop();
			await assignment.commit();
			assignment.revokeAll();
			await Promise.all([consumer.disconnect(), admin.disconnect()]);
		};
		try {
			if (!(await endsWithin(leaveWithinMs, leave()))) throw new Error(`no answer within ${leaveWithinMs} ms`);
		} catch (error) {
			logger.warn({ event: "stream-leave-failed", err: error });
		}
	};
	return {
		isConnected: () => member.isConnected(),
		whyNot: () => member.whyNot(),
		isShared: watch.isShared,
		positions: () => assignment.positions(),
		close: (drainMs) => {
			closing ??= close(drainMs);
			return closing;
		},
	};
}

function watchMember(consumer: Consumer, assignment: Assignment, logger: Logger) {
	const { GROUP_JOIN, HEARTBEAT, REBALANCING, COMMIT_OFFSETS, CRASH, STOP } = consumer.events;
	let heardAt = Number.NEGATIVE_INFINITY;
	let whyNot: string | null = null;
	const heard = () => {
		heardAt = performance.now();
		whyNot = null;
	};
	const lost = () => {
		heardAt = Number.NEGATIVE_INFINITY;
	};
	consumer.on(GROUP_JOIN, ({ payload }) => {
		heard();
		const assigned = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
			partitions.map((partition) => ({ topic: topic as Topic, partition })),
		);
		logger.info({ event: "stream-joined", group: payload.groupId, partitions: assigned.length });
		assignment.join(assigned);
	});
	// The broker still takes commits of the old sharing until all members have come back.
	consumer.on(REBALANCING, () => assignment.commit().catch(() => undefined));
	consumer.on(HEARTBEAT, heard);
	consumer.on(COMMIT_OFFSETS, ({ payload }) => assignment.onCommitted(payload.topics));
	consumer.on(CRASH, ({ payload }) => {
		lost();
		whyNot = payload.error.message;
	});
	consumer.on(STOP, lost);
	return { isConnected: () => performance.now() - heardAt < sessionTimeoutMs, whyNot: () => whyNot };
}

/** kafkajs gives up on errors that it takes for final (an unknown topic while it is created again is one of them). */
function keepRunning(consumer: Consumer, assignment: Assignment, logger: Logger, options: SubscribeOptions) {
	let failures = 0;
	let timer: NodeJS.Timeout | null = null;
	let isStopped = false;
	const run = () =>
		consumer.run({
			autoCommit: false,
			eachBatchAutoResolve: false,
			eachBatch: async ({ batch, resolveOffset, isStale }) => {
				const last = batch.messages.at(-1);
				if (last !== undefined && !isStale() && assignment.take(batch)) resolveOffset(last.offset);
			},
		});
	const restart = async () => {
		try {
			await consumer.connect();
			await run();
		} catch (error) {
			failed(error instanceof Error ? error : new Error("kafkajs did not start again", { cause: error }));
		}
	};
	const failed = (error: Error) => {
		if (isStopped) return;
		failures += 1;
		logger.warn({ event: "stream-lost", group: options.group, failures, err: error });
		if (failures > restartsBeforeFailure) return options.onFailure(error);
		timer = setTimeout(() => void restart(), Math.min(10_000, 200 * 2 ** failures));
	};
	consumer.on(consumer.events.GROUP_JOIN, () => {
		failures = 0;
	});
	consumer.on(consumer.events.CRASH, ({ payload }) => {
		if (!payload.restart) failed(payload.error);
	});
	const stop = () => {
		isStopped = true;
		if (timer !== null) clearTimeout(timer);
	};
	return { run, restarts: { stop } };
}
