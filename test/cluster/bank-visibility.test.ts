// A change of a bank in a cluster: two detectors, each with partitions of its own, on a real Kafka and PostgreSQL. Measured from the
// answer to the change to the first verdict of each detector that obeys it; the record's own times are compared. The slowest is
// printed: the aim is a second, on a machine that does nothing else.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Kafka, logLevel, Partitioners, type Producer } from "kafkajs";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../services/adapters/postgres/connection/columns.ts";
import { type Database, openDatabase } from "../../services/adapters/postgres/connection/database.ts";
import { createStores, type Stores } from "../../services/adapters/postgres/stores.ts";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { topics } from "../../services/core/wire/topics.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { newBank } from "../support/bank-fixtures.ts";
import { eventually } from "../support/eventually.ts";
import { startCluster } from "../support/servers/start-cluster.ts";
import type { RoleProcess } from "../support/servers/start-role-process.ts";

const source = "//forum.example";
const closing = createClosing();
let detectors: readonly RoleProcess[];
let producer: Producer;
let partitions: readonly number[];
let database: Database;
let stores: Stores;

beforeAll(async () => {
	const cluster = closing.keep(await startCluster({ env: { BREAKWATER_TOPIC_PARTITIONS: "2" } }));
	await cluster.cli("platform", "add", "forum", "--source", source);
	detectors = await Promise.all([cluster.startRole("detector"), cluster.startRole("detector")]);
	const client = new Kafka({ brokers: [cluster.kafka.broker], logLevel: logLevel.NOTHING });
	const admin = client.admin();
	producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
	await Promise.all([admin.connect(), producer.connect()]);
	closing.keep({ [Symbol.asyncDispose]: () => producer.disconnect() });
	const [topic] = (await admin.fetchTopicMetadata({ topics: [topics.posts] })).topics;
	await admin.disconnect();
	partitions = topic?.partitions.map(({ partitionId }) => partitionId) ?? [];
	const options = { url: cluster.postgres.url, maxConnections: 2, applicationName: "test", logger: silentLogger };
	database = closing.keep(await openDatabase(options));
	stores = createStores(database);
	// Each detector settles something: the group has shared the partitions out.
	await eventually(
		async () => {
			await send("a benign sentence that nobody knows");
			const settled = await Promise.all(detectors.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
			return settled.every((text) => /breakwater_items_settled_total\{[^}]*\} [1-9]/.test(text));
		},
		{ withinMs: 60_000, everyMs: 500 },
	);
}, 180_000);
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
}, 60_000);

/** The same post to every partition, under subjects that name the partition. */
async function send(text: string): Promise<void> {
	await producer.send({
		topic: topics.posts,
		messages: partitions.map((partition) => {
			const id = randomUUID();
			const data = { text, authorId: "author", surface: "public" };
			const event = {
				specversion: "1.0",
				type: eventTypes.postPublished,
				source,
				id,
				subject: `${partition}/${id}`,
				data,
			};
			return {
				partition,
				headers: { "content-type": "application/cloudevents+json" },
				value: JSON.stringify({ ...event, time: new Date().toISOString() }),
			};
		}),
	});
}

/** Sends until every partition has a verdict, given after the answer, with this action; answers the slowest one's delay. */
async function seenAfter(text: string, answeredAt: Date, action: "withhold" | "none"): Promise<number> {
	const firstSeen = async () =>
		database.rows(
			sql`SELECT split_part(subject, '/', 1) AS partition, min(recorded_at) AS first FROM items JOIN verdicts ON item_id = items.id
				WHERE recorded_at > ${answeredAt} AND action = ${action} GROUP BY 1`,
			z.object({ partition: column.text, first: column.time }),
		);
	const seen = await eventually(
		async () => {
			await send(text);
			const rows = await firstSeen();
			if (rows.length < partitions.length) throw new Error(`${rows.length} of ${partitions.length} partitions`);
			return rows;
		},
		{ withinMs: 20_000, everyMs: 25 },
	);
	return Math.max(...seen.map(({ first }) => first.getTime() - answeredAt.getTime()));
}

test("an entry added, removed, and its bank disabled are obeyed by every detector once answered", async () => {
	expect(partitions.length).toBeGreaterThanOrEqual(2);
	const text = "a benign sentence in the role of a known text";
	const { id: _id, ...settings } = newBank({ name: "visible" });
	const bank = await stores.banks.create(settings, "an");
	const opinion = { source: "list", kind: "positive" } as const;
	const hash = hashText(text) ?? new Uint8Array(32);
	const entry = { hashType: "text", hash, quality: null, opinion, externalId: null, note: null } as const;
	const delays: number[] = [];
	const change = async (act: () => Promise<unknown>, action: "withhold" | "none") => {
		await act();
		delays.push(await seenAfter(text, new Date(), action));
	};
	await change(() => stores.banks.addEntries(bank.id, [entry], "an"), "withhold");
	const [added] = await stores.banks.findEntries(bank.id, { after: null, limit: 1 });
	if (added === undefined) throw new Error("there is an entry");
	await change(() => stores.banks.removeEntry(added.id, "an"), "none");
	await change(() => stores.banks.addEntries(bank.id, [entry], "an"), "withhold");
	await change(() => stores.banks.update(bank.id, { enabled: false }, "an"), "none");
	process.stdout.write(
		`The slowest of ${delays.length} changes was obeyed by both detectors ${Math.max(...delays)} ms after its answer\n`,
	);
}, 120_000);
