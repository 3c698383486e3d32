// Messages of late in the record: restored with it after a crash, and the same for every process. Ids go in as hashes, and come out as such.
import { sql } from "kysely";
import { z } from "zod";
import {
	type Message,
	mostInConversation,
	mostOfOthers,
	mostOwnMessages,
	type Recipient,
} from "../../../core/conversations/message.ts";
import { groupBy } from "../../../core/group-by.ts";
import type { PlatformId } from "../../../core/ids.ts";
import type { AskedWindow, ConversationStore, NotedMessage } from "../../../core/ports/conversation-store.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { shortKey } from "../connection/short-key.ts";

const messageRow = z.object({
	...{ place: column.whole, post: column.text.nullable(), recipient: column.text, author: column.text },
	...{ conversation: column.text.nullable(), in_reply_to: column.text.nullable(), surface, is_move: column.flag },
	...{ first_at: column.time, last_at: column.time },
	...{ author_created: column.time.nullable(), author_age: column.whole.nullable() },
	...{ recipient_created: column.time.nullable(), recipient_age: column.whole.nullable() },
});
type MessageRow = z.infer<typeof messageRow>;

export function createConversationStore(database: Database): ConversationStore {
	return {
		async note(messages) {
			const given = JSON.stringify(messages.flatMap(toRows));
			// In one order, so that no two processes wait for each other in a circle; the same post twice in a batch is one. Asked with EXISTS while the table is
			// small, the plan that is kept hashes the whole table for each batch, however large it grows.
			await database.rows(sql`
				INSERT INTO conversation_messages AS known (post, recipient, conversation, author, in_reply_to, at, surface, is_move,
					author_created, author_age, recipient_created, recipient_age)
				SELECT DISTINCT ON (r.post, r.recipient) decode(r.post, 'hex'), decode(r.recipient, 'hex'), decode(r.conversation, 'hex'),
					decode(r.author, 'hex'), decode(r.reply, 'hex'), r.at, r.surface, r.move, r.made, r.age, r.rmade, r.rage
				FROM jsonb_to_recordset(${given}::jsonb) AS r (post text, recipient text, conversation text, author text, reply text, at timestamptz,
					surface text, move boolean, made timestamptz, age smallint, rmade timestamptz, rage smallint)
				WHERE (SELECT true FROM conversation_messages AS same WHERE same.post = decode(r.post, 'hex') LIMIT 1)
					OR ${mostInConversation} > (SELECT count(*) FROM (
						SELECT FROM conversation_messages AS one
						WHERE one.conversation = decode(r.conversation, 'hex') AND one.author = decode(r.author, 'hex') AND one.is_move = r.move
						LIMIT ${mostInConversation}) AS kept)
				ORDER BY r.post, r.recipient, r.move DESC, r.at
				ON CONFLICT (post, recipient) DO UPDATE SET is_move = known.is_move OR excluded.is_move, at = least(known.at, excluded.at)
					WHERE (excluded.is_move AND NOT known.is_move) OR excluded.at < known.at`);
		},
		async windowsOf(asked) {
			const given = JSON.stringify(asked.map(toAsked));
			const rows = await database.rows(
				sql`SELECT r.place, encode(c.post, 'hex') AS post, encode(recipient, 'hex') AS recipient, encode(conversation, 'hex') AS conversation,
						encode(author, 'hex') AS author, encode(in_reply_to, 'hex') AS in_reply_to, surface, is_move, first_at, last_at,
						author_created, author_age, recipient_created, recipient_age
					FROM jsonb_to_recordset(${given}::jsonb) AS r (place integer, account text, post text, since timestamptz, surfaces text[])
						CROSS JOIN LATERAL contacts_about(decode(r.account, 'hex'), decode(r.post, 'hex'), r.since, r.surfaces,
							${mostOwnMessages}, ${mostOfOthers}) AS c`,
				messageRow,
			);
			const byPlace = groupBy(rows, ({ place }) => place);
			return asked.map(({ platformId, account, post }, place) => ({
				...{ account: accountKey(platformId, account), post: postKey(platformId, post) },
				messages: (byPlace.get(place) ?? []).flatMap(toMessages),
			}));
		},
		async prune(before, limit) {
			const gone = await database.rows(
				sql`DELETE FROM conversation_messages WHERE ctid = ANY (ARRAY(
						SELECT ctid FROM conversation_messages WHERE at < ${before} LIMIT ${limit} FOR UPDATE SKIP LOCKED))
					RETURNING 1`,
			);
			return gone.length;
		},
	};
}

const nobody: Recipient = { account: "", created: null, age: null };

function toRows({ platformId, recipients, inReplyTo, ...message }: NotedMessage) {
	const { conversation, author, at, surface: where, isMove, authorCreated, authorAge } = message;
	const others = recipients.filter(({ account }) => account !== author);
	return (others.length === 0 ? [nobody] : others).map(({ account, created, age }) => ({
		post: postKey(platformId, message.post),
		recipient: account === "" ? "" : accountKey(platformId, account),
		conversation: shortKey("conversation", platformId, conversation),
		author: accountKey(platformId, author),
		reply: inReplyTo === null ? null : postKey(platformId, inReplyTo),
		...{ at, surface: where, move: isMove, made: authorCreated, age: authorAge, rmade: created, rage: age },
	}));
}

function toAsked({ platformId, account, post, since, surfaces }: AskedWindow, place: number) {
	return { place, account: accountKey(platformId, account), post: postKey(platformId, post), since, surfaces };
}

function accountKey(platformId: PlatformId, account: string): string {
	return shortKey("account", platformId, account);
}

function postKey(platformId: PlatformId, post: string): string {
	return shortKey("post", platformId, post);
}

/** The first of messages that come to the same; where they name a place elsewhere the last as well, which may come after an answer. */
function toMessages(row: MessageRow): readonly Message[] {
	const { recipient: account, recipient_created: created, recipient_age: age } = row;
	const first = {
		conversation: row.conversation ?? "",
		post: row.post ?? "",
		author: row.author,
		inReplyTo: row.in_reply_to,
		recipients: account === "" ? [] : [{ account, created, age }],
		at: row.first_at,
		surface: row.surface,
		isMove: row.is_move,
		authorCreated: row.author_created,
		authorAge: row.author_age,
	} satisfies Message;
	return row.is_move && row.last_at > row.first_at ? [first, { ...first, at: row.last_at }] : [first];
}
