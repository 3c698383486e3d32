// A platform's feed with planted copies at a steady rate, decided by its seed alone, and the ledger of what was sent. Like any
// careful sender it hands an item over again, under the same id, until somebody has taken it.
import { setTimeout as wait } from "node:timers/promises";
import type { InboundTopic } from "../../services/core/wire/topics.ts";
import { randomFrom } from "../support/random-from.ts";
import type { SentItem } from "./reconcile.ts";

export type NewItem = Pick<SentItem, "expected"> &
	(
		| { readonly kind: "post"; readonly text: string }
		| { readonly kind: "picture"; readonly bytes: Uint8Array }
		/** A record of the scenario's own making; it goes to Kafka as it is. */
		| { readonly kind: "raw"; readonly topic: InboundTopic; readonly value: (named: Named) => Uint8Array | string }
	);

export interface Named {
	readonly eventId: string;
	readonly subject: string;
	readonly eventTimeMs: number;
}
export type Outgoing = NewItem & Named;

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
	/** For records of a scenario's own making; null where there is no Kafka. */
	readonly rawCarrier: Carrier | null;
}

export interface Feed {
	readonly sent: () => readonly SentItem[];
	/** An item of the scenario's own, into the same ledger; by a carrier of its own, or one of the feed's. */
	send(item: NewItem, carrier?: Carrier): void;
	/** The newest of the items once more, in any order. */
	repeat(count: number): void;
	/** Produces nothing until resumed; resolves once all that was sent is taken. */
	pause(): Promise<void>;
	resume(): void;
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
	let isPaused = false;

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
	const handedOut: { readonly entry: Entry; readonly item: Outgoing; readonly carrier: Carrier }[] = [];
	const send = (item: NewItem, own?: Carrier) => {
		const number = entries.length;
		const eventId = `${plan.run}-${number}`;
		const subject = `${item.kind}/${eventId}`;
		const nowMs = Date.now();
		const entry: Entry = {
			...{ eventId, subject, expected: item.expected },
			...{ eventTimeMs: nowMs, firstSentAtMs: nowMs, acknowledgedAtMs: null, handovers: 0 },
		};
		entries.push(entry);
		const carrier = own ?? (item.kind === "raw" ? plan.rawCarrier : plan.carriers[number % plan.carriers.length]);
		if (carrier === undefined || carrier === null) throw new Error("nothing can carry this item");
		const outgoing = { ...item, eventId, subject, eventTimeMs: nowMs };
		handedOut.push({ entry, item: outgoing, carrier });
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
					if (!isPaused && underWay.size < mostUnderWay) send(makeItem(plan, kind, random));
			}
			await wait(tickMs);
		}
	};
	const producing = produce();
	return {
		sent: () => entries,
		send,
		repeat(count) {
			const chosen = handedOut.slice(-count).map((one) => ({ one, place: random() }));
			for (const { one } of chosen.toSorted((a, b) => a.place - b.place))
				track(handOver(one.entry, one.item, one.carrier));
		},
		async pause() {
			isPaused = true;
			await Promise.all(underWay);
		},
		resume() {
			isPaused = false;
		},
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

function makeItem(plan: FeedPlan, kind: "post" | "picture", random: () => number): NewItem {
	const isPlanted = random() * plan.plantedEvery < 1;
	const expected = isPlanted ? "withheld" : "clear";
	const pick = <T>(list: readonly T[]): T => {
		const picked = list[Math.floor(random() * list.length)];
		if (picked === undefined) throw new Error("nothing to pick from");
		return picked;
	};
	if (kind === "picture")
		return { kind, expected, bytes: pick(isPlanted ? plan.knownPictures : plan.ordinaryPictures) };
	return { kind, expected, text: isPlanted ? pick(plan.knownTexts) : `an ordinary post, number ${random()}` };
}
