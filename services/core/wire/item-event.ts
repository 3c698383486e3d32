// What platforms send: CloudEvents 1.0 about posts and media. The pair (source, id) identifies an event: a second event with
// the same pair is a duplicate. `subject` is the platform's own id of the content, and what orders name.
import { z } from "zod";
import { ofRule } from "../fault.ts";
import { type Country, country } from "./country.ts";
import { parseEventTime } from "./event-time.ts";
import { isStorableText, storablePattern } from "./storable.ts";

export const surfaces = ["public", "group", "direct"] as const;
export const surface = z.enum(surfaces);
export type Surface = z.infer<typeof surface>;

/** Characters of text in one post; longer text is refused, not cut, so that nothing goes unexamined. */
export const maxTextLength = 100_000;

/** Ids must survive every store: no NUL, no lone surrogates. */
const identifier = (maxLength: number) =>
	z.string().min(1).max(maxLength).refine(isStorableText, ofRule("unstorable-text")).meta(storablePattern);

/** RFC 3339 with a zone, as the record can keep it. */
const eventTime = z
	.string()
	.meta({ format: "date-time" })
	.transform((text, context) => {
		const parsed = parseEventTime(text);
		if (parsed.ok) return parsed.time;
		context.addIssue({ code: "custom", message: ofRule(parsed.rule) });
		return z.NEVER;
	});

/** Accounts that one post may name as those it is to. One that is to more leaves them out: it is to everybody there. */
export const maxRecipients = 8;

const ageYears = z.int().min(0).max(130);

const recipient = z.object({
	accountId: identifier(256),
	/** When that account was made. */
	accountCreated: eventTime.optional(),
	/** In whole years, where the platform knows it. */
	age: ageYears.optional(),
});

const postData = z.object({
	text: z.string().max(maxTextLength),
	authorId: identifier(256),
	surface,
	language: z.string().max(35).optional(),
	/** The platform's id of what it was said in: a thread, a chat, a channel. Without one nobody is looked at for whom they write to. */
	conversationId: identifier(512).optional(),
	/** By which answers name it; left out, it is the subject. */
	postId: identifier(512).optional(),
	/** The `postId` of the post that it answers. */
	inReplyTo: identifier(512).optional(),
	/** Whom it is to, where that is known. */
	recipients: z.array(recipient).max(maxRecipients).optional(),
	/** The author's age in whole years, where the platform knows it. */
	authorAge: ageYears.optional(),
});
type PostData = z.infer<typeof postData>;

/** Segments are numbered from 0, or from wherever the platform likes; the number is shown to people, and decides nothing. */
const segmentNumber = z.int().min(0);

/** The live stream that a video is a segment of: what people must see of it is one case. */
const liveData = z.object({
	/** The platform's id of the stream; the same id of another account is another stream. */
	streamId: identifier(512),
	sequence: segmentNumber.optional(),
});

/** The number in a header is a text. */
const segmentAttribute = z.union([
	segmentNumber,
	z
		.string()
		.regex(/^\d{1,15}$/)
		.transform(Number),
]);

/** Where the bytes are: at most one of `url` and `objectKey`; neither means that they travel in the event itself. */
const mediaData = z
	.object({
		authorId: identifier(256),
		surface,
		postId: identifier(512).optional(),
		live: liveData.optional(),
		url: z
			.url({ protocol: /^https?$/ })
			.max(2083)
			.optional(),
		objectKey: z
			.string()
			.regex(/^[A-Za-z0-9][A-Za-z0-9/_.-]{0,511}$/)
			.optional(),
	})
	.refine((data) => data.url === undefined || data.objectKey === undefined, ofRule("url-and-object-key"))
	// The same, for the API's description.
	.meta({ not: { required: ["url", "objectKey"] } });

const engagementData = z.object({
	views: z.int().min(0).optional(),
	shares: z.int().min(0).optional(),
	reports: z.int().min(0).optional(),
});
type EngagementData = z.infer<typeof engagementData>;

const attributes = {
	specversion: z.literal("1.0"),
	id: identifier(512),
	source: identifier(512),
	time: eventTime.optional(),
	datacontenttype: z.string().max(255).optional(),
	dataschema: z.string().max(2083).optional(),
	/** An extension attribute: the country whose law holds for the item. Left out, it is the one that its platform is registered with. */
	country: country.optional(),
	/** An extension attribute: when the account of `authorId` was made. Rules ask how new it is; left out, it is as new as it was first seen here. */
	accountcreated: eventTime.optional(),
};
const subject = identifier(512);

export const eventTypes = {
	postPublished: "breakwater.post.published.v1",
	postEdited: "breakwater.post.edited.v1",
	mediaUploaded: "breakwater.media.uploaded.v1",
	itemDeleted: "breakwater.item.deleted.v1",
	itemEngagement: "breakwater.item.engagement.v1",
} as const;
export type EventType = (typeof eventTypes)[keyof typeof eventTypes];

/** Structured mode (JSON). Media bytes may travel as `data_base64`, with `authorid`, `surface`, `livestream` and `livesequence` as extension attributes. */
export const structuredEvent = z.discriminatedUnion("type", [
	z.object({ ...attributes, type: z.literal(eventTypes.postPublished), subject: subject.optional(), data: postData }),
	z.object({ ...attributes, type: z.literal(eventTypes.postEdited), subject, data: postData }),
	z
		.object({
			...attributes,
			type: z.literal(eventTypes.mediaUploaded),
			subject: subject.optional(),
			authorid: identifier(256).optional(),
			surface: surface.optional(),
			/** Bytes in the event have no `data` to say it in. */
			livestream: identifier(512).optional(),
			livesequence: segmentAttribute.optional(),
			data: mediaData.optional(),
			data_base64: z.base64().optional(),
		})
		.meta({
			anyOf: [
				{
					required: ["data"],
					not: { required: ["data_base64"] },
					properties: { data: { anyOf: [{ required: ["url"] }, { required: ["objectKey"] }] } },
				},
				{ required: ["data_base64", "authorid", "surface"] },
			],
		}),
	z.object({ ...attributes, type: z.literal(eventTypes.itemDeleted), subject, data: z.unknown().optional() }),
	z.object({ ...attributes, type: z.literal(eventTypes.itemEngagement), subject, data: engagementData }),
]);
export type StructuredEvent = z.infer<typeof structuredEvent>;

interface EventBase {
	readonly source: string;
	readonly id: string;
	readonly subject: string;
	/** The platform's own time of the event, or null where it sent none; the start of time-to-withhold. */
	readonly time: Date | null;
	/** As the platform says; null where it said none. */
	readonly country: Country | null;
	/** When its account was made, as the platform says; null where it said nothing. */
	readonly accountCreated: Date | null;
}

/** A segment of a live stream, as its platform calls it; null where that did not say which. */
export const liveSegment = z.object({ streamId: z.string(), sequence: z.int().nullable() }).readonly();
export type LiveSegment = z.infer<typeof liveSegment>;

export type MediaLocation =
	| { readonly kind: "inline"; readonly bytes: Uint8Array }
	| { readonly kind: "url"; readonly url: string }
	| { readonly kind: "object"; readonly objectKey: string };

/** A parsed event, the same for both CloudEvents modes. */
export type ItemEvent =
	| (EventBase & {
			readonly type: typeof eventTypes.postPublished | typeof eventTypes.postEdited;
			readonly post: PostData;
	  })
	| (EventBase & {
			readonly type: typeof eventTypes.mediaUploaded;
			readonly media: {
				readonly authorId: string;
				readonly surface: Surface;
				readonly postId: string | null;
				readonly live: LiveSegment | null;
			};
			readonly location: MediaLocation;
	  })
	| (EventBase & { readonly type: typeof eventTypes.itemDeleted })
	| (EventBase & { readonly type: typeof eventTypes.itemEngagement; readonly engagement: EngagementData });

export function topicOf(type: EventType): "posts" | "media" {
	return type === eventTypes.mediaUploaded ? "media" : "posts";
}
