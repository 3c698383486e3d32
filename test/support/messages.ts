import type { Message, Recipient } from "../../services/core/conversations/message.ts";

export const messagesBegan = Date.parse("2026-11-01T12:00:00Z");

/** A message so many seconds after the first, in a conversation between two where nothing else is said. */
export function messageAt(seconds: number, author: string, said: Partial<Message> = {}): Message {
	return {
		...{ conversation: "chat", post: `${author}-${seconds}`, author, inReplyTo: null, recipients: [] },
		...{ at: new Date(messagesBegan + seconds * 1_000), surface: "direct", isMove: false },
		...{ authorCreated: null, authorAge: null },
		...said,
	};
}

export function to(account: string, said: Partial<Recipient> = {}): Recipient {
	return { account, created: null, age: null, ...said };
}

/** An account that was made so many days before the first message. */
export function madeBefore(days: number): Date {
	return new Date(messagesBegan - days * 86_400_000);
}
