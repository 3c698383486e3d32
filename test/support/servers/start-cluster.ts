// The cluster profile as an operator runs it: real servers, the command line, and one Node process per role from dist/.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./server-process.ts";
import { type KafkaServer, startKafka } from "./start-kafka.ts";
import { type PostgresServer, startPostgresServer } from "./start-postgres-server.ts";
import { type RedisServer, startRedis } from "./start-redis.ts";
import { entryFile, type RoleName, type RoleProcess, startRoleProcess } from "./start-role-process.ts";
import { type S3Server, startS3 } from "./start-s3.ts";

export interface Cluster extends AsyncDisposable {
	readonly kafka: KafkaServer;
	readonly redis: RedisServer;
	readonly postgres: PostgresServer;
	/** Null where media lie in a folder. */
	readonly s3: S3Server | null;
	/** For files of the test. */
	readonly folder: string;
	/** Runs `breakwater --json …` and answers what it printed. */
	cli(...args: readonly string[]): Promise<unknown>;
	startRole(role: RoleName): Promise<RoleProcess>;
}

/** Feeds of tests are full of the same known items: no breaker opens by itself, and no entry goes into quarantine. */
const noBreakers: Readonly<Record<string, string>> = {
	...Object.fromEntries(
		["BANK", "MODEL", "PLATFORM"].map((kind) => [`BREAKWATER_BREAKER_${kind}_PER_MINUTE`, "1000000"]),
	),
	BREAKWATER_QUARANTINE_HITS: "1000000",
};

export async function startCluster(
	options: {
		readonly env?: Readonly<Record<string, string>>;
		readonly partitions?: number;
		/** Media in an object store; otherwise in a folder that all processes share. */
		readonly hasObjectStore?: boolean;
		/** Programs of PostgreSQL; npm's by default. */
		readonly postgres?: Parameters<typeof startPostgresServer>[0];
	} = {},
): Promise<Cluster> {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-cluster-"));
	const [kafka, redis, postgres, s3] = await Promise.all([
		startKafka(),
		startRedis(),
		startPostgresServer(options.postgres),
		options.hasObjectStore === true ? startS3() : null,
	]);
	const env: Readonly<Record<string, string>> = {
		BREAKWATER_PROFILE: "cluster",
		BREAKWATER_DATABASE_URL: postgres.url,
		BREAKWATER_KAFKA_BROKERS: kafka.broker,
		BREAKWATER_REDIS_URL: redis.url,
		BREAKWATER_DATA_DIR: folder,
		BREAKWATER_TOPIC_PARTITIONS: String(options.partitions ?? 3),
		BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: "true",
		BREAKWATER_MODEL_BACKEND: "off",
		...(s3 === null ? {} : objectStoreOf(s3)),
		...noBreakers,
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
		s3,
		folder,
		cli,
		async startRole(role) {
			const process = await startRoleProcess([role], env, folder);
			started.push(process);
			return process;
		},
		async [Symbol.asyncDispose]() {
			await Promise.all(started.map((one) => one.stop()));
			await Promise.all([kafka.stop(), redis.stop(), postgres.stop(), s3?.stop()]);
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function objectStoreOf({ endpoint, region, accessKeyId, secretAccessKey }: S3Server): Readonly<Record<string, string>> {
	return {
		BREAKWATER_S3_ENDPOINT: endpoint,
		BREAKWATER_S3_REGION: region,
		BREAKWATER_S3_ACCESS_KEY_ID: accessKeyId,
		BREAKWATER_S3_SECRET_ACCESS_KEY: secretAccessKey,
	};
}
