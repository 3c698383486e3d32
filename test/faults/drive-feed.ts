// A platform's feed with planted copies at a steady rate, decided by its seed alone, and the ledger of what was sent. Like any
// careful sender it hands an item over again, under the same id, until somebody has taken it.
import { setTimeout as wait } from "node:timers/promises";
import type { SentItem } from "./reconcile.ts";

export interface NewItem extends Pick<SentItem, "expected"> {
	readonly kind: "post" | "picture";
	/** A post's text, a picture's file, or the bytes of a record that is no event at all. */
	readonly content: string | Uint8Array;
}

export interface Outgoing extends NewItem {
	readonly eventId: string;
	readonly subject: string;
	readonly eventTimeMs: number;
}

/** One way to hand an item over; resolves once it was taken. */
export type Carrier = (item: Outgoing) => Promise<void>;

export interface FeedPlan {
	readonly seed: number;
	/** Begins the id of each event. */
	readonly run: string;
	readonly postsPerSecond: number;
	readonly picturesPerSecond: number;
	/** One in so many is a planted copy. */
	readonly plantedEvery: number;
	/** Of a hundred items so many are sent once more, later and in any order. */
	readonly repeatedPercent: number;
	readonly knownTexts: readonly string[];
	readonly knownPictures: readonly Uint8Array[];
	readonly ordinaryPictures: readonly Uint8Array[];
	readonly carriers: readonly Carrier[];
}

export interface Feed {
	readonly sent: () => readonly SentItem[];
	/** An item of the scenario's own, into the same ledger, by the carrier of that number. */
	send(item: NewItem, carrier?: number): void;
	/** Sends nothing new; resolves once everything is taken, or after `withinMs`. */
	stop(withinMs: number): Promise<void>;
}

type Entry = { -readonly [K in keyof SentItem]: SentItem[K] };

const tickMs = 50;
/** A sender without an answer stops producing before its memory is full. */
const mostUnderWay = 1_000;

export function driveFeed(plan: FeedPlan): Feed {
	const random = randomFrom(plan.seed);
	const entries: Entry[] = [];
	const underWay = new Set<Promise<void>>();
	const giveUp = new AbortController();
	let isStopped = false;

	const handOver = async (entry: Entry, item: Outgoing, carrier: Carrier): Promise<void> => {
		for (let failures = 0; !giveUp.signal.aborted; failures += 1) {
			try {
				entry.handovers += 1;
				await carrier(item);
				entry.acknowledgedAtMs = Date.now();
				return;
			} catch {
				await wait(Math.min(1_000, 100 * 2 ** failures));
			}
		}
	};
	const track = (work: Promise<void>) => {
		underWay.add(work);
		void work.finally(() => underWay.delete(work));
	};
	const send = (item: NewItem, carrierNumber?: number) => {
		const number = entries.length;
		const eventId = `${plan.run}-${number}`;
		const subject = `${item.kind}/${eventId}`;
		const nowMs = Date.now();
		const entry: Entry = {
			...{ eventId, subject, expected: item.expected },
			...{ eventTimeMs: nowMs, firstSentAtMs: nowMs, acknowledgedAtMs: null, handovers: 0 },
		};
		entries.push(entry);
		const carrier = plan.carriers[(carrierNumber ?? number) % plan.carriers.length];
		if (carrier === undefined) throw new Error("a feed needs a carrier");
		const outgoing = { ...item, eventId, subject, eventTimeMs: nowMs };
		track(handOver(entry, outgoing, carrier));
		if (random() * 100 < plan.repeatedPercent) {
			const laterMs = random() * 3_000;
			track(wait(laterMs).then(() => handOver(entry, outgoing, carrier)));
		}
	};
	const produce = async () => {
		const startedAtMs = performance.now();
		const made = { post: 0, picture: 0 };
		while (!isStopped) {
			const seconds = (performance.now() - startedAtMs) / 1_000;
			for (const [kind, perSecond] of [
				["post", plan.postsPerSecond],
				["picture", plan.picturesPerSecond],
			] as const) {
				for (; made[kind] < seconds * perSecond; made[kind] += 1)
					if (underWay.size < mostUnderWay) send(makeItem(plan, kind, random));
			}
			await wait(tickMs);
		}
	};
	const producing = produce();
	return {
		sent: () => entries,
		send,
		async stop(withinMs) {
			isStopped = true;
			await producing;
			const late = wait(withinMs, undefined, { ref: false });
			while (underWay.size > 0) {
				const isLate = await Promise.race([Promise.all(underWay).then(() => false), late.then(() => true)]);
				if (isLate) break;
			}
			giveUp.abort();
		},
	};
}

function makeItem(plan: FeedPlan, kind: NewItem["kind"], random: () => number): NewItem {
	const isPlanted = random() * plan.plantedEvery < 1;
	const expected = isPlanted ? "withheld" : "clear";
	const pick = <T>(list: readonly T[]): T => {
		const picked = list[Math.floor(random() * list.length)];
		if (picked === undefined) throw new Error("nothing to pick from");
		return picked;
	};
	if (kind === "picture")
		return { kind, expected, content: pick(isPlanted ? plan.knownPictures : plan.ordinaryPictures) };
	return { kind, expected, content: isPlanted ? pick(plan.knownTexts) : `an ordinary post, number ${random()}` };
}

/** Mulberry32: the same numbers for the same seed, from 0 to below 1. */
export function randomFrom(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
