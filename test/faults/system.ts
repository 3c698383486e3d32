// Breakwater on the servers, as real processes: four of them on the cluster profile, one on the embedded profile. Everything that
// it connects to goes through the fault proxy; the suite's own look into the record and the broker does not.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { z } from "zod";
import { copySample, drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import { topics } from "../../services/core/wire/topics.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { run } from "../support/servers/server-process.ts";
import {
	entryFile,
	type RoleName,
	type RoleProcess,
	roles,
	startRoleProcess,
} from "../support/servers/start-role-process.ts";
import { carryByHttp, carryByKafka } from "./carriers.ts";
import type { Carrier, FeedPlan } from "./drive-feed.ts";
import { openRecordReader, type RecordReader } from "./read-record.ts";
import type { Servers } from "./servers.ts";

export type Profile = "cluster" | "embedded";
export const groupPrefix = "breakwater-detector";

export interface System extends AsyncDisposable {
	readonly profile: Profile;
	/** The process that a role runs in; all roles share one on the embedded profile. */
	processOf(role: RoleName): RoleProcess;
	readonly processes: readonly RoleProcess[];
	readonly carriers: readonly Carrier[];
	readonly rawCarrier: Carrier | null;
	readonly record: RecordReader;
	readonly source: string;
	readonly apiKey: string;
	/** Runs `breakwater --json …` past the fault proxy, and answers what it printed. */
	cli(...args: readonly string[]): Promise<unknown>;
	/** Records of the feed's topics that no detector has settled yet. */
	lag(): Promise<number>;
}

export interface SystemOptions {
	readonly profile: Profile;
	readonly env: Readonly<Record<string, string>>;
	/** A role's own entry point, compiled, where it is not the command line. */
	readonly entries: Readonly<Partial<Record<RoleName, string>>>;
}

/** What the feed plants, and what the bank knows. */
export type Plantings = Pick<FeedPlan, "knownTexts" | "knownPictures" | "ordinaryPictures">;

export async function drawPlantings(): Promise<Plantings> {
	const pictures = await Promise.all([1, 2, 3].map(drawSample));
	const copies = await Promise.all(
		pictures.flatMap((picture) => [
			copySample(picture, "identical"),
			copySample(picture, "recompressed"),
			copySample(picture, "mirrored"),
		]),
	);
	return {
		knownTexts: Array.from({ length: 6 }, (_, index) => `benign sentence ${index} in the role of a known text`),
		knownPictures: copies,
		ordinaryPictures: await Promise.all(Array.from({ length: 8 }, (_, index) => drawSample(500 + index))),
	};
}

/** Short times, so that what takes minutes in production is seen in seconds; the mechanisms are the same. */
const commonEnv = {
	BREAKWATER_TOPIC_PARTITIONS: "3",
	BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: "true",
	BREAKWATER_WEBHOOK_TIMEOUT_MS: "2000",
	BREAKWATER_RECONCILE_AFTER_MS: "3000",
	BREAKWATER_MODEL_BACKEND: "off",
	// The driver plants many copies of few texts: no breaker opens by itself.
	BREAKWATER_BREAKER_BANK_PER_MINUTE: "1000000",
	BREAKWATER_BREAKER_PLATFORM_PER_MINUTE: "1000000",
	BREAKWATER_QUARANTINE_HITS: "1000000",
	BREAKWATER_LOG_LEVEL: "info",
} as const;

/** What outlives a system: its servers, and for each profile the platform that is registered there. */
export interface Ground {
	readonly servers: Servers;
	readonly plantings: Plantings;
	readonly tenants: Map<Profile, Tenant>;
}

interface Tenant {
	readonly source: string;
	readonly apiKey: string;
}

export async function startSystem(ground: Ground, options: SystemOptions): Promise<System> {
	const { profile } = options;
	const { keep, ...closing } = createClosing();
	const { kafka, postgres, redis, proxies, folder } = ground.servers;
	const databaseUrl = (port: number) => postgres.url.replace(`:${postgres.port}/breakwater`, `:${port}/${profile}`);
	const env = {
		...commonEnv,
		BREAKWATER_PROFILE: profile,
		BREAKWATER_DATA_DIR: join(folder, profile),
		BREAKWATER_DATABASE_URL: databaseUrl(proxies.postgres.port),
		BREAKWATER_KAFKA_BROKERS: kafka.broker,
		BREAKWATER_KAFKA_GROUP: groupPrefix,
		BREAKWATER_REDIS_URL: `redis://127.0.0.1:${proxies.redis.port}`,
		...options.env,
	};
	const cliEnv = {
		...process.env,
		...env,
		BREAKWATER_DATABASE_URL: databaseUrl(postgres.port),
		BREAKWATER_KAFKA_BROKERS: kafka.directBroker,
		BREAKWATER_REDIS_URL: redis.url,
		BREAKWATER_LOG_LEVEL: "error",
	};
	const cli = async (...args: readonly string[]): Promise<unknown> => {
		const { stdout } = await run(process.execPath, [entryFile, "--json", ...args], { env: cliEnv });
		return JSON.parse(stdout);
	};
	try {
		await createDatabase(postgres.url, profile);
		const record = keep(openRecordReader(databaseUrl(postgres.port)));
		const tenant = ground.tenants.get(profile) ?? (await register(ground, profile, cli));
		ground.tenants.set(profile, tenant);
		const processes = await startProcesses(options, env, folder);
		for (const one of processes) keep({ [Symbol.asyncDispose]: () => one.stop() });
		const processOf = (role: RoleName) => processes[profile === "embedded" ? 0 : roles.indexOf(role)] as RoleProcess;
		const http = carryByHttp(processOf("intake").urlOf("intake"), tenant.source, tenant.apiKey);
		const direct = profile === "cluster" ? keep(await carryByKafka(kafka.directBroker, tenant.source)).carry : null;
		const carriers = direct === null ? [http] : [http, direct];
		return {
			...{ profile, processOf, processes, carriers, rawCarrier: direct, record, cli, ...tenant },
			lag: () => (profile === "cluster" ? kafkaLag(kafka.directBroker) : logLag(record)),
			[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
		};
	} catch (error) {
		await closing[Symbol.asyncDispose]();
		throw error;
	}
}

async function startProcesses(
	{ profile, entries }: SystemOptions,
	env: Readonly<Record<string, string>>,
	folder: string,
): Promise<readonly RoleProcess[]> {
	const [first, ...others] = roles;
	if (profile === "embedded") return [await startRoleProcess([first, ...others], env, folder)];
	return Promise.all(roles.map((role) => startRoleProcess([role], env, folder, entries[role])));
}

async function createDatabase(url: string, name: string): Promise<void> {
	await using server = openRecordReader(url);
	const [found] = await server.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
	if (found === undefined) await server.query(`CREATE DATABASE ${name}`);
}

/** Once for each profile: topics, the platform, and a bank of what will be planted. */
async function register({ servers, plantings }: Ground, profile: Profile, cli: System["cli"]): Promise<Tenant> {
	await cli("topics", "create");
	const source = `//${profile}.example`;
	const webhook = `http://127.0.0.1:${servers.proxies.platform.port}/orders`;
	const added = await cli("platform", "add", profile, "--source", source, "--webhook", webhook);
	const { apiKey, webhookSecret } = z.object({ apiKey: z.string(), webhookSecret: z.string() }).parse(added);
	servers.platform.useSecret(webhookSecret);
	await cli("bank", "create", "known", "--category", "test-category", "--new-category", "--trusted");
	const rows = plantings.knownTexts.map((text) => `text,${Buffer.from(hashText(text) ?? []).toString("hex")}`);
	const list = join(servers.folder, "known.csv");
	await writeFile(list, ["type,hash", ...rows, ""].join("\n"));
	await cli("bank", "import", "known", list);
	const files = await Promise.all(
		plantings.knownPictures.map(async (picture, index) => {
			const file = join(servers.folder, `known-${index}.jpg`);
			await writeFile(file, picture);
			return file;
		}),
	);
	await cli("bank", "add", "known", ...files);
	return { source, apiKey };
}

async function kafkaLag(broker: string): Promise<number> {
	const admin = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).admin();
	await admin.connect();
	try {
		let sum = 0;
		for (const topic of [topics.posts, topics.media]) {
			const [committed] = await admin.fetchOffsets({ groupId: `${groupPrefix}-${topic}`, topics: [topic] });
			for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
				const offset = committed?.partitions.find((one) => one.partition === partition)?.offset ?? "0";
				sum += Number(high) - Math.max(0, Number(offset));
			}
		}
		return sum;
	} finally {
		await admin.disconnect();
	}
}

async function logLag(record: RecordReader): Promise<number> {
	const [row] = await record.query(
		`SELECT coalesce(sum(next_offset - coalesce(committed_offset, 0)), 0) AS lag
			FROM stream_partitions AS p LEFT JOIN stream_groups AS g USING (topic, partition)
			WHERE p.topic = ANY ($1)`,
		[[topics.posts, topics.media]],
	);
	return Number(row?.lag);
}
