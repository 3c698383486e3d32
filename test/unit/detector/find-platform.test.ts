import { describe, expect, test } from "@jest/globals";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import type { StreamRecord } from "../../../services/core/ports/item-stream.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { signRecord } from "../../../services/core/wire/event-signature.ts";
import { topics } from "../../../services/core/wire/topics.ts";
import { createFindPlatform } from "../../../services/detector/steps/find-platform.ts";
import { parseEvent } from "../../../services/detector/steps/parse-event.ts";
import type { Received } from "../../../services/detector/values.ts";
import { createEvents } from "../../../services/runtime/events.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { createMetrics } from "../../../services/runtime/metrics.ts";

const receivedAtMs = Date.parse("2026-11-24T09:00:00Z");
const platform: Platform = {
	...{ id: platformId.parse(uuidv7(receivedAtMs)), name: "forum", source: "//forum.example" },
	...{ webhook: null, mediaHosts: [], addressTemplates: [], country: null, jurisdictions: [], isEnabled: true },
};
const received = (time: string): Received => {
	const event = {
		...{ specversion: "1.0", type: "breakwater.post.published.v1", source: platform.source, id: "1", time },
		data: { text: "hello", authorId: "a", surface: "public" },
	};
	const value = Buffer.from(JSON.stringify(event));
	const record = { topic: topics.posts, partition: 0, offset: "0", key: "1", value, headers: {}, receivedAtMs };
	return { record, attempt: 1, isLastAttempt: false };
};

test("a platform whose clock is wrong is counted apart, and its items are examined all the same", async () => {
	const metrics = createMetrics("test");
	const find = createFindPlatform({
		clock: { now: () => receivedAtMs },
		platforms: { findBySource: async () => platform },
		events: createEvents(silentLogger, metrics),
		eventSecrets: [],
	});
	for (const time of ["2999-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026-11-24T08:59:59Z"]) {
		const parsed = await parseEvent(received(time));
		if (parsed.kind !== "next") throw new Error("a readable event");
		expect(await find(parsed.value)).toMatchObject({ kind: "next" });
	}
	const skew = await metrics.registry.getSingleMetric("breakwater_platform_clock_skew_seconds")?.get();
	const counts = skew?.values.filter((one) => "metricName" in one && String(one.metricName).endsWith("_count"));
	expect(counts?.map(({ labels, value }) => [labels.direction, value])).toEqual([
		["ahead", 1],
		["behind", 1],
	]);
});

test("what a disabled platform sends is parked, and can be replayed once it is enabled", async () => {
	const find = createFindPlatform({
		clock: { now: () => receivedAtMs },
		platforms: { findBySource: async () => ({ ...platform, isEnabled: false }) },
		events: createEvents(silentLogger, createMetrics("test")),
		eventSecrets: [],
	});
	const parsed = await parseEvent(received("2026-11-24T08:59:59Z"));
	if (parsed.kind !== "next") throw new Error("a readable event");
	expect(await find(parsed.value)).toMatchObject({ kind: "park", reason: "unknown-platform" });
});

test("a record whose time the database cannot hold is parked at once, with the reason", async () => {
	expect(await parseEvent(received("0000-01-01T00:00:00Z"))).toMatchObject({
		kind: "park",
		reason: "malformed-event",
		faults: [{ code: "field-refused", field: "time", rule: "outside-of-years" }],
	});
});

describe("where records are signed", () => {
	const secrets = ["the secret in use, of 32 characters", "the secret before, of 32 characters"] as const;
	const find = createFindPlatform({
		clock: { now: () => receivedAtMs },
		platforms: { findBySource: async (source) => (source === platform.source ? platform : { ...platform, source }) },
		events: createEvents(silentLogger, createMetrics("test")),
		eventSecrets: secrets,
	});
	const outcome = async ({ record, ...rest }: Received, change: (signed: StreamRecord) => StreamRecord) => {
		const parsed = await parseEvent({ ...rest, record: change(record) });
		if (parsed.kind !== "next") throw new Error("a readable event");
		const found = await find(parsed.value);
		return found.kind === "park" ? [found.reason, ...found.faults.map(({ code }) => code)] : found.kind;
	};
	const event = received("2026-11-24T08:59:59Z");
	const refused = ["unknown-platform", "not-signed"];

	test.each(secrets)("its platform's own key opens the door, of this secret and of the one before", async (secret) => {
		expect(await outcome(event, (record) => signRecord(secret, platform.source, record))).toBe("next");
	});

	test.each<[string, (record: StreamRecord) => StreamRecord]>([
		["is not signed", (record) => record],
		["is signed with another platform's key", (record) => signRecord(secrets[0], "//other.example", record)],
		[
			"is signed with a key of our own that nobody has",
			(record) => signRecord("x".repeat(32), platform.source, record),
		],
		[
			"was changed since",
			(record) => ({ ...signRecord(secrets[0], platform.source, record), value: Buffer.from(`${record.value} `) }),
		],
		[
			"was given other attributes since",
			(record) => {
				const { headers } = signRecord(secrets[0], platform.source, record);
				return { ...record, headers: { ...headers, ce_subject: "another" } };
			},
		],
	])("a record that %s is parked, and examined for nobody", async (_what, change) => {
		expect(await outcome(event, change)).toEqual(refused);
	});
});
