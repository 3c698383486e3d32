// What an event may say and what the record can keep are the same: whatever the contract lets through is recorded, on a real PostgreSQL.
// Out of scope: texts and bytes, which the record keeps in other ways (record.test.ts).
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { eventTypes } from "../../../services/core/wire/item-event.ts";
import { parseStructuredEvent } from "../../../services/core/wire/parse-item-event.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] });
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, "0"));
const year = fc.oneof(fc.constantFrom(0, 1, 2, 1969, 1970, 9998, 9999), fc.integer({ min: 0, max: 9999 }));
const edge = fc.constantFrom("01-01T00:00:00", "12-31T23:59:59.999", "12-31t23:59:60");
const moment = fc
	.tuple(two(13), two(32), two(24), two(60), two(60))
	.map(([month, day, hour, minute, second]) => `${month}-${day}T${hour}:${minute}:${second}`);
const zone = fc.oneof(
	fc.constantFrom("Z", "z", "+23:59", "-23:59", "+00:01", "-00:01"),
	fc.tuple(fc.constantFrom("+", "-"), two(24), two(60)).map(([sign, hour, minute]) => `${sign}${hour}:${minute}`),
);
const time = fc
	.tuple(year, fc.oneof(edge, moment), zone)
	.map(([number, rest, end]) => `${String(number).padStart(4, "0")}-${rest}${end}`);
const identifier = (maxLength: number) =>
	fc.oneof(
		fc.string({ unit: "binary", minLength: 1, maxLength }),
		fc.string({ unit: "grapheme", minLength: 1, maxLength, size: "max" }),
	);
const post = fc.record({
	specversion: fc.constant("1.0"),
	type: fc.constant(eventTypes.postPublished),
	source: fc.constant("//forum.example"),
	id: identifier(512),
	subject: fc.option(identifier(512), { nil: undefined }),
	time: fc.option(time, { nil: undefined }),
	data: fc.record({
		text: fc.constant("text"),
		authorId: identifier(256),
		surface: fc.constantFrom("public", "group", "direct"),
	}),
});

test("whatever the contract lets through can be recorded, however odd its ids and times", async () => {
	let parsedCount = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(post, { minLength: 1, maxLength: 20 }), async (posts) => {
			const items = posts.flatMap((one) => {
				const parsed = parseStructuredEvent(one);
				if (!parsed.ok || parsed.event.type !== eventTypes.postPublished) return [];
				const { id: eventId, subject, time: eventTime, source } = parsed.event;
				const { authorId, surface } = parsed.event.post;
				const said = { eventId, subject, eventTime, authorId, surface };
				return [newItem(platform.id, source, { ...said, kind: "post", hashes: null, verdict: clearVerdict })];
			});
			parsedCount += items.length;
			const outcomes = await stores.verdicts.record(items);
			expect(outcomes).toHaveLength(items.length);
			for (const { subject, eventTime } of items)
				await stores.verdicts.markGone({ source: platform.source, subject, at: eventTime ?? new Date() });
		}),
		{ numRuns: 60 },
	);
	expect(parsedCount).toBeGreaterThan(100);
});
