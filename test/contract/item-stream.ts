// What every stream promises (core/ports/item-stream.ts), whatever carries it.
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Delivery, ItemStream, Subscription } from "../../services/core/ports/item-stream.ts";
import { topics } from "../../services/core/wire/topics.ts";
import { eventually } from "../support/eventually.ts";

const patience = { withinMs: 30_000 };

export function describeItemStreamContract(name: string, create: () => Promise<ItemStream>): void {
	describe(`${name} as an item stream`, () => {
		let stream: ItemStream;
		let group: string;
		let marker: string;
		const subscriptions: Subscription[] = [];

		beforeEach(async () => {
			stream = await create();
			await stream.createTopics(3);
			group = `group-${randomUUID()}`;
			marker = randomUUID();
		});
		afterEach(async () => {
			await Promise.all(subscriptions.splice(0).map((one) => one.close(0)));
			await stream[Symbol.asyncDispose]();
		});

		const publish = (texts: readonly string[], key = "same-key") =>
			stream.publish(
				topics.posts,
				texts.map((text) => ({
					key,
					value: Buffer.from(`${marker}:${text}`),
					headers: { "content-type": "text/plain" },
				})),
			);
		/** Collects this test's own deliveries; earlier tests' records are settled at once. */
		const subscribe = async (options: { settles: boolean; maxUnsettled?: number; on?: ItemStream; group?: string }) => {
			const received: Delivery[] = [];
			const subscription = await (options.on ?? stream).subscribe({
				topics: [topics.posts],
				group: options.group ?? group,
				maxUnsettled: options.maxUnsettled ?? 1_000,
				onDeliveries: (deliveries) => {
					for (const delivery of deliveries) {
						const isOurs = Buffer.from(delivery.record.value).toString().startsWith(marker);
						if (isOurs) received.push(delivery);
						if (options.settles || !isOurs) delivery.settle();
					}
				},
				onFailure: (error) => {
					throw error;
				},
			});
			subscriptions.push(subscription);
			return {
				subscription,
				received,
				texts: () =>
					received.map(({ record }) =>
						Buffer.from(record.value)
							.toString()
							.slice(marker.length + 1),
					),
			};
		};

		test("a published record arrives with its key, headers and bytes", async () => {
			const reader = await subscribe({ settles: true });
			await publish(["hello"], "post-1");
			await eventually(() => expect(reader.texts()).toEqual(["hello"]), patience);
			expect(reader.received[0]?.record).toMatchObject({
				topic: topics.posts,
				key: "post-1",
				headers: { "content-type": "text/plain" },
			});
		});

		test("records of one key arrive in the order they were published", async () => {
			const reader = await subscribe({ settles: true });
			const texts = Array.from({ length: 200 }, (_, index) => `n${index}`);
			for (let at = 0; at < texts.length; at += 20) await publish(texts.slice(at, at + 20));
			await eventually(() => expect(reader.texts()).toEqual(texts), patience);
		});

		test("what was not settled is delivered again to the next member; what was settled is not", async () => {
			const first = await subscribe({ settles: false });
			await publish(["a", "b", "c"]);
			await eventually(() => expect(first.texts()).toEqual(["a", "b", "c"]), patience);
			first.received[0]?.settle();
			await first.subscription.close(0);
			const second = await subscribe({ settles: true });
			await eventually(() => expect(second.texts()).toEqual(["b", "c"]), patience);
		});

		test("a record settled out of order is not committed before those ahead of it", async () => {
			const first = await subscribe({ settles: false });
			await publish(["a", "b", "c"]);
			await eventually(() => expect(first.texts()).toEqual(["a", "b", "c"]), patience);
			first.received[2]?.settle();
			await first.subscription.close(0);
			const second = await subscribe({ settles: true });
			await eventually(() => expect(second.texts()).toEqual(["a", "b", "c"]), patience);
		});

		test("delivery pauses while too much is unsettled, and goes on when it is worked off", async () => {
			const reader = await subscribe({ settles: false, maxUnsettled: 10 });
			await publish(Array.from({ length: 40 }, (_, index) => `n${index}`));
			await eventually(() => expect(reader.received.length).toBeGreaterThanOrEqual(10), patience);
			await eventually(
				async () => (await reader.subscription.positions()).some((one) => one.isPaused || one.unsettled >= 10),
				patience,
			);
			expect(reader.received.length).toBeLessThan(40);
			await eventually(() => {
				for (const delivery of reader.received) delivery.settle();
				return reader.received.length === 40;
			}, patience);
		});

		test("closing waits for what is under way, and commits it", async () => {
			const first = await subscribe({ settles: false });
			await publish(["a", "b"]);
			await eventually(() => expect(first.texts()).toEqual(["a", "b"]), patience);
			const closed = first.subscription.close(10_000);
			setImmediate(() => {
				for (const delivery of first.received) delivery.settle();
			});
			await closed;
			await publish(["c"]);
			const second = await subscribe({ settles: true });
			await eventually(() => expect(second.texts()).toEqual(["c"]), patience);
		});

		test("a member that leaves hands its partitions to the one that stays", async () => {
			const other = await create();
			try {
				const first = await subscribe({ settles: true });
				const second = await subscribe({ settles: true, on: other });
				await eventually(async () => {
					const [mine, theirs] = await Promise.all([first.subscription.positions(), second.subscription.positions()]);
					expect(mine.length + theirs.length).toBe(3);
					expect(Math.min(mine.length, theirs.length)).toBeGreaterThan(0);
				}, patience);
				await second.subscription.close(1_000);
				await eventually(async () => expect(await first.subscription.positions()).toHaveLength(3), patience);
				for (let index = 0; index < 12; index += 1) await publish([`n${index}`], `key-${index}`);
				await eventually(() => expect(new Set(first.texts()).size).toBe(12), patience);
			} finally {
				await other[Symbol.asyncDispose]();
			}
		});

		test("every group gets every record, whatever the other groups have settled", async () => {
			const first = await subscribe({ settles: true });
			const second = await subscribe({ settles: false, group: `${group}-other` });
			await publish(["a", "b"]);
			await eventually(() => expect(first.texts()).toEqual(["a", "b"]), patience);
			await eventually(() => expect(second.texts()).toEqual(["a", "b"]), patience);
		});

		test("a record that was acknowledged is there for a group that comes later", async () => {
			await publish(["a"]);
			const reader = await subscribe({ settles: true });
			await eventually(() => expect(reader.texts()).toEqual(["a"]), patience);
		});

		test("creating topics again leaves the present ones as they are", async () => {
			await publish(["a"]);
			await stream.createTopics(5);
			const reader = await subscribe({ settles: true });
			await eventually(async () => expect(await reader.subscription.positions()).toHaveLength(3), patience);
			await eventually(() => expect(reader.texts()).toEqual(["a"]), patience);
		});

		test("lag is what the group has not committed yet", async () => {
			const reader = await subscribe({ settles: false });
			await publish(["a", "b", "c"]);
			await eventually(() => expect(reader.received).toHaveLength(3), patience);
			const lag = async () => (await reader.subscription.positions()).reduce((sum, one) => sum + one.lag, 0);
			await eventually(async () => expect(await lag()).toBe(3), patience);
			for (const delivery of reader.received) delivery.settle();
			await eventually(async () => expect(await lag()).toBe(0), patience);
		});
	});
}
