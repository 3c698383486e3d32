// All settings, read once from the environment. Only this file reads it; everything else is given what it needs.

import { isIP } from "node:net";
import { availableParallelism } from "node:os";
import { isAbsolute, join } from "node:path";
import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().min(1);
const durationMs = z.coerce.number().int().min(1);
const bytes = z.coerce.number().int().min(1);
const list = z.string().transform((text) =>
	text
		.split(",")
		.map((part) => part.trim())
		.filter(Boolean),
);
const flag = z.enum(["true", "false"]).transform((text) => text === "true");

/** 10.0.0.7, 10.0.0.0/8, fd00::/8 */
function areNetworks(entries: readonly string[]): boolean {
	return entries.every((entry) => {
		const [address = "", prefix = "0", ...more] = entry.split("/");
		const addressBits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
		return more.length === 0 && /^\d+$/.test(prefix) && Number(prefix) <= addressBits;
	});
}

/** Every variable, with its default. `.env.example` lists the same names; a test keeps them equal. */
const environment = z.object({
	BREAKWATER_PROFILE: z.enum(["embedded", "cluster"]).default("embedded"),
	BREAKWATER_DATA_DIR: z.string().default(".data"),
	BREAKWATER_MEDIA_DIR: z.string().optional(),
	BREAKWATER_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
	BREAKWATER_S3_REGION: z.string().default("us-east-1"),
	BREAKWATER_S3_ACCESS_KEY_ID: z.string().optional(),
	BREAKWATER_S3_SECRET_ACCESS_KEY: z.string().optional(),
	BREAKWATER_S3_TIMEOUT_MS: durationMs.default(10_000),
	BREAKWATER_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
	BREAKWATER_HOST: z.string().default("127.0.0.1"),
	BREAKWATER_TRUSTED_PROXIES: list.refine(areNetworks, "addresses or networks (CIDR), with commas between").default([]),
	BREAKWATER_INTAKE_PORT: port.default(8700),
	BREAKWATER_MATCHER_API: flag.default(true),
	BREAKWATER_PLATFORM_ITEMS_PER_SECOND: count.default(10_000),
	BREAKWATER_DETECTOR_PORT: port.default(8701),
	BREAKWATER_TAKEDOWN_PORT: port.default(8702),
	BREAKWATER_REVIEW_PORT: port.default(8703),
	BREAKWATER_DATABASE_URL: z.string().optional(),
	BREAKWATER_DATABASE_CONNECTIONS: count.default(10),
	BREAKWATER_KAFKA_BROKERS: list.default(["127.0.0.1:9092"]),
	BREAKWATER_KAFKA_GROUP: z.string().default("breakwater-detector"),
	BREAKWATER_TOPIC_PARTITIONS: count.default(6),
	BREAKWATER_REDIS_URL: z.string().default("redis://127.0.0.1:6379"),
	BREAKWATER_MAX_UNSETTLED: count.default(500),
	BREAKWATER_DETECTOR_CONCURRENCY: count.default(64),
	BREAKWATER_EXAMINER_WORKERS: count.default(Math.max(1, availableParallelism() - 1)),
	BREAKWATER_RETRY_ATTEMPTS: count.default(4),
	BREAKWATER_MAX_EVENT_BYTES: bytes.default(1_048_576),
	BREAKWATER_MAX_MEDIA_BYTES: bytes.default(33_554_432),
	BREAKWATER_MAX_PIXELS: count.default(100_000_000),
	BREAKWATER_DECODE_TIMEOUT_MS: durationMs.default(10_000),
	BREAKWATER_FETCH_TIMEOUT_MS: durationMs.default(10_000),
	BREAKWATER_MODEL: z.string().default("nsfwjs-mobilenet-v2"),
	BREAKWATER_MODEL_BACKEND: z.enum(["auto", "node", "wasm", "cpu", "off"]).default("auto"),
	BREAKWATER_MODEL_DEADLINE_MS: durationMs.default(5_000),
	BREAKWATER_MODEL_BATCH_SIZE: count.max(16).default(16),
	BREAKWATER_MODEL_BATCH_WAIT_MS: z.coerce.number().int().min(0).max(5).default(5),
	BREAKWATER_MODEL_MAX_QUEUED: count.default(256),
	BREAKWATER_TEXT_MODEL: z.string().default("alt-profanity-check"),
	BREAKWATER_BREAKER_BANK_PER_MINUTE: count.default(3_000),
	BREAKWATER_BREAKER_MODEL_PER_MINUTE: count.default(1_000),
	BREAKWATER_BREAKER_PLATFORM_PER_MINUTE: count.default(3_000),
	BREAKWATER_BREAKER_FACTOR: z.coerce.number().min(1).default(10),
	BREAKWATER_BREAKER_REST_MS: durationMs.default(900_000),
	BREAKWATER_QUARANTINE_HITS: count.default(50),
	BREAKWATER_QUARANTINE_ACCOUNTS: count.default(20),
	BREAKWATER_QUARANTINE_FACTOR: z.coerce.number().min(1).default(10),
	BREAKWATER_WEBHOOK_TIMEOUT_MS: durationMs.default(10_000),
	BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: flag.default(false),
	BREAKWATER_TAKEDOWN_CONCURRENCY: count.default(64),
	BREAKWATER_RECONCILE_AFTER_MS: durationMs.default(15_000),
	BREAKWATER_CLAIM_LEASE_MS: durationMs.default(60_000),
	BREAKWATER_SESSION_IDLE_MS: durationMs.default(1_800_000),
	BREAKWATER_SESSION_MAX_MS: durationMs.default(28_800_000),
	BREAKWATER_SECURE_COOKIES: flag.default(false),
	BREAKWATER_DRAIN_MS: durationMs.default(10_000),
	BREAKWATER_LEAVE_MS: z.coerce.number().int().min(0).default(0),
});

export const environmentNames: readonly string[] = Object.keys(environment.shape);

export type Config = ReturnType<typeof toConfig>;

/** Reads and checks the environment. Throws one Error that names every wrong variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
	const given = Object.fromEntries(
		Object.entries(env).filter(([name, value]) => name.startsWith("BREAKWATER_") && value !== ""),
	);
	const parsed = environment.superRefine(checkTogether).safeParse(given);
	if (!parsed.success) {
		const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
		throw new Error(`The configuration is wrong:\n${lines.join("\n")}`);
	}
	return toConfig(parsed.data);
}

/** Settings that others ask for. */
function checkTogether(env: z.infer<typeof environment>, context: z.RefinementCtx): void {
	const require = (name: keyof typeof env, message: string) => {
		if (env[name] === undefined) context.addIssue({ code: "custom", path: [name], message });
	};
	if (env.BREAKWATER_PROFILE === "cluster") require("BREAKWATER_DATABASE_URL", "the cluster profile needs it");
	if (env.BREAKWATER_S3_ENDPOINT === undefined) return;
	require("BREAKWATER_S3_ACCESS_KEY_ID", "the object store needs it");
	require("BREAKWATER_S3_SECRET_ACCESS_KEY", "the object store needs it");
}

function toConfig(env: z.infer<typeof environment>) {
	const dataDir = isAbsolute(env.BREAKWATER_DATA_DIR)
		? env.BREAKWATER_DATA_DIR
		: join(process.cwd(), env.BREAKWATER_DATA_DIR);
	return {
		profile: env.BREAKWATER_PROFILE,
		dataDir,
		media: mediaPlace(env, dataDir),
		logLevel: env.BREAKWATER_LOG_LEVEL,
		drainMs: env.BREAKWATER_DRAIN_MS,
		leaveMs: env.BREAKWATER_LEAVE_MS,
		http: {
			host: env.BREAKWATER_HOST,
			trustedProxies: env.BREAKWATER_TRUSTED_PROXIES,
			ports: {
				intake: env.BREAKWATER_INTAKE_PORT,
				detector: env.BREAKWATER_DETECTOR_PORT,
				takedown: env.BREAKWATER_TAKEDOWN_PORT,
				review: env.BREAKWATER_REVIEW_PORT,
			},
		},
		/** Whether intake answers look-ups, for which it keeps all banks in memory; what one platform may send to one process. */
		intake: { servesMatcher: env.BREAKWATER_MATCHER_API, itemsPerSecond: env.BREAKWATER_PLATFORM_ITEMS_PER_SECOND },
		/** `url` null: the embedded server in the data folder. */
		database: { url: env.BREAKWATER_DATABASE_URL ?? null, maxConnections: env.BREAKWATER_DATABASE_CONNECTIONS },
		stream: {
			brokers: env.BREAKWATER_KAFKA_BROKERS,
			group: env.BREAKWATER_KAFKA_GROUP,
			partitions: env.BREAKWATER_TOPIC_PARTITIONS,
			maxUnsettled: env.BREAKWATER_MAX_UNSETTLED,
		},
		queue: { redisUrl: env.BREAKWATER_REDIS_URL },
		limits: { maxEventBytes: env.BREAKWATER_MAX_EVENT_BYTES, maxMediaBytes: env.BREAKWATER_MAX_MEDIA_BYTES },
		detector: {
			concurrency: env.BREAKWATER_DETECTOR_CONCURRENCY,
			examinerWorkers: env.BREAKWATER_EXAMINER_WORKERS,
			retryAttempts: env.BREAKWATER_RETRY_ATTEMPTS,
			maxPixels: env.BREAKWATER_MAX_PIXELS,
			decodeTimeoutMs: env.BREAKWATER_DECODE_TIMEOUT_MS,
			fetchTimeoutMs: env.BREAKWATER_FETCH_TIMEOUT_MS,
		},
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
		},
		review: {
			claimLeaseMs: env.BREAKWATER_CLAIM_LEASE_MS,
			sessionIdleMs: env.BREAKWATER_SESSION_IDLE_MS,
			sessionMaxMs: env.BREAKWATER_SESSION_MAX_MS,
			secureCookies: env.BREAKWATER_SECURE_COOKIES,
		},
	};
}

/** An object store where one is named, else a folder. */
function mediaPlace(env: z.infer<typeof environment>, dataDir: string) {
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

function breakerLimits(env: z.infer<typeof environment>) {
	return {
		perMinute: {
			bank: env.BREAKWATER_BREAKER_BANK_PER_MINUTE,
			model: env.BREAKWATER_BREAKER_MODEL_PER_MINUTE,
			platform: env.BREAKWATER_BREAKER_PLATFORM_PER_MINUTE,
		},
		factor: env.BREAKWATER_BREAKER_FACTOR,
		restMs: env.BREAKWATER_BREAKER_REST_MS,
	};
}

function quarantineRule(env: z.infer<typeof environment>) {
	return {
		minHits: env.BREAKWATER_QUARANTINE_HITS,
		minAccounts: env.BREAKWATER_QUARANTINE_ACCOUNTS,
		factor: env.BREAKWATER_QUARANTINE_FACTOR,
	};
}

/** The configuration as it may be printed: without secret keys, and without the passwords inside URLs. */
export function redactConfig(config: Config): unknown {
	return JSON.parse(JSON.stringify(config), (key, value) => {
		if (typeof value !== "string") return value;
		return key.startsWith("secret") ? "***" : value.replace(/^([a-z+]+:\/\/[^:/@]*):[^@/]*@/i, "$1:***@");
	});
}
