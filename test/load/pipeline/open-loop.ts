// Load at a steady rate whatever the answers' speed: each item's time is when it was due, not when it could be sent, so that
// waiting is never left out of the figures (no coordinated omission).
import { randomUUID } from "node:crypto";
import { eventTypes } from "../../../services/core/wire/item-event.ts";
import type { Feed } from "./feeds.ts";

export interface LoadPlan {
	readonly postsPerSecond: number;
	readonly picturesPerSecond: number;
	readonly seconds: number;
	readonly source: string;
	readonly knownText: string;
	readonly ordinaryPictures: readonly Uint8Array[];
	readonly knownPictures: readonly Uint8Array[];
	/** One in so many is a planted copy. */
	readonly plantedPostEvery: number;
	readonly plantedPictureEvery: number;
	/** What is due within this time goes out together, as from a platform that gathers its posts; 0 sends each alone. */
	readonly gatherMs: number;
}

export type Lane = "posts" | "media";

interface Planted {
	readonly subject: string;
	readonly lane: Lane;
	readonly dueAtMs: number;
}

export interface LoadOutcome {
	readonly sent: number;
	readonly refused: number;
	readonly planted: readonly Planted[];
	readonly startedAtMs: number;
	readonly endedAtMs: number;
}

interface Due {
	readonly index: number;
	readonly dueAtMs: number;
}

export async function sendLoad(plan: LoadPlan, feed: Feed): Promise<LoadOutcome> {
	const startedAtMs = Date.now() + 100;
	const run = randomUUID().slice(0, 8);
	const planted: Planted[] = [];
	let sent = 0;
	let refused = 0;
	const settle = async (count: number, marks: readonly Planted[], sending: Promise<boolean>) => {
		if (await sending.catch(() => false)) {
			sent += count;
			planted.push(...marks);
		} else refused += count;
	};
	const subjectOf = (lane: Lane, { index }: Due) => `${lane}/${run}-${index}`;
	const marksOf = (lane: Lane, due: readonly Due[], every: number): readonly Planted[] =>
		due
			.filter(({ index }) => isPlanted(index, every))
			.map((one) => ({ subject: subjectOf(lane, one), lane, dueAtMs: one.dueAtMs }));

	const posts = pace(plan.postsPerSecond, plan.seconds, startedAtMs, plan.gatherMs, (due) => {
		const events = due.map((one) => {
			const text = isPlanted(one.index, plan.plantedPostEvery)
				? plan.knownText
				: `an ordinary sentence, number ${one.index}`;
			return { subject: subjectOf("posts", one), event: postEvent(plan.source, subjectOf("posts", one), text, one) };
		});
		return settle(due.length, marksOf("posts", due, plan.plantedPostEvery), feed.posts(events));
	});
	const pictures = pace(plan.picturesPerSecond, plan.seconds, startedAtMs, 0, (due) =>
		Promise.all(
			due.map((one) => {
				const isKnown = isPlanted(one.index, plan.plantedPictureEvery);
				const choice = isKnown ? plan.knownPictures : plan.ordinaryPictures;
				const bytes = choice[one.index % choice.length] ?? new Uint8Array(0);
				const attributes = pictureAttributes(plan.source, subjectOf("media", one), one);
				return settle(1, marksOf("media", [one], plan.plantedPictureEvery), feed.picture(attributes, bytes));
			}),
		),
	);
	await Promise.all([posts, pictures]);
	return { sent, refused, planted, startedAtMs, endedAtMs: Date.now() };
}

function isPlanted(index: number, every: number): boolean {
	return index % every === every - 1;
}

/** Calls with what has come due; never waits for the one before. */
async function pace(
	perSecond: number,
	seconds: number,
	startedAtMs: number,
	gatherMs: number,
	send: (due: readonly Due[]) => Promise<unknown>,
): Promise<void> {
	const underWay = new Set<Promise<unknown>>();
	const count = Math.round(perSecond * seconds);
	const dueAt = (index: number) => startedAtMs + (index * 1000) / perSecond;
	for (let next = 0; next < count; ) {
		const waitMs = dueAt(next) + gatherMs - Date.now();
		if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
		const due: Due[] = [];
		for (; next < count && dueAt(next) <= Date.now(); next += 1) due.push({ index: next, dueAtMs: dueAt(next) });
		for (const part of gatherMs === 0 ? due.map((one) => [one]) : [due]) {
			if (part.length === 0) continue;
			const task = send(part);
			underWay.add(task);
			void task.then(() => underWay.delete(task));
		}
	}
	await Promise.all(underWay);
}

function postEvent(source: string, subject: string, text: string, { index, dueAtMs }: Due) {
	const data = { text, authorId: `author-${index % 500}`, surface: "public" };
	return {
		specversion: "1.0",
		type: eventTypes.postPublished,
		source,
		id: subject,
		subject,
		time: new Date(dueAtMs).toISOString(),
		data,
	};
}

function pictureAttributes(source: string, subject: string, { index, dueAtMs }: Due) {
	return {
		specversion: "1.0",
		type: eventTypes.mediaUploaded,
		source,
		id: subject,
		subject,
		time: new Date(dueAtMs).toISOString(),
		authorid: `author-${index % 500}`,
		surface: "public",
	};
}
