// The job queue on a real Redis: the contract that every queue keeps, and what it does while Redis is away, frozen or emptied.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { UnrecoverableError } from "bullmq";
import { Redis } from "ioredis";
import { createJobQueue } from "../../services/adapters/bullmq/job-queue.ts";
import type { JobQueue } from "../../services/core/ports/job-queue.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { allHandlers, describeJobQueueContract, newJob } from "../contract/job-queue.ts";
import { eventually } from "../support/eventually.ts";
import { type RedisServer, startRedis } from "../support/servers/start-redis.ts";

const patience = { withinMs: 20_000 };
let redis: RedisServer;
let prefix = "";
beforeAll(async () => {
	redis = await startRedis();
}, 60_000);
afterAll(() => redis.stop());

const openQueue = () => createJobQueue({ backend: { kind: "redis", url: redis.url }, logger: silentLogger, prefix });
const create = () => {
	prefix = randomUUID();
	return openQueue();
};

describeJobQueueContract("BullMQ on Redis", {
	create,
	createPeer: openQueue,
	giveUp: () => new UnrecoverableError("given up"),
});

async function workInto(queue: JobQueue): Promise<string[]> {
	const seen: string[] = [];
	const withhold = async (payload: { readonly orderId: string }) => void seen.push(payload.orderId);
	await queue.work("takedown", { ...allHandlers, withhold }, { concurrency: 4 });
	return seen;
}

async function onRedis(act: (client: Redis) => Promise<unknown>): Promise<void> {
	const client = new Redis(redis.url);
	try {
		await act(client);
	} finally {
		client.disconnect();
	}
}

test("while Redis is away adding is refused within seconds; once it is back, work goes on", async () => {
	await using queue = await create();
	const seen = await workInto(queue);
	await queue.add([newJob()]);
	await eventually(() => expect(seen).toHaveLength(1), patience);
	await redis.kill();
	const job = newJob();
	await expect(queue.add([job])).rejects.toThrow();
	await expect(queue.check()).rejects.toThrow();
	await redis.restart();
	await eventually(() => queue.add([job]).then(() => true), patience);
	await eventually(() => expect(seen).toContain(job.payload.orderId), patience);
});

test("a queue opened while Redis is away starts, refuses, and works once Redis is there", async () => {
	await redis.kill();
	await using queue = await create();
	const seen = await workInto(queue);
	const job = newJob();
	await expect(queue.add([job])).rejects.toThrow();
	await redis.restart();
	await eventually(() => queue.add([job]).then(() => true), patience);
	await eventually(() => expect(seen).toContain(job.payload.orderId), patience);
});

test("a frozen Redis makes adding fail, not hang", async () => {
	await using queue = await create();
	const seen = await workInto(queue);
	// Redis answers nobody meanwhile.
	await onRedis((client) => client.client("PAUSE", 8_000, "ALL"));
	const job = newJob();
	await expect(queue.add([job])).rejects.toThrow("did not answer within");
	await eventually(() => queue.add([job]).then(() => true), patience);
	await eventually(() => expect(seen).toContain(job.payload.orderId), patience);
});

test("a Redis that lost everything, jobs under way included, takes the same jobs again", async () => {
	await using queue = await create();
	const jobs = [newJob(), newJob()];
	await queue.add(jobs);
	await onRedis((client) => client.flushall());
	const seen = await workInto(queue);
	await queue.add(jobs);
	await eventually(() => expect([...seen].sort()).toEqual(jobs.map(({ payload }) => payload.orderId).sort()), patience);
	await onRedis((client) => client.flushall());
	const last = newJob();
	await queue.add([last]);
	await eventually(() => expect(seen).toContain(last.payload.orderId), patience);
});

test("a Redis without memory refuses jobs, and takes them once it has some", async () => {
	await using queue = await create();
	const seen = await workInto(queue);
	await onRedis((client) => client.config("SET", "maxmemory", "1"));
	const job = newJob();
	await expect(queue.add([job])).rejects.toThrow("OOM");
	await onRedis((client) => client.config("SET", "maxmemory", "0"));
	await queue.add([job]);
	await eventually(() => expect(seen).toContain(job.payload.orderId), patience);
});

test("closing does not wait for a Redis that is away", async () => {
	const queue = await create();
	await workInto(queue);
	await redis.kill();
	await expect(queue.check()).rejects.toThrow();
	const startedAt = performance.now();
	await queue[Symbol.asyncDispose]();
	expect(performance.now() - startedAt).toBeLessThan(10_000);
	await redis.restart();
});
