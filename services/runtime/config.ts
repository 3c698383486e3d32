// All settings, read once from the environment. Only this file reads it; everything else is given what it needs.

import { isAbsolute, join } from "node:path";
import { nearestName } from "../core/nearest-name.ts";
import { checkTogether, type Environment, environment, environmentNames } from "./environment.ts";
import { isSecretName, redactText } from "./redact.ts";

export { environmentNames };

export type Config = ReturnType<typeof toConfig>;

/** Reads and checks the environment. Throws one Error that names every wrong variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
	const { given, strangers } = ownSettings(env);
	const parsed = environment.superRefine(checkTogether).safeParse(given);
	const lines = [
		...strangers.map(describeStranger),
		...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`),
	];
	if (!parsed.success || lines.length > 0)
		throw new Error(`The configuration is wrong:\n${lines.map((line) => `  ${line}`).join("\n")}`);
	return toConfig(parsed.data);
}

type Variables = Readonly<Record<string, string | undefined>>;

const prefix = "BREAKWATER_";
/** Names that the test suites use, and those that Kubernetes puts into every container of a namespace that has a service named so. */
const notOurs = /^BREAKWATER_TEST_|_SERVICE_(HOST|PORT)(_|$)|_PORT_\d+_(TCP|UDP)(_|$)/;

function ownSettings(env: Variables) {
	const ours = Object.entries(env).filter(([name]) => isMeantForUs(name) && !notOurs.test(name));
	return {
		/** An empty one is as good as none. */
		given: Object.fromEntries(ours.filter(([name, value]) => environmentNames.includes(name) && value !== "")),
		strangers: ours.flatMap(([name]) => (environmentNames.includes(name) ? [] : [name])),
	};
}

/** Where the beginning is misspelt, too: in small letters, without its line, with a letter less. */
function isMeantForUs(name: string): boolean {
	if (name.startsWith(prefix)) return true;
	const [beginning = ""] = name.toUpperCase().split(/[^A-Z]/);
	return nearestName(beginning, [prefix.slice(0, -1)]) !== null && nearestSetting(name) !== null;
}

/** A name that is misspelt would leave its default in force without a word. */
function describeStranger(name: string): string {
	const nearest = nearestSetting(name);
	return `${name}: there is no such setting; ${nearest === null ? ".env.example names them all" : `is it ${nearest}?`}`;
}

function nearestSetting(name: string): string | null {
	if (!name.startsWith(prefix)) return nearestName(name.toUpperCase(), environmentNames);
	const endings = environmentNames.map((one) => one.slice(prefix.length));
	const nearest = nearestName(name.slice(prefix.length), endings);
	return nearest === null ? null : `${prefix}${nearest}`;
}

export interface Setting {
	readonly name: string;
	/** As it may be printed; null where nothing is set and there is no default. */
	readonly value: string | null;
	readonly isDefault: boolean;
}

/** What is in force, by the names that the environment has for it. Throws as {@link readConfig} does. */
export function listSettings(env: Variables = process.env): readonly Setting[] {
	readConfig(env);
	const { given } = ownSettings(env);
	const inForce: Readonly<Record<string, unknown>> = environment.parse(given);
	return environmentNames.map((name) => {
		const value = given[name] ?? inForce[name];
		return {
			name,
			value: value === undefined ? null : printable(name, String(value)),
			isDefault: given[name] === undefined,
		};
	});
}

function printable(name: string, value: string): string {
	return isSecretName(name) ? "***" : redactText(value);
}

function toConfig(env: Environment) {
	const dataDir = isAbsolute(env.BREAKWATER_DATA_DIR)
		? env.BREAKWATER_DATA_DIR
		: join(process.cwd(), env.BREAKWATER_DATA_DIR);
	return {
		profile: env.BREAKWATER_PROFILE,
		dataDir,
		media: mediaPlace(env, dataDir),
		history: historyPlace(env, dataDir),
		logLevel: env.BREAKWATER_LOG_LEVEL,
		drainMs: env.BREAKWATER_DRAIN_MS,
		leaveMs: env.BREAKWATER_LEAVE_MS,
		http: {
			host: env.BREAKWATER_HOST,
			trustedProxies: env.BREAKWATER_TRUSTED_PROXIES,
			ports: portsOf(env),
		},
		/** Whether intake answers look-ups, for which it keeps all banks in memory; what one platform may send to one process. */
		intake: { servesMatcher: env.BREAKWATER_MATCHER_API, itemsPerSecond: env.BREAKWATER_PLATFORM_ITEMS_PER_SECOND },
		/** `url` null: the embedded server in the data folder. */
		database: { url: env.BREAKWATER_DATABASE_URL ?? null, maxConnections: env.BREAKWATER_DATABASE_CONNECTIONS },
		stream: {
			brokers: env.BREAKWATER_KAFKA_BROKERS,
			security: kafkaSecurity(env),
			/** The first signs; a record signed with any of them is taken. */
			eventSecrets: env.BREAKWATER_EVENT_SECRETS,
			group: env.BREAKWATER_KAFKA_GROUP,
			partitions: env.BREAKWATER_TOPIC_PARTITIONS,
			maxUnsettled: env.BREAKWATER_MAX_UNSETTLED,
		},
		queue: { redisUrl: env.BREAKWATER_REDIS_URL, caFile: env.BREAKWATER_REDIS_CA_FILE ?? null },
		limits: {
			maxEventBytes: env.BREAKWATER_MAX_EVENT_BYTES,
			maxMediaBytes: env.BREAKWATER_MAX_MEDIA_BYTES,
			maxVideoBytes: env.BREAKWATER_MAX_VIDEO_BYTES,
		},
		detector: ofDetector(env),
		model: {
			id: env.BREAKWATER_MODEL,
			backend: env.BREAKWATER_MODEL_BACKEND,
			deadlineMs: env.BREAKWATER_MODEL_DEADLINE_MS,
			batchSize: env.BREAKWATER_MODEL_BATCH_SIZE,
			batchWaitMs: env.BREAKWATER_MODEL_BATCH_WAIT_MS,
			maxQueued: env.BREAKWATER_MODEL_MAX_QUEUED,
			textId: env.BREAKWATER_TEXT_MODEL,
		},
		breakers: breakerLimits(env),
		quarantine: quarantineRule(env),
		takedown: {
			concurrency: env.BREAKWATER_TAKEDOWN_CONCURRENCY,
			reconcileAfterMs: env.BREAKWATER_RECONCILE_AFTER_MS,
			webhookTimeoutMs: env.BREAKWATER_WEBHOOK_TIMEOUT_MS,
			allowPrivateAddresses: env.BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES,
			outbreakLearnSeconds: env.BREAKWATER_OUTBREAK_LEARN_HOURS * 3_600,
		},
		/** `secret` null: one of its own, in the data folder. `url`: under which the public reaches it, where that is known. */
		portal: { secret: env.BREAKWATER_PORTAL_SECRET ?? null, url: env.BREAKWATER_PORTAL_URL ?? null },
		review: {
			claimLeaseMs: env.BREAKWATER_CLAIM_LEASE_MS,
			sessionIdleMs: env.BREAKWATER_SESSION_IDLE_MS,
			sessionMaxMs: env.BREAKWATER_SESSION_MAX_MS,
			secureCookies: env.BREAKWATER_SECURE_COOKIES,
		},
	};
}

function ofDetector(env: Environment) {
	return {
		concurrency: env.BREAKWATER_DETECTOR_CONCURRENCY,
		examinerWorkers: env.BREAKWATER_EXAMINER_WORKERS,
		ffmpeg: env.BREAKWATER_FFMPEG ?? null,
		retryAttempts: env.BREAKWATER_RETRY_ATTEMPTS,
		maxPixels: env.BREAKWATER_MAX_PIXELS,
		decodeTimeoutMs: env.BREAKWATER_DECODE_TIMEOUT_MS,
		maxDecodeCostMs: env.BREAKWATER_MAX_DECODE_COST_MS,
		clusterLifetimeMs: env.BREAKWATER_CLUSTER_DAYS * 86_400_000,
		factsKeptMs: env.BREAKWATER_FACT_DAYS * 86_400_000,
		fetchTimeoutMs: env.BREAKWATER_FETCH_TIMEOUT_MS,
		links: {
			sources: linkSources(env),
			timeoutMs: env.BREAKWATER_LINK_SOURCE_TIMEOUT_MS,
			allowPrivateAddresses: env.BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES,
		},
	};
}

/** By name of the bank whose prefixes its keeper is asked about. */
function linkSources(env: Environment) {
	const pairOf = (entry: string): readonly [string, string] => {
		const at = entry.indexOf("=");
		return [entry.slice(0, at), entry.slice(at + 1)];
	};
	const keys = new Map(env.BREAKWATER_LINK_SOURCE_SECRETS.map(pairOf));
	return new Map(
		env.BREAKWATER_LINK_SOURCES.map(pairOf).map(([bank, url]) => [bank, { url, key: keys.get(bank) ?? null }] as const),
	);
}

function portsOf(env: Environment) {
	return {
		intake: env.BREAKWATER_INTAKE_PORT,
		detector: env.BREAKWATER_DETECTOR_PORT,
		takedown: env.BREAKWATER_TAKEDOWN_PORT,
		review: env.BREAKWATER_REVIEW_PORT,
		portal: env.BREAKWATER_PORTAL_PORT,
	};
}

/** Beside the media: a folder of its own, or the bucket that both share. `trino` null: asked in the process itself. */
function historyPlace(env: Environment, dataDir: string) {
	const url = env.BREAKWATER_TRINO_URL;
	const trino = {
		user: env.BREAKWATER_TRINO_USER,
		password: env.BREAKWATER_TRINO_PASSWORD ?? null,
		schema: env.BREAKWATER_TRINO_SCHEMA,
		location: env.BREAKWATER_TRINO_LOCATION ?? "",
		timeoutMs: env.BREAKWATER_TRINO_TIMEOUT_MS,
	};
	return {
		folder: env.BREAKWATER_HISTORY_DIR ?? join(dataDir, "history"),
		everyMs: env.BREAKWATER_HISTORY_EVERY_MS,
		trino: url === undefined ? null : { url, ...trino },
	};
}

/** An object store where one is named, else a folder. */
function mediaPlace(env: Environment, dataDir: string) {
	const endpoint = env.BREAKWATER_S3_ENDPOINT;
	if (endpoint === undefined)
		return { kind: "folder" as const, folder: env.BREAKWATER_MEDIA_DIR ?? join(dataDir, "media") };
	return {
		kind: "s3" as const,
		endpoint,
		region: env.BREAKWATER_S3_REGION,
		accessKeyId: env.BREAKWATER_S3_ACCESS_KEY_ID ?? "",
		secretAccessKey: env.BREAKWATER_S3_SECRET_ACCESS_KEY ?? "",
		timeoutMs: env.BREAKWATER_S3_TIMEOUT_MS,
	};
}

/** How the broker is reached and told who we are; files are read where they are used. */
function kafkaSecurity(env: Environment) {
	const username = env.BREAKWATER_KAFKA_USERNAME ?? "";
	const password = env.BREAKWATER_KAFKA_PASSWORD ?? "";
	const mechanism = env.BREAKWATER_KAFKA_SASL;
	const tls = {
		caFile: env.BREAKWATER_KAFKA_CA_FILE ?? null,
		certFile: env.BREAKWATER_KAFKA_CERT_FILE ?? null,
		keyFile: env.BREAKWATER_KAFKA_KEY_FILE ?? null,
	};
	return {
		tls: env.BREAKWATER_KAFKA_TLS ? tls : null,
		sasl:
			mechanism === "off"
				? null
				: mechanism === "oauthbearer"
					? { mechanism, tokenFile: env.BREAKWATER_KAFKA_TOKEN_FILE ?? "" }
					: { mechanism, username, password },
	};
}

function breakerLimits(env: Environment) {
	return {
		perMinute: {
			bank: env.BREAKWATER_BREAKER_BANK_PER_MINUTE,
			model: env.BREAKWATER_BREAKER_MODEL_PER_MINUTE,
			rule: env.BREAKWATER_BREAKER_RULE_PER_MINUTE,
			platform: env.BREAKWATER_BREAKER_PLATFORM_PER_MINUTE,
		},
		factor: env.BREAKWATER_BREAKER_FACTOR,
		restMs: env.BREAKWATER_BREAKER_REST_MS,
	};
}

function quarantineRule(env: Environment) {
	return {
		minHits: env.BREAKWATER_QUARANTINE_HITS,
		minAccounts: env.BREAKWATER_QUARANTINE_ACCOUNTS,
		factor: env.BREAKWATER_QUARANTINE_FACTOR,
	};
}

/** The configuration as it may be printed: without secrets, and without the passwords inside URLs. */
export function redactConfig(config: Config): unknown {
	return JSON.parse(JSON.stringify(config), (key, value) => {
		if (Array.isArray(value) && isSecretName(key)) return value.map(() => "***");
		return typeof value === "string" ? printable(key, value) : value;
	});
}

/** By `npx`, `npm start` or the like, which name what they run in its environment. */
export function isRunByNpm(env: Readonly<Record<string, string | undefined>> = process.env): boolean {
	return env.npm_command !== undefined;
}
