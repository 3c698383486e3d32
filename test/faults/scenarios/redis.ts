// The queue away, emptied, full, or replaced: it may lose everything, for the outbox knows what must happen.
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { startRedis } from "../../support/servers/start-redis.ts";
import type { FaultContext, Scenario } from "../scenario.ts";
import type { Servers } from "../servers.ts";

async function onRedis(url: string, act: (client: Redis) => Promise<unknown>): Promise<void> {
	const client = new Redis(url);
	try {
		await act(client);
	} finally {
		client.disconnect();
	}
}

/** A platform that takes its time, so that there are jobs to be lost. */
async function whileJobsWait(servers: Servers, act: () => Promise<unknown>): Promise<void> {
	const lift = await servers.proxies.platform.poison({ type: "latency", attributes: { latency: 1_200 } });
	await wait(2_000);
	await act();
	await lift();
}

async function flush({ servers, isFull }: FaultContext): Promise<number> {
	const times = isFull ? 20 : 3;
	for (let flushed = 0; flushed < times; flushed += 1)
		await whileJobsWait(servers, () => onRedis(servers.redis.url, (client) => client.flushall()));
	return times;
}

async function restartWithoutLog({ servers }: FaultContext): Promise<number> {
	const { redis } = servers;
	await onRedis(redis.url, (client) => client.config("SET", "appendonly", "no"));
	await whileJobsWait(servers, () => redis.kill());
	await redis.kill();
	await redis.forget();
	await wait(1_000);
	await redis.restart();
	return 1;
}

async function refuse({ servers: { proxies }, isFull }: FaultContext): Promise<number> {
	await proxies.redis.refuse();
	await wait(isFull ? 30_000 : 6_000);
	await proxies.redis.accept();
	return 1;
}

async function outOfMemory({ servers: { redis }, isFull }: FaultContext): Promise<number> {
	await onRedis(redis.url, (client) => client.config("SET", "maxmemory", "1"));
	await wait(isFull ? 30_000 : 5_000);
	await onRedis(redis.url, (client) => client.config("SET", "maxmemory", "0"));
	return 1;
}

async function failOver({ servers }: FaultContext): Promise<number> {
	const { proxies, redis } = servers;
	const other = await startRedis();
	try {
		await whileJobsWait(servers, () => proxies.redis.leadTo(other.port));
		await wait(4_000);
		// And back, to one that remembers jobs which have long been done.
		await proxies.redis.leadTo(redis.port);
	} finally {
		await other.stop();
	}
	return 2;
}

const profile = "cluster" as const;
export const redis: readonly Scenario[] = [
	{ name: "redis-flushed", fault: "Redis: FLUSHALL", profile, inflict: flush },
	{ name: "redis-restarted", fault: "Redis: killed, restarted without its log", profile, inflict: restartWithoutLog },
	{ name: "redis-refused", fault: "Redis: connections refused (30 s; short 6 s)", profile, inflict: refuse },
	{ name: "redis-full", fault: "Redis: OOM command not allowed (30 s; short 5 s)", profile, inflict: outOfMemory },
	{ name: "redis-failover", fault: "Redis: failover to an empty one, and back", profile, inflict: failOver },
];
