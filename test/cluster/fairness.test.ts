// One platform floods the media topic from a producer of its own; another one's known picture must be withheld while the flood is
// still being worked off, and nothing of the flood may be lost.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Kafka, logLevel, Partitioners, type Producer } from "kafkajs";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../services/adapters/postgres/connection/columns.ts";
import { type Database, openDatabase } from "../../services/adapters/postgres/connection/database.ts";
import { copySample, drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { topics } from "../../services/core/wire/topics.ts";
import { type SamplePlatform, startSamplePlatform } from "../../services/demo/sample-platform.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { eventually } from "../support/eventually.ts";
import { type Cluster, startCluster } from "../support/servers/start-cluster.ts";

const busy = "//busy.example";
const quiet = "//quiet.example";
const floodSize = 1_200;
const closing = createClosing();
let cluster: Cluster;
let sample: SamplePlatform;
let producer: Producer;
let database: Database;

beforeAll(async () => {
	cluster = closing.keep(await startCluster({ env: { BREAKWATER_EXAMINER_WORKERS: "1" } }));
	sample = closing.keep(await startSamplePlatform(join(cluster.folder, "platform-port")));
	await cluster.cli("platform", "add", "busy", "--source", busy);
	const added = await cluster.cli("platform", "add", "quiet", "--source", quiet, "--webhook", sample.url);
	sample.useSecret((added as { readonly webhookSecret: string }).webhookSecret);
	const picture = join(cluster.folder, "known.jpg");
	await writeFile(picture, await drawSample(1));
	await cluster.cli("bank", "create", "known", "--category", "test-category", "--new-category", "--trusted");
	await cluster.cli("bank", "add", "known", picture);
	await Promise.all([cluster.startRole("detector"), cluster.startRole("takedown")]);
	const client = new Kafka({ brokers: [cluster.kafka.broker], logLevel: logLevel.NOTHING });
	producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
	await producer.connect();
	closing.keep({ [Symbol.asyncDispose]: () => producer.disconnect() });
	const options = { url: cluster.postgres.url, maxConnections: 2, applicationName: "test", logger: silentLogger };
	database = closing.keep(await openDatabase(options));
}, 120_000);
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
}, 60_000);

function message(source: string, id: string, bytes: Uint8Array) {
	const headers = {
		ce_specversion: "1.0",
		ce_type: eventTypes.mediaUploaded,
		...{ ce_source: source, ce_id: id, ce_subject: id, ce_authorid: "author", ce_surface: "public" },
		"content-type": "image/jpeg",
	};
	return { key: id, value: Buffer.from(bytes), headers };
}

const send = (messages: readonly ReturnType<typeof message>[]) =>
	producer.send({ topic: topics.media, acks: -1, messages: [...messages] });

async function recorded(source: string): Promise<number> {
	const [row] = await database.rows(
		sql`SELECT count(*) AS count FROM items JOIN verdicts ON item_id = id WHERE source = ${source}`,
		z.object({ count: column.count }),
	);
	return row?.count ?? 0;
}

test("a known picture is withheld while another platform's flood is worked off, and nothing of the flood is lost", async () => {
	const known = await copySample(await drawSample(1), "recompressed");
	const ordinary = await drawSample(500);
	// It has sent before: what nobody else wants, one platform may use alone.
	await send([message(quiet, "quiet-ordinary", ordinary)]);
	await eventually(async () => expect(await recorded(quiet)).toBe(1), { withinMs: 30_000 });

	for (let from = 0; from < floodSize; from += 100)
		await send(Array.from({ length: 100 }, (_, at) => message(busy, `flood-${from + at}`, ordinary)));
	await send([message(quiet, "quiet-known", known)]);

	await eventually(
		() => expect([...sample.orders.values()].map(({ order }) => order.subject)).toEqual(["quiet-known"]),
		{ withinMs: 60_000, everyMs: 50 },
	);
	// Without a share for each, it would have come last in its partition.
	expect(await recorded(busy)).toBeLessThan(floodSize / 2);
	await eventually(async () => expect(await recorded(busy)).toBe(floodSize), { withinMs: 120_000 });
}, 240_000);
