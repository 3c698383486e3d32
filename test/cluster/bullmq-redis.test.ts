// The job queue on a real Redis: the contract that every queue keeps.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll } from "@jest/globals";
import { createJobQueue } from "../../services/adapters/bullmq/job-queue.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { describeJobQueueContract } from "../contract/job-queue.ts";
import { type RedisServer, startRedis } from "../support/servers/start-redis.ts";

let redis: RedisServer;
beforeAll(async () => {
	redis = await startRedis();
}, 60_000);
afterAll(() => redis.stop());

describeJobQueueContract("BullMQ on Redis", () =>
	createJobQueue({ backend: { kind: "redis", url: redis.url }, logger: silentLogger, prefix: randomUUID() }),
);
