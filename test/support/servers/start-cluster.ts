// The cluster profile as an operator runs it: real servers, the command line, and one Node process per role from dist/.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../../services/runtime/free-port.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { run, type ServerProcess, startServerProcess } from "./server-process.ts";
import { type KafkaServer, startKafka } from "./start-kafka.ts";
import { type PostgresServer, startPostgresServer } from "./start-postgres-server.ts";
import { type RedisServer, startRedis } from "./start-redis.ts";

export const roles = ["intake", "detector", "takedown", "review"] as const;
export type RoleName = (typeof roles)[number];

export interface RoleProcess {
	readonly url: string;
	readonly pid: () => number;
	/** SIGKILL. */
	kill(): Promise<void>;
	/** SIGTERM, and whatever draining takes. */
	stop(): Promise<void>;
	/** On the same port; resolves once it is ready. */
	restart(): Promise<void>;
}

export interface Cluster extends AsyncDisposable {
	readonly kafka: KafkaServer;
	readonly redis: RedisServer;
	readonly postgres: PostgresServer;
	/** For files of the test. */
	readonly folder: string;
	/** Runs `breakwater --json …` and answers what it printed. */
	cli(...args: readonly string[]): Promise<unknown>;
	startRole(role: RoleName): Promise<RoleProcess>;
}

const entryFile = fromPackageRoot("dist", "services", "cli", "main.js");

export async function startCluster(
	options: { readonly env?: Readonly<Record<string, string>>; readonly partitions?: number } = {},
): Promise<Cluster> {
	if (!existsSync(entryFile)) throw new Error("dist/ is missing: npm run build");
	const folder = await mkdtemp(join(tmpdir(), "breakwater-cluster-"));
	const [kafka, redis, postgres] = await Promise.all([startKafka(), startRedis(), startPostgresServer()]);
	const env: Readonly<Record<string, string>> = {
		BREAKWATER_PROFILE: "cluster",
		BREAKWATER_DATABASE_URL: postgres.url,
		BREAKWATER_KAFKA_BROKERS: kafka.broker,
		BREAKWATER_REDIS_URL: redis.url,
		BREAKWATER_DATA_DIR: folder,
		BREAKWATER_TOPIC_PARTITIONS: String(options.partitions ?? 3),
		BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: "true",
		BREAKWATER_MODEL_BACKEND: "off",
		...options.env,
	};
	const cli = async (...args: readonly string[]): Promise<unknown> => {
		const { stdout } = await run(process.execPath, [entryFile, "--json", ...args], { env: { ...process.env, ...env } });
		return JSON.parse(stdout);
	};
	const started: RoleProcess[] = [];
	await cli("topics", "create");
	return {
		kafka,
		redis,
		postgres,
		folder,
		cli,
		async startRole(role) {
			const process = await startRoleProcess(role, env, folder);
			started.push(process);
			return process;
		},
		async [Symbol.asyncDispose]() {
			await Promise.all(started.map((one) => one.stop()));
			await Promise.all([kafka.stop(), redis.stop(), postgres.stop()]);
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function startRoleProcess(
	role: RoleName,
	env: Readonly<Record<string, string>>,
	folder: string,
): Promise<RoleProcess> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const start = () =>
		startServerProcess({
			command: process.execPath,
			args: [entryFile, "start", "--roles", role],
			cwd: folder,
			logFile: join(folder, `${role}-${port}.log`),
			env: { ...env, [`BREAKWATER_${role.toUpperCase()}_PORT`]: String(port) },
			isServing: async () => (await fetch(`${url}/ready`)).ok,
		});
	let current: ServerProcess | null = await start();
	const end = async (signal: NodeJS.Signals) => {
		const ending = current;
		current = null;
		await ending?.end(signal);
	};
	return {
		url,
		pid: () => current?.pid ?? 0,
		kill: () => end("SIGKILL"),
		stop: () => end("SIGTERM"),
		async restart() {
			current = await start();
		},
	};
}
