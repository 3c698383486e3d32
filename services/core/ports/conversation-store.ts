// Keeps messages for as long as they count, by who wrote them and to whom: no word of them, and ids only as hashes. It decides nothing of what they
// come to (core/conversations).
import type { Message, MessageWindow } from "../conversations/message.ts";
import type { PlatformId } from "../ids.ts";
import type { Surface } from "../wire/item-event.ts";

export interface NotedMessage extends Message {
	readonly platformId: PlatformId;
}

/** Whose messages are asked for. */
export interface AskedWindow {
	readonly platformId: PlatformId;
	readonly account: string;
	readonly post: string;
	/** What came before counts for nothing. */
	readonly since: Date;
	/** What is said elsewhere may not be read. */
	readonly surfaces: readonly Surface[];
}

export interface ConversationStore {
	/** Notes each message once. Whoever notes before asking misses nothing: of two messages, one of those who ask later sees both. */
	note(messages: readonly NotedMessage[]): Promise<void>;
	/** In the order of what is asked. */
	windowsOf(asked: readonly AskedWindow[]): Promise<readonly MessageWindow[]>;
	/** Lets go of what came before, at most so many; answers how many that were. */
	prune(before: Date, limit: number): Promise<number>;
}
