// Records and pictures made to break whoever reads them. Each is parked with a reason or comes before people, and its partition goes
// on. Texts, terms and rules are in text-bombs.ts.
import { Buffer } from "node:buffer";
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";
import { eventTypes } from "../../../services/core/wire/item-event.ts";
import { topics } from "../../../services/core/wire/topics.ts";
import type { Named, NewItem } from "../drive-feed.ts";
import type { FaultContext, Scenario } from "../scenario.ts";

const raw = (
	expected: NewItem["expected"],
	value: (named: Named) => Uint8Array | string,
	topic: (NewItem & { readonly kind: "raw" })["topic"] = topics.posts,
): NewItem => ({ kind: "raw", topic, expected, value });

function records(source: string): readonly NewItem[] {
	const post = ({ eventId, subject, eventTimeMs }: Named, data: Readonly<Record<string, unknown>>, more = {}) =>
		JSON.stringify({
			...{ specversion: "1.0", type: eventTypes.postPublished, source, id: eventId, subject },
			...{ time: new Date(eventTimeMs).toISOString(), data: { authorId: "author", surface: "public", ...data } },
			...more,
		});
	const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
	return [
		raw("parked", () => "{ not json"),
		raw("parked", () => Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x00, 0x80])),
		raw("parked", () => new Uint8Array(0)),
		raw("parked", () => deep),
		raw("parked", () => `{"specversion":"1.0","data":${deep}}`),
		// Deep where nobody looks: the event itself is in order.
		raw("clear", (named) => post(named, { text: "deep beside it" }).replace(/^\{/, `{"extra":${deep},`)),
		raw("parked", (named) => post(named, { text: "x".repeat(10_000_000) }), topics.media),
		raw("clear", (named) => post(named, { text: "a\u0301\u0323".repeat(33_000) })),
		raw("clear", (named) => post(named, { text: "lone \ud800 surrogate and \0 NUL" })),
		raw("parked", (named) => post(named, { text: "x" }, { id: "an id with \0" })),
		raw("parked", (named) => post(named, { text: "x" }, { source: "//nobody.example" })),
		raw("parked", (named) => post(named, { text: "x" }, { type: "breakwater.unknown.v9" })),
		raw("parked", (named) => post(named, { text: "x" }, { __proto__: null, specversion: "0.3" })),
	];
}

/** Small files that are large, or endless, once decoded. */
async function pictures(): Promise<readonly NewItem[]> {
	const flat = (width: number, height: number) =>
		sharp({ create: { width, height, channels: 3, background: "#456" }, limitInputPixels: false });
	const bytes = await Promise.all([
		// Over the limit of 100 megapixels.
		flat(12_000, 9_000).png({ compressionLevel: 9 }).toBuffer(),
		// Within it, and only whole to be decoded, which takes longer than a picture may take here.
		flat(9_900, 9_900).toColourspace("rgb16").png({ progressive: true, compressionLevel: 9 }).toBuffer(),
		sharp({ create: { width: 900, height: 600, channels: 3, background: "#456" } })
			.jpeg()
			.toBuffer()
			.then((whole) => whole.subarray(0, 700)),
		Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00]),
		Buffer.from("GIF89a\x01\x00"),
		Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="90000" height="90000"/>`),
	]);
	return bytes.map((one) => ({ kind: "picture", expected: "people", bytes: one }));
}

/** Drawn before the feed runs: that takes the machine's whole attention for seconds. */
let drawn: readonly NewItem[] | null = null;

async function poison({ feed, system, isFull }: FaultContext): Promise<number> {
	drawn ??= await pictures();
	const all = [...records(system.source), ...drawn];
	const times = isFull ? 10 : 1;
	for (let round = 0; round < times; round += 1) {
		for (const item of all) {
			feed.send(item);
			await wait(50);
		}
	}
	return times * all.length;
}

export const poisons: readonly Scenario[] = [
	{
		name: "poison",
		fault: "Poison: unreadable, deep, huge records; bombs, slow and broken pictures",
		profile: "cluster",
		conditions: async () => {
			drawn = await pictures();
			return {
				// A worker that takes longer is ended and replaced: the slow picture is lost with its worker, and its copies are not tried again.
				env: { BREAKWATER_DECODE_TIMEOUT_MS: "500", BREAKWATER_MAX_EVENT_BYTES: "2000000" },
				[Symbol.asyncDispose]: async () => undefined,
			};
		},
		inflict: poison,
	},
];
