// The flood: ten files at once, then some a second, each costly in another way and each another file, so that no memory of the last helps.
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { eventTypes } from "../../../services/core/wire/item-event.ts";
import { narrowPng, otherFile, tiffOfPages } from "../../support/costly-pictures.ts";
import type { Feed } from "../pipeline/feeds.ts";

export interface FloodPlan {
	readonly source: string;
	readonly perSecond: number;
	readonly signal: AbortSignal;
}

export interface FloodOutcome {
	readonly sent: number;
	readonly refused: number;
}

const atOnce = 10;

export async function sendFlood(feed: Feed, { source, perSecond, signal }: FloodPlan): Promise<FloodOutcome> {
	const pictures = [
		// Refused by its header; times out; takes some seconds; takes one or two.
		...[narrowPng(90_000_000), narrowPng(60_000_000), narrowPng(20_000_000), narrowPng(6_500_000)],
		// Each page is found by way of all before it.
		...[tiffOfPages(65_535), tiffOfPages(3_000)],
	];
	const run = randomUUID().slice(0, 8);
	const outcome = { sent: 0, refused: 0 };
	const underWay: Promise<unknown>[] = [];
	const send = async (index: number) => {
		const subject = `flood/${run}-${index}`;
		const attributes = {
			...{ specversion: "1.0", type: eventTypes.mediaUploaded, source, id: subject, subject },
			...{ time: new Date().toISOString(), authorid: "author", surface: "public" },
		};
		const bytes = otherFile(pictures[index % pictures.length] ?? new Uint8Array(), subject);
		if (await feed.picture(attributes, bytes).catch(() => false)) outcome.sent += 1;
		else outcome.refused += 1;
	};
	for (let index = 0; !signal.aborted; index += 1) {
		underWay.push(send(index));
		if (index + 1 >= atOnce) await wait(1_000 / perSecond, undefined, { signal }).catch(() => undefined);
	}
	await Promise.all(underWay);
	return outcome;
}
