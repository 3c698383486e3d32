import { describe, expect, test } from "@jest/globals";
import type { KafkaMessage } from "kafkajs";
import { AssignedPartition } from "../../../../services/adapters/kafka/assigned-partition.ts";
import type { Delivery } from "../../../../services/core/ports/item-stream.ts";
import { topics } from "../../../../services/core/wire/topics.ts";

function messages(from: number, count: number): readonly KafkaMessage[] {
	return Array.from({ length: count }, (_, index) => ({
		key: null,
		value: Buffer.from(`v${from + index}`),
		timestamp: "0",
		attributes: 0,
		offset: String(from + index),
		headers: {},
	}));
}

function openPartition(options: { maxUnsettled: number; settlesAtOnce?: boolean; committed?: bigint }) {
	const received: Delivery[] = [];
	const room: boolean[] = [];
	const partition = new AssignedPartition({
		topic: topics.posts,
		partition: 0,
		committed: options.committed ?? null,
		maxUnsettled: options.maxUnsettled,
		onDeliveries: (deliveries) => {
			received.push(...deliveries);
			if (options.settlesAtOnce === true) for (const delivery of deliveries) delivery.settle();
		},
		onRoom: (hasRoom) => room.push(hasRoom),
	});
	const offsets = () => received.map(({ record }) => Number(record.offset));
	return { partition, received, room, offsets };
}

describe("a partition assigned here", () => {
	test("delivers no more than may be unsettled, and the rest once half of it is settled", () => {
		const { partition, received, room, offsets } = openPartition({ maxUnsettled: 4 });
		partition.take(messages(0, 10));
		expect(offsets()).toEqual([0, 1, 2, 3]);
		expect(partition.isFull).toBe(true);
		expect(room).toEqual([false]);
		received[0]?.settle();
		expect(offsets()).toEqual([0, 1, 2, 3]);
		received[1]?.settle();
		expect(offsets()).toEqual([0, 1, 2, 3, 4, 5]);
	});

	test("asks for more only when what was fetched is delivered and half of it settled", () => {
		const { partition, received, room } = openPartition({ maxUnsettled: 4 });
		partition.take(messages(0, 6));
		received[0]?.settle();
		received[1]?.settle();
		expect(received).toHaveLength(6);
		expect(room).toEqual([false]);
		received[2]?.settle();
		received[3]?.settle();
		expect(room).toEqual([false, true]);
		expect(partition.isFull).toBe(false);
	});

	test("goes through everything when records settle while they are being delivered", () => {
		const { partition, room, offsets } = openPartition({ maxUnsettled: 3, settlesAtOnce: true });
		partition.take(messages(0, 5_000));
		expect(offsets()).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
		expect(partition.toCommit()).toBe(5_000n);
		expect(room).toEqual([]);
	});

	test("stops running ahead of one record that does not settle", () => {
		const { partition, received } = openPartition({ maxUnsettled: 5 });
		partition.take(messages(0, 1_000));
		for (let index = 1; index < received.length; index += 1) received[index]?.settle();
		const ahead = received.length;
		expect(ahead).toBeGreaterThan(5);
		expect(ahead).toBeLessThanOrEqual(5 * 20 + 5);
		expect(partition.unsettled).toBe(1);
		received[0]?.settle();
		expect(received.length).toBeGreaterThan(ahead);
	});

	test("has nothing to commit that is committed already", () => {
		const { partition, received } = openPartition({ maxUnsettled: 10, committed: 7n });
		partition.take(messages(7, 2));
		expect(partition.toCommit()).toBeNull();
		received[0]?.settle();
		expect(partition.toCommit()).toBe(8n);
		partition.committed = 8n;
		expect(partition.toCommit()).toBeNull();
	});

	test("ignores what settles after it was taken away, and delivers nothing more", () => {
		const { partition, received, room } = openPartition({ maxUnsettled: 2 });
		partition.take(messages(0, 5));
		partition.revoke();
		for (const delivery of received) delivery.settle();
		expect(received).toHaveLength(2);
		expect(partition.toCommit()).toBe(0n);
		expect(room).toEqual([false]);
	});

	test("still counts what settles after it was told to stop", () => {
		const { partition, received } = openPartition({ maxUnsettled: 2 });
		partition.take(messages(0, 5));
		partition.stop();
		for (const delivery of received) delivery.settle();
		expect(received).toHaveLength(2);
		expect(partition.toCommit()).toBe(2n);
		expect(partition.unsettled).toBe(0);
	});

	test("hands on an absent value as empty, and of a repeated header the last", () => {
		const { partition, received } = openPartition({ maxUnsettled: 2 });
		partition.take([
			{
				key: Buffer.from("k"),
				value: null,
				timestamp: "0",
				attributes: 0,
				offset: "0",
				headers: { a: Buffer.from("1"), b: ["x", Buffer.from("y")] },
			},
		]);
		expect(received[0]?.record).toMatchObject({ key: "k", value: new Uint8Array(0), headers: { a: "1", b: "y" } });
	});
});
