// What every store of messages must do, whatever it is made of.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { readWindow } from "../../services/core/conversations/contact-picture.ts";
import { type Message, mostInConversation, mostOwnMessages } from "../../services/core/conversations/message.ts";
import { platformId, uuidv7 } from "../../services/core/ids.ts";
import type { ConversationStore } from "../../services/core/ports/conversation-store.ts";
import { type Surface, surfaces } from "../../services/core/wire/item-event.ts";
import { madeBefore, messageAt, messagesBegan, to } from "../support/messages.ts";

/** `open`: each call as if in another process, on the same messages. */
export function describeConversationStoreContract(name: string, open: () => Promise<ConversationStore>): void {
	describe(`messages in ${name}`, () => {
		let store: ConversationStore;
		beforeAll(async () => {
			store = await open();
		});
		const onPlatform = (platform = platformId.parse(uuidv7(Date.now()))) => {
			const ask = (account: string, seconds: number, on: readonly Surface[], post: string) => ({
				...{ platformId: platform, account, post, surfaces: on },
				since: new Date(messagesBegan + seconds * 1_000),
			});
			return {
				note: (messages: readonly Message[], of = store) =>
					of.note(messages.map((one) => ({ ...one, platformId: platform }))),
				windowOf: async (account: string, since = -1_000_000, on: readonly Surface[] = surfaces) => {
					const [window] = await store.windowsOf([ask(account, since, on, "")]);
					return window?.messages ?? [];
				},
				pictureOf: async (account: string, post = "") => {
					const [window] = await store.windowsOf([ask(account, -1_000_000, surfaces, post)]);
					if (window === undefined) throw new Error("every asked window is answered");
					return readWindow(window);
				},
			};
		};
		const timesOf = (messages: readonly Message[]) =>
			messages.map(({ at }) => (at.getTime() - messagesBegan) / 1_000).toSorted((a, b) => a - b);

		it("are found by who wrote them, with what between few others wrote there", async () => {
			const { note, windowOf } = onPlatform();
			await note([messageAt(0, "an"), messageAt(1, "binh"), messageAt(2, "chi", { conversation: "other" })]);
			expect(timesOf(await windowOf("an"))).toEqual([0, 1]);
			expect(timesOf(await windowOf("chi"))).toEqual([2]);
			expect(await windowOf("nobody")).toEqual([]);
		});

		it("come back as they were noted, with ids that are the same within a window", async () => {
			const { note, pictureOf } = onPlatform();
			const recipients = [to("binh", { created: madeBefore(3), age: 14 }), to("chi")];
			const said = { recipients, authorAge: 40, authorCreated: madeBefore(900) };
			await note([
				messageAt(0, "an", said),
				messageAt(5, "binh", { authorCreated: madeBefore(3) }),
				messageAt(9, "an", { ...said, isMove: true, post: "move" }),
			]);
			const { picture, isOneOfThem } = await pictureOf("an", "move");
			expect(picture).toEqual({
				...{ begun: 2, received: 0, unanswered: 1, toNew: 1, moved: 2, ledAway: 1 },
				...{ younger: 1, youngerLedAway: 1, gapYears: 26 },
			});
			expect(isOneOfThem).toBe(true);
		});

		it("in public are about an account where it answered, was answered, or is named; not where others only wrote as well", async () => {
			const { note, windowOf } = onPlatform();
			const thread = { surface: "public", conversation: "thread" } as const;
			await note([
				messageAt(0, "binh", { ...thread, post: "p0" }),
				messageAt(1, "chi", { ...thread, post: "p1" }),
				messageAt(2, "an", { ...thread, post: "p2", inReplyTo: "p0" }),
				messageAt(3, "dung", { ...thread, post: "p3", inReplyTo: "p2" }),
				messageAt(4, "em", { ...thread, post: "p4", recipients: [to("an")] }),
			]);
			expect(timesOf(await windowOf("an"))).toEqual([0, 2, 3, 4]);
		});

		it("are the same whichever comes first: an answer may come before what it answers", async () => {
			const messages = [
				messageAt(0, "binh", { surface: "public", post: "p0" }),
				messageAt(1, "an", { surface: "public", post: "p1", inReplyTo: "p0" }),
			];
			const [one, other] = [onPlatform(), onPlatform()];
			for (const message of messages) await one.note([message]);
			for (const message of messages.toReversed()) await other.note([message]);
			expect(await other.pictureOf("an")).toEqual(await one.pictureOf("an"));
		});

		it("that are noted again are there once, also twice in one batch; that one names a place elsewhere stays", async () => {
			const { note, pictureOf } = onPlatform();
			const one = messageAt(0, "an", { recipients: [to("binh"), to("chi")] });
			await note([one, one]);
			await note([{ ...one, isMove: true }]);
			await note([one]);
			expect((await pictureOf("an")).picture).toMatchObject({ begun: 2, moved: 2 });
		});

		it("of two platforms are apart", async () => {
			const [one, other] = [onPlatform(), onPlatform()];
			await one.note([messageAt(0, "an")]);
			expect(await other.windowOf("an")).toEqual([]);
		});

		it("that came before what is asked for, or elsewhere than may be read, are left out", async () => {
			const { note, windowOf } = onPlatform();
			await note([messageAt(0, "an"), messageAt(1, "binh"), messageAt(2, "an", { surface: "public" })]);
			expect(timesOf(await windowOf("an", 0))).toEqual([2]);
			expect(timesOf(await windowOf("an", -10, ["public"]))).toEqual([2]);
			expect(timesOf(await windowOf("an", -10, ["direct"]))).toEqual([0, 1]);
			expect(await windowOf("an", -10, [])).toEqual([]);
		});

		it("of one account in one conversation are kept up to a bound, and what names a place elsewhere beside them", async () => {
			const { note } = onPlatform();
			const longAgo = -2_000_000;
			for (let at = 0; at < mostInConversation + 10; at += 1) await note([messageAt(longAgo + at, "an")]);
			await note([messageAt(longAgo + 1_000, "an", { isMove: true })]);
			const before = new Date(messagesBegan - 1_500_000_000);
			expect(await store.prune(before, 1_000)).toBe(mostInConversation + 1);
		});

		it("that one look reads are the newest of an account, however many it sends", async () => {
			const { note, windowOf } = onPlatform();
			await note(
				Array.from({ length: mostOwnMessages + 20 }, (_, at) => messageAt(at, "an", { conversation: `c${at}` })),
			);
			const window = await windowOf("an");
			expect(window).toHaveLength(mostOwnMessages);
			expect(Math.min(...timesOf(window))).toBe(20);
		});

		it("noted before they are asked for miss none where ten processes do so at once: whoever asks last sees all", async () => {
			const { note, pictureOf } = onPlatform();
			const processes = await Promise.all(Array.from({ length: 10 }, open));
			const seen = await Promise.all(
				processes.map(async (process, at) => {
					await note([messageAt(at, "an", { recipients: [to(`other-${at}`)] })], process);
					return (await pictureOf("an")).picture.begun;
				}),
			);
			expect(Math.max(...seen)).toBe(10);
		});

		it("are let go when they are too old, and only then", async () => {
			const { note, windowOf } = onPlatform();
			await note([messageAt(-900_000, "an"), messageAt(-899_000, "an"), messageAt(0, "an")]);
			const before = new Date(messagesBegan - 800_000_000);
			expect(await store.prune(before, 1)).toBe(1);
			expect(await store.prune(before, 100)).toBe(1);
			expect(await store.prune(before, 100)).toBe(0);
			expect(timesOf(await windowOf("an"))).toEqual([0]);
		});
	});
}
