// A day of harmless copies, and outbreaks planted among them, as sightings in the order of time. Harmless: things that are sent once; popular ones, by
// Zipf; and things that spread, whose sizes have a heavy tail (one in 3 000 reaches a hundred copies) and whose copies come over hours. Planted: 20 to
// 2 000 copies, doubling every 5 to 30 minutes, some sent twice by an account; of a third of them many accounts are new, of a third some, and of a
// third no more than of anything else.
import type { Sighting } from "../../../services/core/outbreaks/sighting.ts";
import { randomFrom } from "../../support/random-from.ts";

export interface Stream {
	readonly itemsPerDay: number;
	readonly days: number;
	/** Of each share of new accounts; planted on every day but the first. */
	readonly outbreaksPerDay: number;
	readonly seed: number;
}

export interface Planted {
	readonly key: string;
	readonly copies: number;
	readonly beganAt: number;
	readonly newShare: number;
}

export const newShares = [0.4, 0.15, 0.03] as const;

const start = 1_800_000_000;
export const daySeconds = 86_400;
const share = { once: 0.45, popular: 0.4 };
const popularThings = 200_000;
export const tailExponent = Math.log(3_000) / Math.log(100);
export const largestHarmless = 5_000;
export const medianDelaySeconds = 4 * 3_600;
export const delaySpread = 1.2;
const accounts = 2_000_000;
const newAmongHarmless = 0.03;
export const sentTwice = 0.15;
/** Copies of a thing that spreads, on average. */
const meanCascade = 1 / (1 - 1 / tailExponent) + 0.3;
export const spreadsPerItem = (1 - share.once - share.popular) / meanCascade;
export const doublingFrom = 300;
export const doublingTo = 1_800;

interface Coming {
	readonly key: string;
	/** Null where it is harmless. */
	readonly newShare: number | null;
}

export function* sightingsOfDays(stream: Stream, onPlanted: (planted: Planted) => void): Generator<Sighting> {
	const random = randomFrom(stream.seed);
	const coming = new Map<number, Coming[]>();
	const add = (at: number, one: Coming) => {
		const present = coming.get(at);
		if (present === undefined) coming.set(at, [one]);
		else present.push(one);
	};
	const voices = createVoices(random);
	const perSecond = stream.itemsPerDay / daySeconds;
	const plantedPerSecond = stream.outbreaksPerDay / daySeconds;
	let made = 0;
	let owed = 0;
	for (let second = 0; second < stream.days * daySeconds; second += 1) {
		const at = start + second;
		owed += perSecond * (1 + 0.5 * Math.sin((2 * Math.PI * second) / daySeconds));
		for (const newShare of second >= daySeconds ? newShares : [])
			if (random() < plantedPerSecond) onPlanted(plant({ key: `planted-${made++}`, newShare }, at, random, add));
		for (; owed >= 1; owed -= 1) {
			const kind = random();
			if (kind < share.once) add(at, { key: `once-${made++}`, newShare: null });
			else if (kind < share.once + share.popular)
				add(at, { key: `popular-${Math.floor(popularThings ** random())}`, newShare: null });
			else if (random() < 1 / meanCascade) spread(`spreads-${made++}`, at, random, add);
		}
		for (const one of coming.get(at) ?? [])
			yield { subject: { kind: "cluster", key: one.key }, platform: "forum", voice: voices(one), atSeconds: at };
		coming.delete(at);
	}
}

type Add = (at: number, one: Coming) => void;

function spread(key: string, at: number, random: () => number, add: Add): void {
	const copies = Math.min(largestHarmless, Math.floor((1 - random()) ** (-1 / tailExponent)));
	add(at, { key, newShare: null });
	for (let copy = 1; copy < copies; copy += 1) add(at + delayOf(random), { key, newShare: null });
}

/** How long after the first a copy of a harmless thing comes. */
export function delayOf(random: () => number): number {
	const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	return Math.ceil(medianDelaySeconds * Math.exp(delaySpread * normal));
}

/** When each copy of a planted one comes, after it began. */
export function planOf(random: () => number): readonly number[] {
	const copies = Math.round(20 * 100 ** random());
	const doublingSeconds = doublingFrom * (doublingTo / doublingFrom) ** random();
	return Array.from({ length: copies }, (_, copy) =>
		Math.round(doublingSeconds * Math.log2(1 + (copy + random()) / 2)),
	);
}

function plant(
	one: { readonly key: string; readonly newShare: number },
	at: number,
	random: () => number,
	add: Add,
): Planted {
	const plan = planOf(random);
	for (const after of plan) add(at + after, one);
	return { ...one, copies: plan.length, beganAt: at };
}

function createVoices(random: () => number): (of: Coming) => string {
	let fresh = 0;
	const last = new Map<string, string>();
	return ({ key, newShare }) => {
		const before = last.get(key);
		if (newShare !== null && before !== undefined && random() < sentTwice) return before;
		const isNew = random() < (newShare ?? newAmongHarmless);
		const voice = isNew ? `new-${fresh++}` : `account-${Math.floor(accounts * random() ** 2)}`;
		if (newShare !== null) last.set(key, voice);
		return voice;
	};
}
