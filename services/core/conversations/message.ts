// A message: a post that stands in a conversation, as far as it is kept. Who wrote to whom and when, and whether it named a place elsewhere;
// no word of it.
import { waitBegan } from "../wire/event-time.ts";
import type { ItemEvent, Surface } from "../wire/item-event.ts";

/** Somebody whom a message is to, and what the platform says of that account. */
export interface Recipient {
	readonly account: string;
	/** When the account was made; null where nothing is said. */
	readonly created: Date | null;
	/** In whole years; null where nothing is said. */
	readonly age: number | null;
}

/** Ids are compared within one platform, and may be the platform's own or made of them. */
export interface Message {
	readonly conversation: string;
	readonly post: string;
	readonly author: string;
	/** The post that it answers; null where it answers none. */
	readonly inReplyTo: string | null;
	readonly recipients: readonly Recipient[];
	readonly at: Date;
	readonly surface: Surface;
	/** It names a place off the platform, as lists say. */
	readonly isMove: boolean;
	readonly authorCreated: Date | null;
	readonly authorAge: number | null;
}

/** What is read of an account for one of its posts. Ids are the same within the window, and need not be the platform's. */
export interface MessageWindow {
	readonly account: string;
	readonly post: string;
	/** What comes to the same contacts as the account's newest, and as what of others is about them: a store need not answer each. */
	readonly messages: readonly Message[];
}

/** What is older counts for nothing, and is let go. */
export const windowMs = 7 * 86_400_000;

/** One account's newest messages that one look reads: a flood costs no more than this. */
export const mostOwnMessages = 256;
/** And of others, the first in each conversation between few, and the first answers to each message. */
export const mostOfOthers = 16;
/** Messages of one account in one conversation that are kept, of those that name a place elsewhere as many more; about, where many come at once. */
export const mostInConversation = 32;

type PostEvent = Extract<ItemEvent, { readonly post: unknown }>;

/** Null for a post that stands in no conversation. */
export function messageOf(event: PostEvent, receivedAt: Date, isMove: boolean): Message | null {
	const { conversationId, postId, inReplyTo, recipients, authorId, authorAge, surface } = event.post;
	if (conversationId === undefined) return null;
	return {
		conversation: conversationId,
		post: postId ?? event.subject,
		author: authorId,
		inReplyTo: inReplyTo ?? null,
		recipients: (recipients ?? []).map(({ accountId, accountCreated, age }) => ({
			...{ account: accountId, created: accountCreated ?? null, age: age ?? null },
		})),
		at: event.time === null ? receivedAt : waitBegan(event.time, receivedAt),
		...{ surface, isMove, authorCreated: event.accountCreated, authorAge: authorAge ?? null },
	};
}
