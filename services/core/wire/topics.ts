// The stream's topics. Values are CloudEvents 1.0; the key is the platform's own id of the content, so that all events of
// one piece of content stay in order in one partition.
import { z } from "zod";

export const topics = {
	posts: "breakwater.posts",
	media: "breakwater.media",
	overflow: "breakwater.overflow",
	orders: "breakwater.orders",
	deadLetters: "breakwater.dead-letters",
	/** What was concluded, decided, ordered and reported, without content (core/history). */
	history: "breakwater.history",
} as const;

export const topic = z.enum(topics);
export type Topic = z.infer<typeof topic>;
/** Where platforms' events go in; each is a lane of its own, so that slow media never delays text. */
export type InboundTopic = typeof topics.posts | typeof topics.media;
/** All that a detector reads. What a platform sends beyond its share while others wait goes on in the overflow lane. */
export const lanes = [topics.posts, topics.media, topics.overflow] as const;
