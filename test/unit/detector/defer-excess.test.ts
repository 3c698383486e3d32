import { expect, test } from "@jest/globals";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { type EventType, eventTypes, type ItemEvent } from "../../../services/core/wire/item-event.ts";
import { type Topic, topics } from "../../../services/core/wire/topics.ts";
import { createPlatformShare } from "../../../services/detector/platform-share.ts";
import { createDeferExcess } from "../../../services/detector/steps/defer-excess.ts";

const platform = (name: string): Platform => ({
	...{ id: platformId.parse(uuidv7(1)), name, source: `//${name}.example`, webhook: null },
	...{ mediaHosts: [], addressTemplates: [], country: null, jurisdictions: [], isEnabled: true },
});
const busy = platform("busy");
const quiet = platform("quiet");

/** A detector's step whose lane is behind by `behindMs`. */
function open(behindMs: number, { publishFails = false } = {}) {
	const clock = { now: () => 1_000_000 };
	const published: Topic[] = [];
	const firsts: string[] = [];
	const step = createDeferExcess({
		share: createPlatformShare(clock),
		clock,
		stream: {
			publish: async (topic) => {
				if (publishFails) throw new Error("the stream is away");
				published.push(topic);
			},
		},
		events: { recordDeferred: ({ platform, isFirst }) => void (isFirst && firsts.push(platform)) },
	});
	let offset = 0;
	const send = async (from: Platform, options: { topic?: Topic; type?: EventType } = {}) => {
		const { topic = topics.posts, type = eventTypes.postPublished } = options;
		offset += 1;
		const record = {
			...{ topic, partition: 0, offset: String(offset), key: `post/${offset}`, value: Buffer.from("{}"), headers: {} },
			receivedAtMs: clock.now() - behindMs,
		};
		const event = { source: from.source, id: `e-${offset}`, subject: `post/${offset}`, time: null, type } as ItemEvent;
		return (await step({ record, attempt: 1, isLastAttempt: false, event, platform: from, country: null })).kind;
	};
	const flood = async () => {
		for (let record = 0; record < 50; record += 1) await send(busy);
	};
	return { send, flood, published, firsts };
}

test("while a lane is behind, a flood goes to the overflow lane and another platform's record is examined", async () => {
	const { send, flood, published, firsts } = open(2_000);
	await send(quiet);
	await flood();
	expect(await send(busy)).toBe("settled");
	expect(await send(quiet)).toBe("next");
	expect(new Set(published)).toEqual(new Set([topics.overflow]));
	expect(firsts).toEqual(["busy"]);
});

test("a platform that is alone may use the whole lane", async () => {
	const { send, flood, published } = open(2_000);
	await flood();
	expect(await send(busy)).toBe("next");
	expect(published).toEqual([]);
});

test("while a lane keeps up, nobody's share matters", async () => {
	const { send, flood } = open(10);
	await send(quiet);
	await flood();
	expect(await send(busy)).toBe("next");
});

test("what is in the overflow lane is examined there", async () => {
	const { send, flood } = open(2_000);
	await send(quiet);
	await flood();
	expect(await send(busy, { topic: topics.overflow })).toBe("next");
});

test("a deletion goes the way of the posts before it, even when the lane has caught up", async () => {
	const clock = { now: () => 1_000_000 };
	const share = createPlatformShare(clock);
	share.saw(busy.id);
	share.deferred(busy.id);
	const published: Topic[] = [];
	const step = createDeferExcess({
		...{ share, clock, events: { recordDeferred: () => undefined } },
		stream: { publish: async (topic) => void published.push(topic) },
	});
	const record = {
		...{ topic: topics.posts, partition: 0, offset: "1", key: "post/1", value: Buffer.from("{}"), headers: {} },
		receivedAtMs: clock.now(),
	};
	const event = {
		source: busy.source,
		id: "e-1",
		subject: "post/1",
		time: null,
		country: null,
		accountCreated: null,
		type: eventTypes.itemDeleted,
	} as const;
	const item = { record, attempt: 1, isLastAttempt: false, event, platform: busy, country: null };
	expect((await step(item)).kind).toBe("settled");
	expect(published).toEqual([topics.overflow]);
});

test("a record that the overflow lane cannot take is examined where it is", async () => {
	const { send, flood } = open(2_000, { publishFails: true });
	await send(quiet);
	await flood();
	expect(await send(busy)).toBe("next");
});
