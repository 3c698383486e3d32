// The two profiles on this machine: what to start, and with which settings.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createClosing } from "../../../services/runtime/closing.ts";
import { freePort } from "../../../services/runtime/free-port.ts";
import { startKafka } from "../../support/servers/start-kafka.ts";
import { startPostgresServer } from "../../support/servers/start-postgres-server.ts";
import { startRedis } from "../../support/servers/start-redis.ts";
import { command, type RunningProcess, startRoles } from "./processes.ts";
import type { Watched } from "./usage.ts";

export const profileNames = ["embedded", "cluster"] as const;
export type ProfileName = (typeof profileNames)[number];

export interface RunningProfile extends AsyncDisposable {
	readonly env: Readonly<Record<string, string>>;
	readonly databaseUrl: string;
	readonly intakeUrl: string;
	readonly detectorUrl: string;
	/** Null where the stream is not Kafka. */
	readonly broker: string | null;
	/** Processes and servers. */
	readonly watched: readonly Watched[];
	/** Of the cluster profile: stops all detectors, properly; answers how to start them again. */
	stopDetectors(): Promise<() => Promise<void>>;
}

export interface ProfileOptions {
	readonly folder: string;
	readonly env: Readonly<Record<string, string>>;
	/** Processes of this kind; cluster profile only. */
	readonly detectors: number;
	readonly partitions: number;
	/** Profiles of the processor of each process go here. */
	readonly profileFolder: string | null;
}

const roles = ["takedown", "detector", "review", "intake"] as const;
type Role = (typeof roles)[number];

export async function startProfile(name: ProfileName, options: ProfileOptions): Promise<RunningProfile> {
	const closing = createClosing();
	try {
		return await (name === "cluster" ? startCluster(options, closing) : startEmbedded(options, closing));
	} catch (error) {
		await closing[Symbol.asyncDispose]();
		throw error;
	}
}

type Closing = ReturnType<typeof createClosing>;

async function baseEnv({ folder, env, partitions }: ProfileOptions) {
	await mkdir(folder, { recursive: true });
	const ports = await Promise.all(roles.map(async (role) => [role, await freePort()] as const));
	const urls = Object.fromEntries(ports.map(([role, port]) => [role, `http://127.0.0.1:${port}`])) as Record<
		Role,
		string
	>;
	return {
		urls,
		env: {
			BREAKWATER_DATA_DIR: folder,
			BREAKWATER_LOG_LEVEL: "warn",
			BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: "true",
			BREAKWATER_TOPIC_PARTITIONS: String(partitions),
			// Every planted copy is to be withheld: no breaker opens by itself.
			BREAKWATER_BREAKER_BANK_PER_MINUTE: "1000000",
			BREAKWATER_BREAKER_PLATFORM_PER_MINUTE: "1000000",
			BREAKWATER_QUARANTINE_HITS: "1000000",
			...Object.fromEntries(ports.map(([role, port]) => [`BREAKWATER_${role.toUpperCase()}_PORT`, String(port)])),
			...env,
		},
	};
}

async function startCluster(options: ProfileOptions, closing: Closing): Promise<RunningProfile> {
	const base = await baseEnv(options);
	const [kafka, redis, postgres] = await Promise.all([
		startKafka({ isOptimized: true }),
		startRedis(),
		startPostgresServer(),
	]);
	for (const server of [kafka, redis, postgres]) closing.keep({ [Symbol.asyncDispose]: () => server.stop() });
	const env = {
		...base.env,
		BREAKWATER_PROFILE: "cluster",
		BREAKWATER_DATABASE_URL: postgres.url,
		BREAKWATER_KAFKA_BROKERS: kafka.broker,
		BREAKWATER_REDIS_URL: redis.url,
	};
	await command(["topics", "create"], env);
	const { folder, profileFolder } = options;
	const start = async (role: Role, nth = 0) => {
		const port = nth === 0 ? null : await freePort();
		const own = port === null ? env : { ...env, [`BREAKWATER_${role.toUpperCase()}_PORT`]: String(port) };
		const url = port === null ? base.urls[role] : `http://127.0.0.1:${port}`;
		const logFile = join(folder, `${role}-${nth}.log`);
		return startRoles({ roles: role, env: own, readyUrl: url, logFile, profileFolder });
	};
	const detectors: RunningProcess[] = [];
	const startDetectors = async () => {
		for (let nth = 0; nth < options.detectors; nth += 1) detectors.push(await start("detector", nth));
	};
	const stopDetectors = async () => {
		await Promise.all(detectors.splice(0).map((one) => one[Symbol.asyncDispose]()));
		return startDetectors;
	};
	const others: RunningProcess[] = [];
	for (const role of ["takedown", "review", "intake"] as const) others.push(closing.keep(await start(role)));
	closing.keep({
		async [Symbol.asyncDispose]() {
			await stopDetectors();
		},
	});
	await startDetectors();
	return {
		env,
		databaseUrl: postgres.url,
		intakeUrl: base.urls.intake,
		detectorUrl: base.urls.detector,
		broker: kafka.broker,
		watched: [
			...detectors.map((_, nth) => ({
				name: options.detectors === 1 ? "detector" : `detector ${nth + 1}`,
				pid: () => detectors[nth]?.pid ?? 0,
			})),
			...others.map(({ name, pid }) => ({ name, pid: () => pid })),
			{ name: "kafka", pid: kafka.pid },
			{ name: "redis", pid: redis.pid },
			{ name: "postgres", pid: postgres.pid, withChildren: true },
		],
		stopDetectors,
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
}

async function startEmbedded(options: ProfileOptions, closing: Closing): Promise<RunningProfile> {
	const { urls, env } = await baseEnv(options);
	const { folder, profileFolder } = options;
	const logFile = join(folder, "standalone.log");
	const all = closing.keep(
		await startRoles({ roles: roles.join(","), env, readyUrl: urls.intake, logFile, profileFolder }),
	);
	const database = join(folder, "postgres");
	const [pid, , , port] = (await readFile(join(database, "data", "postmaster.pid"), "utf8")).split("\n");
	const password = await readFile(join(database, "password"), "utf8");
	return {
		env,
		databaseUrl: `postgresql://breakwater:${password}@127.0.0.1:${port}/postgres`,
		intakeUrl: urls.intake,
		detectorUrl: urls.detector,
		broker: null,
		watched: [
			// Decoders are its children.
			{ name: "all processes", pid: () => all.pid, withChildren: true },
			{ name: "postgres", pid: () => Number(pid), withChildren: true },
		],
		stopDetectors: () => Promise.reject(new Error("the embedded profile's processes are one")),
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
}
