// Who may write to the stream, on a real broker with TLS, SCRAM, OAUTHBEARER and ACLs: the broker decides who writes, the detector's first steps whose
// event it is. Tried as the wrong producer. Out of scope: what a detector does with what it takes (pipeline.test.ts).
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import kafkajs, { type AclOperationTypes as AclOperation, type AclResourceTypes as AclResource } from "kafkajs";
import { connectionSecurity } from "../../services/adapters/kafka/connection-security.ts";
import { createKafkaStream } from "../../services/adapters/kafka/kafka-stream.ts";
import { platformId, uuidv7 } from "../../services/core/ids.ts";
import type { Delivery, ItemStream, OutgoingRecord } from "../../services/core/ports/item-stream.ts";
import { feedKeyOf, signatureHeader, signatureOf, signRecord } from "../../services/core/wire/event-signature.ts";
import { topics } from "../../services/core/wire/topics.ts";
import { createFindPlatform } from "../../services/detector/steps/find-platform.ts";
import { parseEvent } from "../../services/detector/steps/parse-event.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { readConfig } from "../../services/runtime/config.ts";
import { createEvents } from "../../services/runtime/events.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { createMetrics } from "../../services/runtime/metrics.ts";
import { eventually } from "../support/eventually.ts";
import { passwordOf, type SecuredKafka, startSecuredKafka } from "../support/servers/start-secured-kafka.ts";

// Not all of its names can be told from its text, as named imports want.
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, logLevel, ResourcePatternTypes } = kafkajs;
const secret = "a secret of the test, 32 characters";
const closing = createClosing();
let kafka: SecuredKafka;
let own: ItemStream;
const received: Delivery[] = [];

/** As an operator configures it. */
function connect(user: string, password = passwordOf(user)): Promise<ItemStream> {
	const { brokers, security } = readConfig({
		BREAKWATER_KAFKA_BROKERS: kafka.broker,
		BREAKWATER_KAFKA_TLS: "true",
		BREAKWATER_KAFKA_CA_FILE: kafka.caFile,
		BREAKWATER_KAFKA_SASL: "scram-sha-512",
		BREAKWATER_KAFKA_USERNAME: user,
		BREAKWATER_KAFKA_PASSWORD: password,
	}).stream;
	return createKafkaStream({
		brokers,
		clientId: user,
		record: "one",
		logger: silentLogger,
		...connectionSecurity(security),
	});
}

/** As an operator configures it whose identity provider writes tokens to a file. */
function connectByToken(tokenFile: string): Promise<ItemStream> {
	const { brokers, security } = readConfig({
		BREAKWATER_KAFKA_BROKERS: kafka.broker,
		BREAKWATER_KAFKA_TLS: "true",
		BREAKWATER_KAFKA_CA_FILE: kafka.caFile,
		BREAKWATER_KAFKA_SASL: "oauthbearer",
		BREAKWATER_KAFKA_TOKEN_FILE: tokenFile,
	}).stream;
	return createKafkaStream({
		brokers,
		clientId: "token",
		record: "one",
		logger: silentLogger,
		...connectionSecurity(security),
	});
}

/** A token that is signed by nobody, good until then. */
function tokenOf(user: string, untilMs: number): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
	const [iat, exp] = [untilMs - 3_600_000, untilMs].map((ms) => Math.round(ms / 1_000));
	return `${part({ alg: "none" })}.${part({ sub: user, iat, exp })}.`;
}

async function allow(): Promise<void> {
	const admin = new Kafka({ brokers: [kafka.openBroker], logLevel: logLevel.NOTHING }).admin();
	await admin.connect();
	const rule = (user: string, operation: AclOperation, resourceType: AclResource, resourceName: string) => ({
		...{ principal: `User:${user}`, host: "*", operation, resourceType, resourceName },
		permissionType: AclPermissionTypes.ALLOW,
		resourcePatternType:
			resourceName === "breakwater." || resourceName === "breakwater-"
				? ResourcePatternTypes.PREFIXED
				: ResourcePatternTypes.LITERAL,
	});
	const { ALL, WRITE, DESCRIBE } = AclOperationTypes;
	const { TOPIC, GROUP, CLUSTER } = AclResourceTypes;
	await admin.createAcls({
		acl: [
			rule("breakwater", ALL, TOPIC, "breakwater."),
			rule("breakwater", ALL, GROUP, "breakwater-"),
			rule("breakwater", ALL, CLUSTER, "kafka-cluster"),
			// A platform writes its items, and reads and deletes nothing.
			rule("forum", WRITE, TOPIC, topics.posts),
			rule("forum", DESCRIBE, CLUSTER, "kafka-cluster"),
			rule("stranger", DESCRIBE, CLUSTER, "kafka-cluster"),
		],
	});
	await admin.disconnect();
}

beforeAll(async () => {
	kafka = closing.keep(await startSecuredKafka(["breakwater", "forum", "stranger"]));
	await allow();
	own = closing.keep(await eventually(() => connect("breakwater"), { withinMs: 30_000 }));
	await own.createTopics(1);
	await own.subscribe({
		topics: [topics.posts],
		group: `breakwater-${randomUUID()}`,
		maxUnsettled: 100,
		onFailure: (error) => {
			throw error;
		},
		onDeliveries: (deliveries) => received.push(...deliveries),
	});
}, 120_000);
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
}, 60_000);

const record = (source: string, type = "breakwater.post.published.v1", id = randomUUID()): OutgoingRecord => ({
	key: id,
	headers: { "content-type": "application/cloudevents+json" },
	value: Buffer.from(
		JSON.stringify({
			...{ specversion: "1.0", type, source, id, subject: id },
			data: { text: "hello", authorId: "a", surface: "public" },
		}),
	),
});

/** What the detector's first steps make of it, once it has come through the broker. */
async function outcomeOf({ key }: OutgoingRecord): Promise<string> {
	const find = createFindPlatform({
		clock: { now: () => Date.now() },
		platforms: {
			findBySource: async (source) => ({
				...{ id: platformId.parse(uuidv7(Date.now())), name: "any", source, webhook: null },
				...{ mediaHosts: [], addressTemplates: [], country: null, jurisdictions: [], isEnabled: true },
			}),
		},
		events: createEvents(silentLogger, createMetrics("test")),
		eventSecrets: [secret],
	});
	const delivery = await eventually(() => received.find((one) => one.record.key === key) ?? false, {
		withinMs: 45_000,
	});
	if (delivery === false) throw new Error("it was delivered");
	delivery.settle();
	const parsed = await parseEvent({ record: delivery.record, attempt: 1, isLastAttempt: false });
	if (parsed.kind !== "next") return parsed.kind;
	const found = await find(parsed.value);
	return found.kind === "park" ? `parked: ${found.faults.map(({ code }) => code).join()}` : found.kind;
}
const forged = "parked: not-signed";

test("nobody gets in with a wrong password, or without TLS and a name", async () => {
	await expect(connect("forum", "wrong")).rejects.toMatchObject({ code: "stream-unavailable" });
	const plain = createKafkaStream({ brokers: [kafka.broker], clientId: "plain", record: "one", logger: silentLogger });
	await expect(plain).rejects.toMatchObject({ code: "stream-unavailable" });
}, 90_000);

test("a token says who we are, to the same rules; one that has run out lets nobody in", async () => {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-token-"));
	const file = join(folder, "token");
	try {
		await writeFile(file, `${tokenOf("forum", Date.now() + 600_000)}\n`);
		await using forum = await connectByToken(file);
		await forum.publish(topics.posts, [record("//forum.example")]);
		await expect(forum.publish(topics.orders, [record("//forum.example")])).rejects.toMatchObject({
			code: "stream-unavailable",
		});
		await writeFile(file, tokenOf("forum", Date.now() - 60_000));
		// The broker answers a token that it does not take by an error that the client sees at its first request only.
		await using late = await connectByToken(file);
		await expect(late.publish(topics.posts, [record("//forum.example")])).rejects.toMatchObject({
			code: "stream-unavailable",
		});
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}, 90_000);

test("the broker refuses a producer to whom no topic was given, and a platform any other topic", async () => {
	await using stranger = await connect("stranger");
	await expect(stranger.publish(topics.posts, [record("//forum.example")])).rejects.toMatchObject({
		code: "stream-unavailable",
	});
	await using forum = await connect("forum");
	await expect(forum.publish(topics.orders, [record("//forum.example")])).rejects.toMatchObject({
		code: "stream-unavailable",
	});
}, 90_000);

test("a platform's own records are taken, signed with its own key", async () => {
	await using forum = await connect("forum");
	const plain = record("//forum.example");
	const signature = signatureOf(feedKeyOf(secret, "//forum.example"), plain);
	const signed = { ...plain, headers: { ...plain.headers, [signatureHeader]: signature } };
	await forum.publish(topics.posts, [signed]);
	expect(await outcomeOf(signed)).toBe("next");
}, 90_000);

test.each(["breakwater.post.published.v1", "breakwater.item.deleted.v1"])(
	"a platform that may write cannot write as another: %s",
	async (type) => {
		await using forum = await connect("forum");
		const unsigned = record("//other.example", type);
		const withItsOwnKey = record("//other.example", type);
		const signature = signatureOf(feedKeyOf(secret, "//forum.example"), withItsOwnKey);
		const headers = { ...withItsOwnKey.headers, [signatureHeader]: signature };
		await forum.publish(topics.posts, [unsigned, { ...withItsOwnKey, headers }]);
		expect([await outcomeOf(unsigned), await outcomeOf(withItsOwnKey)]).toEqual([forged, forged]);
	},
	90_000,
);

test("what intake signed for a platform is taken like its own", async () => {
	const signed = signRecord(secret, "//other.example", record("//other.example"));
	await own.publish(topics.posts, [signed]);
	expect(await outcomeOf(signed)).toBe("next");
}, 90_000);
