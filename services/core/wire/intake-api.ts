// The intake API: what platforms post over HTTP and what they are answered. Bodies of /v1/events are CloudEvents (item-event.ts);
// errors are problem documents (problem.ts).
import { z } from "zod";

/** Events in one request; a batch is taken whole or not at all. */
export const maxBatchEvents = 1_000;

// POST /v1/events
/** Answered once every event is durable in the stream. Sending an event again (same source and id) changes nothing. */
export const acceptedAnswer = z.object({
	/** Events that count, each id once. */
	accepted: z.int(),
	/** Their CloudEvents ids, in the order of the request. */
	ids: z.array(z.string()),
	/** Ids that stand in the request more than once. */
	repeated: z
		.array(z.string())
		.optional()
		.describe("Ids that stand in the request more than once: of each only one event counts, and it is in `ids` once."),
	/** What was taken and is odd all the same. */
	notices: z
		.array(
			z.object({
				index: z.int().describe("Of the event in the request, counted from 0."),
				code: z.enum(["time-ahead", "time-behind"]),
				detail: z.string(),
			}),
		)
		.optional(),
});
export type AcceptedAnswer = z.infer<typeof acceptedAnswer>;
export type Notice = NonNullable<AcceptedAnswer["notices"]>[number];

// POST /v1/media
/** Attributes of the upload, in the query or as headers `ce-<name>` (lower case); the query wins. */
export const mediaAttributes = z.object({
	id: z
		.string()
		.optional()
		.describe("The platform's id of this event; required. The same id again changes nothing, however much later."),
	source: z.string().optional().describe("The platform's source; may be left out."),
	subject: z.string().optional().describe("The platform's id of the content, which orders name; default: id."),
	time: z.string().optional().describe("When it was uploaded, RFC 3339 with a zone; the start of time-to-withhold."),
	authorId: z.string().optional().describe("The platform's id of who uploaded it; required."),
	surface: z.string().optional().describe("Where it appears: public, group or direct; required."),
	postId: z.string().optional().describe("The post that it belongs to."),
	liveStream: z
		.string()
		.optional()
		.describe("The live stream of its author that it is a segment of: what people must see of it is one case."),
	liveSequence: z
		.string()
		.optional()
		.describe("Which segment of the stream it is: a whole number from 0, which people are shown."),
	country: z
		.string()
		.optional()
		.describe(
			"The country whose law holds for it, ISO 3166-1 alpha-2; default: the one the platform is registered with.",
		),
	accountCreated: z
		.string()
		.optional()
		.describe("When the account of its author was made, RFC 3339 with a zone; rules ask how new it is."),
});
export type MediaAttributes = z.infer<typeof mediaAttributes>;

export const uploadAnswer = acceptedAnswer.extend({
	sizeBytes: z.int(),
	/** The hash of the file, once what it was compressed with on its way is undone; hexadecimal. */
	sha256: z.string(),
});
export type UploadAnswer = z.infer<typeof uploadAnswer>;
