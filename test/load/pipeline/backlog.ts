// Posts that were left in the stream while no detector ran.
import { randomUUID } from "node:crypto";
import { eventTypes } from "../../../services/core/wire/item-event.ts";
import { createHttpFeed, createKafkaFeed } from "./feeds.ts";
import type { RunningProfile } from "./profiles.ts";

const postsPerSend = 2_000;

/** Fills the posts topic while the detectors are stopped, and starts them again. Cluster profile only. */
export async function fillBacklog(profile: RunningProfile, source: string, count: number): Promise<void> {
	if (profile.broker === null) throw new Error("a backlog needs --profile cluster");
	const startDetectors = await profile.stopDetectors();
	await using feed = await createKafkaFeed(profile.broker, createHttpFeed(profile.intakeUrl, ""));
	const run = randomUUID().slice(0, 8);
	for (let from = 0; from < count; from += postsPerSend) {
		const indexes = Array.from({ length: Math.min(postsPerSend, count - from) }, (_, index) => from + index);
		await feed.posts(
			indexes.map((index) => {
				const subject = `backlog/${run}-${index}`;
				const data = {
					text: `an ordinary sentence of the backlog, number ${index}`,
					authorId: "author",
					surface: "public",
				};
				const time = new Date().toISOString();
				const attributes = { specversion: "1.0", type: eventTypes.postPublished, source, id: subject, subject, time };
				return { subject, event: { ...attributes, data } };
			}),
		);
	}
	await startDetectors();
}
