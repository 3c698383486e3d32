// What infra/operations/backup.md tells an operator of a cluster to do, done with PostgreSQL's own programs: dump, wipe, restore, Redis emptied,
// Kafka's groups set back. Real Kafka, Redis, PostgreSQL and processes. Out of scope: media and evidence, which are files (e2e/backup.test.ts).
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Redis } from "ioredis";
import { Kafka, logLevel } from "kafkajs";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { topics } from "../../services/core/wire/topics.ts";
import { type SamplePlatform, startSamplePlatform } from "../../services/demo/sample-platform.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { eventually } from "../support/eventually.ts";
import { run } from "../support/servers/server-process.ts";
import { type Cluster, startCluster } from "../support/servers/start-cluster.ts";
import { debianPostgres } from "../support/servers/start-postgres-server.ts";
import type { RoleProcess } from "../support/servers/start-role-process.ts";

const source = "//forum.example";
const knownText = "a benign sentence in the role of a known text";
const closing = createClosing();
let programs: Awaited<ReturnType<typeof debianPostgres>>;
let cluster: Cluster;
let processes: readonly RoleProcess[];
let sample: SamplePlatform;
let apiKey: string;

beforeAll(async () => {
	programs = await debianPostgres();
	cluster = closing.keep(await startCluster({ postgres: programs }));
	sample = closing.keep(await startSamplePlatform(join(cluster.folder, "platform-port")));
	const added = (await cluster.cli("platform", "add", "forum", "--source", source, "--webhook", sample.url)) as {
		readonly apiKey: string;
		readonly webhookSecret: string;
	};
	apiKey = added.apiKey;
	sample.useSecret(added.webhookSecret);
	await cluster.cli("bank", "create", "known", "--category", "other", "--trusted");
	const list = join(cluster.folder, "known.csv");
	await writeFile(list, `type,hash\ntext,${Buffer.from(hashText(knownText) ?? []).toString("hex")}\n`);
	await cluster.cli("bank", "import", "known", list);
	processes = await Promise.all((["intake", "detector", "takedown"] as const).map((role) => cluster.startRole(role)));
}, 240_000);
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
}, 60_000);

test("a dump that is restored is as it was; what came before it is not ordered again, and what came after it is", async () => {
	const before = newPosts(40);
	await send(before);
	await ordered(before);
	const dump = join(cluster.folder, "breakwater.dump");
	const dumpedAt = Date.now();
	await run(programs.pg_dump, ["--format=custom", `--file=${dump}`, cluster.postgres.url]);
	const late = newPosts(5);
	await send(late);
	await ordered([...before, ...late]);
	await cluster.cli("bank", "create", "made-later", "--category", "other");
	for (const one of processes) await one.stop();

	const server = ["--host=127.0.0.1", `--port=${cluster.postgres.port}`, "--username=breakwater"];
	await run(programs.dropdb, [...server, "breakwater"]);
	await run(programs.createdb, [...server, "breakwater"]);
	await run(programs.pg_restore, ["--exit-on-error", `--dbname=${cluster.postgres.url}`, dump]);
	await emptyRedis();
	await setBack(dumpedAt - 1_000);
	for (const one of processes) await one.restart();

	expect(await cluster.cli("bank", "list")).toMatchObject([{ name: "known", entryCount: 1 }]);
	const after = newPosts(10);
	await send([...before, ...after]);
	await ordered([...before, ...late, ...after]);
	// What came after the dump is withheld again, under an order of its own and the same version; nothing else is.
	await eventually(() => expect(sample.orders.size).toBe(before.length + 2 * late.length + after.length), patience);
	const orders = [...sample.orders.values()].map(({ order }) => `${order.subject} ${order.action} ${order.version}`);
	expect(new Set(orders).size).toBe(before.length + late.length + after.length);
	for (const { subject } of before) expect(orders.filter((one) => one.startsWith(`${subject} `))).toHaveLength(1);
	expect(await cluster.cli("dead-letters", "list")).toEqual([]);
	await eventually(async () => expect(await cluster.cli("jobs", "list", "--until", "0s")).toEqual([]), patience);
}, 240_000);

const patience = { withinMs: 60_000, everyMs: 100 };

interface Post {
	readonly id: string;
	readonly subject: string;
}

function newPosts(count: number): readonly Post[] {
	return Array.from({ length: count }, () => {
		const id = randomUUID();
		return { id, subject: `post/${id}` };
	});
}

async function send(posts: readonly Post[]): Promise<void> {
	const data = { text: knownText, authorId: "a", surface: "public" };
	const time = new Date().toISOString();
	const events = posts.map((post) => ({
		...{ specversion: "1.0", type: eventTypes.postPublished, source, time, data },
		...post,
	}));
	const response = await fetch(`${processes[0]?.url}/v1/events`, {
		method: "POST",
		headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
		body: JSON.stringify(events),
	});
	expect(response.status).toBe(202);
}

function ordered(posts: readonly Post[]): Promise<unknown> {
	const wanted = new Set(posts.map(({ subject }) => subject));
	return eventually(
		() => expect(new Set([...sample.orders.values()].map(({ order }) => order.subject))).toEqual(wanted),
		patience,
	);
}

async function emptyRedis(): Promise<void> {
	const redis = new Redis(cluster.redis.url);
	await redis.flushall();
	redis.disconnect();
}

/** As `kafka-consumer-groups.sh --reset-offsets --to-datetime` does it. */
async function setBack(atMs: number): Promise<void> {
	const admin = new Kafka({ brokers: [cluster.kafka.directBroker], logLevel: logLevel.NOTHING }).admin();
	await admin.connect();
	const { groups } = await admin.listGroups();
	const ours = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith("breakwater-detector-"));
	expect(ours).toContain(`breakwater-detector-${topics.posts}`);
	for (const groupId of ours) {
		const topic = groupId.slice("breakwater-detector-".length);
		const partitions = await admin.fetchTopicOffsetsByTimestamp(topic, atMs);
		await admin.setOffsets({ groupId, topic, partitions });
	}
	await admin.disconnect();
}
