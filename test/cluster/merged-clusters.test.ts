// Two detectors that meet copies of the same pictures and texts at once, and are killed in turn while their clusters are made one: real Kafka, Redis
// and PostgreSQL, processes as an operator starts them. Asserts members, cases and what the platform was told; what becomes of each member
// is a unit test's.
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Kafka, logLevel, type Producer } from "kafkajs";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../services/adapters/postgres/connection/columns.ts";
import { type Database, openDatabase } from "../../services/adapters/postgres/connection/database.ts";
import { copySample, drawSample } from "../../services/adapters/sharp/draw-sample.ts";
import { clusterTypes } from "../../services/core/clusters/cluster-type.ts";
import { likenessOfText } from "../../services/core/clusters/likeness.ts";
import { bitsApart } from "../../services/core/hashes/bits-apart.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { topics } from "../../services/core/wire/topics.ts";
import { type SamplePlatform, startSamplePlatform } from "../../services/demo/sample-platform.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { eventually } from "../support/eventually.ts";
import { createGenerator } from "../support/generated-texts.ts";
import { type Cluster, startCluster } from "../support/servers/start-cluster.ts";
import type { RoleProcess } from "../support/servers/start-role-process.ts";

const patience = { withinMs: 90_000, everyMs: 200 };
const source = "//forum.example";
const knownText = createGenerator(7).text(40);
const closing = createClosing();
let cluster: Cluster;
let sample: SamplePlatform;
let detectors: readonly [RoleProcess, RoleProcess];
let producer: Producer;
let database: Database;

beforeAll(async () => {
	cluster = closing.keep(await startCluster());
	sample = closing.keep(await startSamplePlatform(join(cluster.folder, "platform-port")));
	const added = await cluster.cli("platform", "add", "forum", "--source", source, "--webhook", sample.url);
	sample.useSecret(z.object({ webhookSecret: z.string() }).parse(added).webhookSecret);
	await cluster.cli("bank", "create", "known", "--category", "test-category", "--new-category", "--trusted");
	const picture = join(cluster.folder, "known.jpg");
	await writeFile(picture, await drawSample(1));
	await cluster.cli("bank", "add", "known", picture);
	const text = join(cluster.folder, "known.txt");
	await writeFile(text, knownText);
	await cluster.cli("bank", "add", "known", text, "--text");
	const [one, other] = await Promise.all([cluster.startRole("detector"), cluster.startRole("detector")]);
	detectors = [one, other];
	await cluster.startRole("takedown");
	const client = new Kafka({ brokers: [cluster.kafka.broker], logLevel: logLevel.NOTHING });
	producer = client.producer();
	await producer.connect();
	closing.keep({ [Symbol.asyncDispose]: () => producer.disconnect() });
	const options = { url: cluster.postgres.url, maxConnections: 2, applicationName: "test", logger: silentLogger };
	database = closing.keep(await openDatabase(options));
}, 180_000);
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
}, 60_000);

/** In every partition a copy of its own, so that whoever has them meets it at the same time. */
async function sendCopies(picture: Uint8Array): Promise<readonly string[]> {
	const kinds = ["identical", "brightened", "resized"] as const;
	const copies = await Promise.all(kinds.map((kind) => copySample(picture, kind)));
	const subjects: string[] = [];
	const messages = copies.map((bytes, partition) => {
		const id = randomUUID();
		const subject = `media/${id}`;
		subjects.push(subject);
		const headers = {
			...{
				ce_specversion: "1.0",
				ce_type: eventTypes.mediaUploaded,
				ce_source: source,
				ce_id: id,
				ce_subject: subject,
			},
			...{ ce_time: new Date().toISOString(), ce_authorid: "author", ce_surface: "public" },
			"content-type": "image/jpeg",
		};
		return { partition, key: subject, value: Buffer.from(bytes), headers };
	});
	await producer.send({ topic: topics.media, acks: -1, messages });
	return subjects;
}

/** In every partition a wording of its own, twice: the second of a kind brings the first into the record. */
async function sendTexts(wordings: readonly string[], times: number): Promise<readonly string[]> {
	const subjects: string[] = [];
	const messages = wordings.flatMap((text, partition) =>
		Array.from({ length: times }, (_, at) => {
			const [id, time] = [randomUUID(), new Date().toISOString()];
			const subject = `post/${id}`;
			subjects.push(subject);
			const event = { specversion: "1.0", type: eventTypes.postPublished, source, id, subject, time };
			const data = { text, authorId: `author-${partition}-${at}`, surface: "public" };
			const value = Buffer.from(JSON.stringify({ ...event, datacontenttype: "application/json", data }));
			return { partition, key: subject, value, headers: { "content-type": "application/cloudevents+json" } };
		}),
	);
	await producer.send({ topic: topics.posts, acks: -1, messages });
	return subjects;
}

/** Three wordings of one text, each near to both of the others. */
function wordingsOf(text: string, { slipped }: ReturnType<typeof createGenerator>): readonly string[] {
	const hash = (one: string) => likenessOfText(one)?.hash ?? new Uint8Array(32);
	const { confirmedBits } = clusterTypes["text-simhash"];
	for (;;) {
		const three = [text, slipped(text), slipped(text)];
		const isNear = three.every((one) => three.every((other) => bitsApart(hash(one), hash(other)) <= confirmedBits));
		if (isNear && new Set(three).size === three.length) return three;
	}
}

const clustersOf = (subjects: readonly string[]) =>
	database.rows(
		sql`SELECT cluster_id AS "clusterId", count(*)::integer AS members FROM items JOIN cluster_members ON item_id = items.id
			WHERE degree = 'confirmed' AND subject = ANY (${[...subjects]}::text[]) GROUP BY 1`,
		z.object({ clusterId: column.text, members: column.whole }),
	);
async function merges(): Promise<number> {
	const [row] = await database.rows(
		sql`SELECT count(*)::integer AS merges FROM clusters WHERE merged_into IS NOT NULL`,
		z.object({ merges: column.whole }),
	);
	return row?.merges ?? 0;
}

test("every member is in one cluster once and every order is given once, whoever is killed while clusters are made one", async () => {
	const things: (readonly string[])[] = [];
	let seed = 1_000;
	const meet = async (pictures: number) => {
		const drawn = await Promise.all(Array.from({ length: pictures }, () => drawSample(seed++)));
		for (const picture of drawn) things.push(await sendCopies(picture));
	};
	// One that is known is withheld, by an order each.
	const known = await sendCopies(await drawSample(1));
	for (const detector of [...detectors, ...detectors]) {
		const before = await merges();
		await eventually(async () => {
			await meet(4);
			return (await merges()) > before;
		}, patience);
		await detector.kill();
		await meet(2);
		await detector.restart();
	}
	for (const [at, subjects] of [known, ...things].entries())
		await eventually(async () => {
			const clusters = await clustersOf(subjects);
			expect({ at, clusters }).toMatchObject({ at, clusters: [{ members: subjects.length }] });
		}, patience);
	await eventually(() => expect(sample.orders.size).toBe(known.length), patience);
	expect([...sample.orders.values()].map(({ order }) => order.subject).toSorted()).toEqual(known.toSorted());
	const strays = sql`SELECT 1 FROM cluster_members JOIN clusters ON clusters.id = cluster_id WHERE merged_into IS NOT NULL`;
	await eventually(async () => expect(await database.rows(strays)).toEqual([]), patience);
}, 400_000);

test("of texts, too: every member is in one cluster once, and every order is given once", async () => {
	const generator = createGenerator(77);
	const orders = sample.orders.size;
	const known = await sendTexts([knownText, knownText, knownText], 1);
	const things: { readonly subjects: readonly string[]; readonly isWhole: boolean }[] = [];
	const meet = async (texts: number, isWhole: boolean) => {
		for (let left = texts; left > 0; left -= 1)
			things.push({ subjects: await sendTexts(wordingsOf(generator.text(60), generator), 2), isWhole });
	};
	for (const detector of [...detectors, ...detectors]) {
		const before = await merges();
		await eventually(async () => {
			await meet(4, false);
			return (await merges()) > before;
		}, patience);
		await detector.kill();
		await meet(2, false);
		await detector.restart();
	}
	await meet(4, true);
	for (const [at, { subjects, isWhole }] of things.entries())
		await eventually(async () => {
			const clusters = await clustersOf(subjects);
			// A detector that was killed has forgotten who stood alone in it; nobody is in two clusters by that.
			expect({ at, clusters: clusters.length }).toEqual({ at, clusters: 1 });
			if (isWhole) expect({ at, members: clusters[0]?.members }).toEqual({ at, members: subjects.length });
		}, patience);
	await eventually(() => expect(sample.orders.size).toBe(orders + known.length), patience);
	const told = [...sample.orders.values()].map(({ order }) => order.subject).filter((one) => one.startsWith("post/"));
	expect(told.toSorted()).toEqual(known.toSorted());
	const strays = sql`SELECT 1 FROM cluster_members JOIN clusters ON clusters.id = cluster_id WHERE merged_into IS NOT NULL`;
	await eventually(async () => expect(await database.rows(strays)).toEqual([]), patience);
}, 400_000);
