// Every setting by its name in the environment: what it may be, and what it is where nothing is said.

import { isIP } from "node:net";
import { availableParallelism } from "node:os";
import { z } from "zod";
import { modelBackends } from "../core/scoring/model-registry.ts";

/** Digits alone: 0x10, 8e3 and 1_000 are what somebody mistyped, or meant for another program. */
function whole(least: number, most: number) {
	return inDigits(/^\d+$/, "is a whole number in digits").pipe(z.number().int().min(least).max(most));
}

function fraction(least: number, most: number) {
	return inDigits(/^\d+(?:\.\d+)?$/, "is a number in digits, such as 2.5").pipe(z.number().min(least).max(most));
}

function inDigits(pattern: RegExp, message: string) {
	return z.string().trim().regex(pattern, message).transform(Number);
}

const port = whole(0, 65_535);
/** A number of connections, workers or attempts: more is a typing error. */
const few = whole(1, 1_000);
/** A number of records, items or hits. */
const count = whole(1, 10_000_000);
/** For an answer that somebody waits for: ten minutes at most. */
const timeoutMs = whole(10, 600_000);
/** A week at most. */
const durationMs = whole(1, 604_800_000);
/** Held in memory whole: from a kibibyte to a gibibyte. */
const bytes = whole(1_024, 1_073_741_824);
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

/** broker.example:9092, [fd00::7]:9092 */
function areBrokers(entries: readonly string[]): boolean {
	return entries.every((entry) => {
		const [, host = "", portText = ""] = /^(\[[\da-f:.]+\]|[^\s:/@]+):(\d{1,5})$/i.exec(entry) ?? [];
		return host !== "" && Number(portText) > 0 && Number(portText) <= 65_535;
	});
}

/** An address, or a name: one that has digits alone is an address that there is not. */
function isHost(text: string): boolean {
	return isIP(text) !== 0 || (/^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/i.test(text) && /[a-z]/i.test(text));
}

/** What is wrong is not said back: it may hold a password. */
const databaseUrl = z
	.string()
	.regex(/^(?:postgres(?:ql)?:\/\/|socket:|\/)./i, "is such as postgresql://user:password@host:5432/database");
const redisUrl = z.string().regex(/^rediss?:\/\/./i, "is such as redis://host:6379, or rediss:// with TLS");

/** known-links=https://hotline.example/m/link_hashes */
function areSources(entries: readonly string[]): boolean {
	return entries.every((entry) => {
		const [, url = ""] = /^[a-z0-9][a-z0-9-]{0,62}=(https?:\/\/.+)$/.exec(entry) ?? [];
		return URL.canParse(url);
	});
}

/** Every variable, with its default. `.env.example` lists the same names; a test keeps them equal. */
export const environment = z.object({
	BREAKWATER_PROFILE: z.enum(["embedded", "cluster"]).default("embedded"),
	BREAKWATER_DATA_DIR: z.string().default(".data"),
	BREAKWATER_MEDIA_DIR: z.string().optional(),
	BREAKWATER_HISTORY_DIR: z.string().optional(),
	BREAKWATER_HISTORY_EVERY_MS: durationMs.default(60_000),
	BREAKWATER_TRINO_URL: z.url({ protocol: /^https?$/ }).optional(),
	BREAKWATER_TRINO_USER: z.string().default("breakwater"),
	BREAKWATER_TRINO_PASSWORD: z.string().optional(),
	BREAKWATER_TRINO_SCHEMA: z
		.string()
		.regex(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/, "is such as hive.breakwater")
		.default("hive.breakwater"),
	BREAKWATER_TRINO_LOCATION: z
		.string()
		.regex(/^[a-z0-9]+:\/\/[^\s'"]*[^\s'"/]$/, "is such as s3://media/history, without a slash at its end")
		.optional(),
	BREAKWATER_TRINO_TIMEOUT_MS: timeoutMs.default(60_000),
	BREAKWATER_S3_ENDPOINT: z
		.url({ protocol: /^https?$/, error: "is such as https://objects.example/breakwater" })
		.optional(),
	BREAKWATER_S3_REGION: z.string().default("us-east-1"),
	BREAKWATER_S3_ACCESS_KEY_ID: z.string().optional(),
	BREAKWATER_S3_SECRET_ACCESS_KEY: z.string().optional(),
	BREAKWATER_S3_TIMEOUT_MS: timeoutMs.default(10_000),
	BREAKWATER_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
	BREAKWATER_HOST: z.string().refine(isHost, "an address of this machine, or its name").default("127.0.0.1"),
	BREAKWATER_TRUSTED_PROXIES: list.refine(areNetworks, "addresses or networks (CIDR), with commas between").default([]),
	BREAKWATER_INTAKE_PORT: port.default(8700),
	BREAKWATER_MATCHER_API: flag.default(true),
	BREAKWATER_PLATFORM_ITEMS_PER_SECOND: count.default(10_000),
	BREAKWATER_DETECTOR_PORT: port.default(8701),
	BREAKWATER_TAKEDOWN_PORT: port.default(8702),
	BREAKWATER_REVIEW_PORT: port.default(8703),
	BREAKWATER_PORTAL_PORT: port.default(8704),
	BREAKWATER_PORTAL_SECRET: z.string().min(32, "has at least 32 characters").optional(),
	BREAKWATER_PORTAL_URL: z.url({ protocol: /^https?$/ }).optional(),
	BREAKWATER_DATABASE_URL: databaseUrl.optional(),
	BREAKWATER_DATABASE_CONNECTIONS: few.default(10),
	BREAKWATER_KAFKA_BROKERS: list.refine(areBrokers, "host:port, with commas between").default(["127.0.0.1:9092"]),
	BREAKWATER_KAFKA_TLS: flag.default(false),
	BREAKWATER_KAFKA_CA_FILE: z.string().optional(),
	BREAKWATER_KAFKA_CERT_FILE: z.string().optional(),
	BREAKWATER_KAFKA_KEY_FILE: z.string().optional(),
	BREAKWATER_KAFKA_SASL: z.enum(["off", "plain", "scram-sha-256", "scram-sha-512", "oauthbearer"]).default("off"),
	BREAKWATER_KAFKA_USERNAME: z.string().optional(),
	BREAKWATER_KAFKA_PASSWORD: z.string().optional(),
	BREAKWATER_KAFKA_TOKEN_FILE: z.string().optional(),
	BREAKWATER_EVENT_SECRETS: list
		.refine((all) => all.every((one) => one.length >= 32), "each has at least 32 characters")
		.default([]),
	BREAKWATER_KAFKA_GROUP: z.string().default("breakwater-detector"),
	BREAKWATER_TOPIC_PARTITIONS: few.default(6),
	BREAKWATER_REDIS_URL: redisUrl.default("redis://127.0.0.1:6379"),
	BREAKWATER_REDIS_CA_FILE: z.string().optional(),
	BREAKWATER_MAX_UNSETTLED: count.default(500),
	BREAKWATER_DETECTOR_CONCURRENCY: count.default(64),
	BREAKWATER_EXAMINER_WORKERS: few.default(Math.max(1, availableParallelism() - 1)),
	BREAKWATER_RETRY_ATTEMPTS: few.default(4),
	BREAKWATER_MAX_EVENT_BYTES: bytes.default(1_048_576),
	BREAKWATER_MAX_MEDIA_BYTES: bytes.default(33_554_432),
	BREAKWATER_MAX_VIDEO_BYTES: whole(1_024, 8_589_934_592).default(2_147_483_648),
	BREAKWATER_FFMPEG: z.string().startsWith("/").optional(),
	BREAKWATER_MAX_PIXELS: whole(1_024, 1_000_000_000).default(100_000_000),
	BREAKWATER_DECODE_TIMEOUT_MS: timeoutMs.default(10_000),
	BREAKWATER_MAX_DECODE_COST_MS: timeoutMs.default(15_000),
	BREAKWATER_FETCH_TIMEOUT_MS: timeoutMs.default(10_000),
	BREAKWATER_CLUSTER_DAYS: few.default(90),
	BREAKWATER_FACT_DAYS: few.default(30),
	BREAKWATER_OUTBREAK_LEARN_HOURS: whole(0, 336).default(24),
	BREAKWATER_MODEL: z.string().default("nsfwjs-mobilenet-v2"),
	BREAKWATER_MODEL_BACKEND: z.enum(["auto", ...modelBackends, "off"]).default("auto"),
	BREAKWATER_MODEL_DEADLINE_MS: timeoutMs.default(5_000),
	BREAKWATER_MODEL_BATCH_SIZE: whole(1, 16).default(16),
	BREAKWATER_MODEL_BATCH_WAIT_MS: whole(0, 5).default(5),
	BREAKWATER_MODEL_MAX_QUEUED: count.default(256),
	BREAKWATER_TEXT_MODEL: z.string().default("alt-profanity-check"),
	BREAKWATER_BREAKER_BANK_PER_MINUTE: count.default(3_000),
	BREAKWATER_BREAKER_MODEL_PER_MINUTE: count.default(1_000),
	BREAKWATER_BREAKER_RULE_PER_MINUTE: count.default(1_000),
	BREAKWATER_BREAKER_PLATFORM_PER_MINUTE: count.default(3_000),
	BREAKWATER_BREAKER_FACTOR: fraction(1, 10_000).default(10),
	BREAKWATER_BREAKER_REST_MS: durationMs.default(900_000),
	BREAKWATER_QUARANTINE_HITS: count.default(50),
	BREAKWATER_QUARANTINE_ACCOUNTS: count.default(20),
	BREAKWATER_QUARANTINE_FACTOR: fraction(1, 10_000).default(10),
	BREAKWATER_WEBHOOK_TIMEOUT_MS: timeoutMs.default(10_000),
	BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: flag.default(false),
	BREAKWATER_LINK_SOURCES: list.refine(areSources, "bank=https://address, with commas between").default([]),
	BREAKWATER_LINK_SOURCE_SECRETS: list.default([]),
	BREAKWATER_LINK_SOURCE_TIMEOUT_MS: timeoutMs.default(5_000),
	BREAKWATER_TAKEDOWN_CONCURRENCY: count.default(64),
	BREAKWATER_RECONCILE_AFTER_MS: durationMs.default(15_000),
	BREAKWATER_CLAIM_LEASE_MS: durationMs.default(60_000),
	BREAKWATER_SESSION_IDLE_MS: durationMs.default(1_800_000),
	BREAKWATER_SESSION_MAX_MS: durationMs.default(28_800_000),
	BREAKWATER_SECURE_COOKIES: flag.default(false),
	BREAKWATER_DRAIN_MS: timeoutMs.default(10_000),
	BREAKWATER_LEAVE_MS: whole(0, 600_000).default(0),
});

export const environmentNames: readonly string[] = Object.keys(environment.shape);

export type Environment = z.infer<typeof environment>;

/** Settings that others ask for. */
export function checkTogether(env: Environment, context: z.RefinementCtx): void {
	const require = (name: keyof typeof env, message: string) => {
		if (env[name] === undefined) context.addIssue({ code: "custom", path: [name], message });
	};
	if (env.BREAKWATER_PROFILE === "cluster") require("BREAKWATER_DATABASE_URL", "the cluster profile needs it");
	if (env.BREAKWATER_SESSION_IDLE_MS > env.BREAKWATER_SESSION_MAX_MS)
		context.addIssue({
			code: "custom",
			path: ["BREAKWATER_SESSION_IDLE_MS"],
			message: "at most BREAKWATER_SESSION_MAX_MS",
		});
	const sasl = env.BREAKWATER_KAFKA_SASL;
	if (sasl === "oauthbearer") require("BREAKWATER_KAFKA_TOKEN_FILE", "oauthbearer needs it");
	else if (sasl !== "off") {
		require("BREAKWATER_KAFKA_USERNAME", `${sasl} needs it`);
		require("BREAKWATER_KAFKA_PASSWORD", `${sasl} needs it`);
	}
	// What is asked for would be left out without a word, and what is sent be read by others.
	for (const name of ["BREAKWATER_KAFKA_CA_FILE", "BREAKWATER_KAFKA_CERT_FILE"] as const)
		if (env[name] !== undefined && !env.BREAKWATER_KAFKA_TLS)
			context.addIssue({ code: "custom", path: [name], message: "needs BREAKWATER_KAFKA_TLS=true" });
	if (env.BREAKWATER_KAFKA_CERT_FILE !== undefined) require("BREAKWATER_KAFKA_KEY_FILE", "the certificate needs it");
	if (env.BREAKWATER_TRINO_URL !== undefined) {
		require("BREAKWATER_TRINO_LOCATION", "Trino needs it");
		if (env.BREAKWATER_TRINO_PASSWORD !== undefined && !env.BREAKWATER_TRINO_URL.startsWith("https:"))
			context.addIssue({
				code: "custom",
				path: ["BREAKWATER_TRINO_URL"],
				message: "a password is sent over https alone",
			});
	}
	if (env.BREAKWATER_S3_ENDPOINT === undefined) return;
	require("BREAKWATER_S3_ACCESS_KEY_ID", "the object store needs it");
	require("BREAKWATER_S3_SECRET_ACCESS_KEY", "the object store needs it");
}
