// What the system stands on, each behind the fault proxy: Kafka, Redis, PostgreSQL, and the platform that it sends orders to.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClosing } from "../../services/runtime/closing.ts";
import { freePort } from "../../services/runtime/free-port.ts";
import { type KafkaServer, startKafka } from "../support/servers/start-kafka.ts";
import { type PostgresServer, startPostgresServer } from "../support/servers/start-postgres-server.ts";
import { type RedisServer, startRedis } from "../support/servers/start-redis.ts";
import { type Platform, startPlatform } from "./platform.ts";
import { type FaultProxy, startToxiproxy, type Toxiproxy } from "./toxiproxy.ts";

export interface Servers extends AsyncDisposable {
	readonly folder: string;
	readonly kafka: KafkaServer;
	readonly redis: RedisServer;
	readonly postgres: PostgresServer;
	readonly platform: Platform;
	readonly toxiproxy: Toxiproxy;
	readonly proxies: Readonly<Record<"kafka" | "redis" | "postgres" | "platform", FaultProxy>>;
}

export async function startServers(): Promise<Servers> {
	const { keep, ...closing } = createClosing();
	const keepServer = <T extends { stop(): Promise<void> }>(server: T): T => {
		keep({ [Symbol.asyncDispose]: () => server.stop() });
		return server;
	};
	try {
		const folder = await mkdtemp(join(tmpdir(), "breakwater-faults-"));
		// PostgreSQL runs as another user and finds its small disk in here.
		await chmod(folder, 0o711);
		keep({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) });
		const toxiproxy = keep(await startToxiproxy(folder));
		// The broker names the proxy's port to its clients, so it must be known first.
		const kafkaPort = await freePort();
		const platform = keep(await startPlatform());
		const [kafka, redis, postgres] = await Promise.all([
			startKafka({ advertisedPort: kafkaPort }).then(keepServer),
			startRedis().then(keepServer),
			startPostgresServer().then(keepServer),
		]);
		const proxies = {
			kafka: await toxiproxy.proxyTo("kafka", kafka.port, kafkaPort),
			redis: await toxiproxy.proxyTo("redis", redis.port),
			postgres: await toxiproxy.proxyTo("postgres", postgres.port),
			platform: await toxiproxy.proxyTo("platform", platform.port),
		};
		return {
			...{ folder, kafka, redis, postgres, platform, toxiproxy, proxies },
			[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
		};
	} catch (error) {
		await closing[Symbol.asyncDispose]();
		throw error;
	}
}
