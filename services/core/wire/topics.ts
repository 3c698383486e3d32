// The stream's topics. Values are CloudEvents 1.0; the key is the platform's own id of the content, so that all events of
// one piece of content stay in order in one partition.
export const topics = {
	posts: "breakwater.posts",
	media: "breakwater.media",
	orders: "breakwater.orders",
	verdicts: "breakwater.verdicts",
	deadLetters: "breakwater.dead-letters",
} as const;

export type Topic = (typeof topics)[keyof typeof topics];
/** The topics a detector consumes; each is a lane of its own, so that slow media never delays text. */
export type InboundTopic = typeof topics.posts | typeof topics.media;
