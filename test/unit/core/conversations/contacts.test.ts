import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readWindow } from "../../../../services/core/conversations/contact-picture.ts";
import { type Contact, contactsOf } from "../../../../services/core/conversations/contacts.ts";
import { type Message, messageOf } from "../../../../services/core/conversations/message.ts";
import { eventTypes, surfaces } from "../../../../services/core/wire/item-event.ts";
import { madeBefore, messageAt, messagesBegan, to } from "../../../support/messages.ts";

const withOf = (contacts: readonly Contact[]) => contacts.map((one) => one.with);
const pictureOf = (messages: readonly Message[], post = "") => readWindow({ account: "an", post, messages });

describe("whom a message is to", () => {
	test("are those that it names, and not its own author", () => {
		const messages = [messageAt(0, "an", { recipients: [to("binh"), to("chi"), to("an")] })];
		expect(withOf(contactsOf("an", messages))).toEqual(["binh", "chi"]);
	});
	test("is, where it names nobody, whoever wrote what it answers", () => {
		const thread = { surface: "public", conversation: "thread" } as const;
		const messages = [
			messageAt(0, "binh", { ...thread, post: "p1" }),
			messageAt(1, "an", { ...thread, inReplyTo: "p1" }),
		];
		expect(withOf(contactsOf("an", messages))).toEqual(["binh"]);
	});
	test("is, between few, whoever else writes there; until somebody does, the conversation stands for them", () => {
		const alone = [messageAt(0, "an")];
		expect(withOf(contactsOf("an", alone))).toEqual(["conversation:chat"]);
		expect(withOf(contactsOf("an", [...alone, messageAt(1, "binh")]))).toEqual(["binh"]);
	});
	test("is nobody where it is said to everybody, or to more than few", () => {
		expect(
			contactsOf("an", [messageAt(0, "an", { surface: "public" }), messageAt(1, "an", { surface: "group" })]),
		).toEqual([]);
		const many = Array.from({ length: 9 }, (_, at) => messageAt(at + 1, `other-${at}`));
		expect(contactsOf("an", [messageAt(0, "an"), ...many]).filter(({ firstAt }) => firstAt !== null)).toEqual([]);
	});
});

describe("a contact was begun", () => {
	const chat = (first: string, second: string) => [messageAt(0, first), messageAt(1, second)];
	test("by whoever wrote first", () => {
		expect(pictureOf(chat("an", "binh")).picture).toMatchObject({ begun: 1, received: 0, unanswered: 0 });
		expect(pictureOf(chat("binh", "an")).picture).toMatchObject({ begun: 0, received: 1, unanswered: 0 });
	});
	test("in vain where nobody has answered", () => {
		expect(pictureOf([messageAt(0, "an")]).picture).toMatchObject({ begun: 1, unanswered: 1 });
	});
	test("by nobody where two only write under the same thing in public", () => {
		const thread = { surface: "public", conversation: "thread" } as const;
		expect(pictureOf([messageAt(0, "an", thread), messageAt(1, "binh", thread)]).picture).toMatchObject({
			begun: 0,
			received: 0,
		});
	});
});

test("of those led away, those since people let it be are told apart", () => {
	const leads = (name: string, from: number) => {
		const place = { conversation: name, recipients: [to(name, { created: madeBefore(3) })] };
		return [
			messageAt(from, "an", place),
			messageAt(from + 1, name, { conversation: name }),
			messageAt(from + 2, "an", { ...place, isMove: true }),
		];
	};
	const messages = [...leads("binh", 0), ...leads("chi", 10), ...leads("dung", 20)];
	const letBeAt = messages[5]?.at ?? null;
	const read = readWindow({ account: "an", post: "", messages }, letBeAt);
	expect(read.picture.ledAway).toBe(3);
	expect(read.afresh).toEqual({ since: letBeAt?.toISOString(), ledAway: 1, youngerLedAway: 0 });
	expect(readWindow({ account: "an", post: "", messages })).not.toHaveProperty("afresh");
});

describe("led away is who", () => {
	const recipients = [to("binh", { created: madeBefore(3) })];
	const first = messageAt(0, "an", { recipients });
	const answer = messageAt(10, "binh");
	const move = messageAt(20, "an", { recipients, isMove: true, post: "move" });

	test("has a new account, answered, and was named a place off the platform after that", () => {
		const { picture, isOneOfThem } = pictureOf([first, answer, move], "move");
		expect(picture).toMatchObject({ begun: 1, toNew: 1, moved: 1, ledAway: 1 });
		expect(isOneOfThem).toBe(true);
		expect(pictureOf([first, answer, move], first.post).isOneOfThem).toBe(false);
	});
	test("is not whoever was named the place at once, or never answered", () => {
		expect(pictureOf([{ ...move, at: first.at }, answer]).picture).toMatchObject({ moved: 1, ledAway: 0 });
		expect(pictureOf([first, move]).picture).toMatchObject({ moved: 1, unanswered: 1, ledAway: 0 });
	});
	test("is not whoever wrote first", () => {
		expect(pictureOf([messageAt(-1, "binh"), first, move]).picture).toMatchObject({
			received: 1,
			moved: 0,
			ledAway: 0,
		});
	});
	test("is not whose account is an old one, unless a much younger person's", () => {
		const old = [to("binh", { created: madeBefore(400) })];
		const others = [first, move].map((one) => ({ ...one, recipients: old }));
		expect(pictureOf([...others, answer]).picture).toMatchObject({ toNew: 0, ledAway: 0 });
		const aged = others.map((one) => ({ ...one, authorAge: 30, recipients: [to("binh", { age: 14 })] }));
		expect(pictureOf([...aged, answer]).picture).toMatchObject({
			ledAway: 1,
			younger: 1,
			youngerLedAway: 1,
			gapYears: 16,
		});
	});
});

describe("a gap of age is counted", () => {
	const between = (authorAge: number | null, age: number | null) =>
		pictureOf([messageAt(0, "an", { authorAge, recipients: [to("binh", { age })] })]).picture.younger;
	test.each([
		[30, 14, 1],
		[18, 13, 1],
		[18, 14, 0],
		[17, 11, 0],
		[60, 18, 0],
		[null, 14, 0],
		[30, null, 0],
	])("of %s to %s years: %s", (author, other, counted) => expect(between(author, other)).toBe(counted));
});

const accounts = ["an", "binh", "chi"] as const;
const anyMessage: fc.Arbitrary<Message> = fc
	.record({
		seconds: fc.nat(20),
		author: fc.constantFrom(...accounts),
		conversation: fc.constantFrom("one", "two"),
		surface: fc.constantFrom(...surfaces),
		isMove: fc.boolean(),
		named: fc.subarray([...accounts]),
		reply: fc.option(fc.record({ author: fc.constantFrom(...accounts), seconds: fc.nat(20) })),
		age: fc.option(fc.nat(60)),
		madeBeforeDays: fc.option(fc.nat(60)),
	})
	.map(({ seconds, author, named, reply, age, madeBeforeDays, ...said }) =>
		messageAt(seconds, author, {
			...said,
			post: `${author}-${seconds}`,
			inReplyTo: reply === null ? null : `${reply.author}-${reply.seconds}`,
			recipients: named.map((one) => to(one, { age })),
			authorAge: age,
			authorCreated: madeBeforeDays === null ? null : madeBefore(madeBeforeDays),
		}),
	);
const anyMessages = fc.uniqueArray(anyMessage, { selector: ({ post }) => post, maxLength: 25 });

test("what is found is the same in whatever order messages come, and however often", () => {
	fc.assert(
		fc.property(anyMessages, fc.infiniteStream(fc.nat()), (messages, order) => {
			const shuffled = [...messages, ...messages.slice(0, 5)]
				.map((one) => ({ one, at: order.next().value ?? 0 }))
				.toSorted((a, b) => a.at - b.at)
				.map(({ one }) => one);
			expect(readWindow({ account: "an", post: "an-1", messages: shuffled })).toEqual(
				readWindow({ account: "an", post: "an-1", messages }),
			);
		}),
	);
});

test("every number is part of the one that it is said to be part of", () => {
	fc.assert(
		fc.property(anyMessages, (messages) => {
			const { picture } = pictureOf(messages);
			const { begun, unanswered, toNew, moved, ledAway, younger, youngerLedAway } = picture;
			for (const part of [unanswered, toNew, moved, younger]) expect(part).toBeLessThanOrEqual(begun);
			expect(ledAway).toBeLessThanOrEqual(moved);
			expect(youngerLedAway).toBeLessThanOrEqual(Math.min(younger, ledAway));
			expect(begun + picture.received).toBeLessThanOrEqual(accounts.length + 2);
		}),
	);
});

test("of a post is kept who, to whom and when; no word of it", () => {
	fc.assert(
		fc.property(fc.stringMatching(/^[a-z]{12,40}$/), fc.boolean(), (text, isMove) => {
			const said = { text, authorId: "an", surface: "direct", conversationId: "chat" } as const;
			const kept = messageOf(
				{
					...{ type: eventTypes.postPublished, source: "//forum.example", id: "e1", subject: "post/1" },
					...{ time: null, country: null, accountCreated: null },
					post: { ...said, recipients: [{ accountId: "binh" }] },
				},
				new Date(messagesBegan),
				isMove,
			);
			expect(JSON.stringify(kept)).not.toContain(text);
			expect(kept).toMatchObject({ author: "an", conversation: "chat", post: "post/1", isMove });
		}),
	);
});
