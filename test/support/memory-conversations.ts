// Messages of late in memory, for tests and benchmarks: as bounded as the record's, and held to the same contract.
import {
	type Message,
	mostInConversation,
	mostOfOthers,
	mostOwnMessages,
} from "../../services/core/conversations/message.ts";
import type { ConversationStore, NotedMessage } from "../../services/core/ports/conversation-store.ts";

export function createMemoryConversations(): ConversationStore & { readonly size: () => number } {
	const byPost = new Map<string, NotedMessage>();
	const [byAuthor, byPlace, answers, byRecipient] = [index(), index(), index(), index()];
	const all = (of: ReturnType<typeof index>, key: string) =>
		[...(of.get(key) ?? [])].flatMap((post) => byPost.get(post) ?? []);
	const newestFirst = (a: Message, b: Message) => b.at.getTime() - a.at.getTime();

	function noteOne(given: NotedMessage): void {
		const key = keyOf(given.platformId, given.post);
		const known = byPost.get(key);
		if (known !== undefined) {
			const at = new Date(Math.min(known.at.getTime(), given.at.getTime()));
			const recipients = [
				...new Map([...given.recipients, ...known.recipients].map((one) => [one.account, one])).values(),
			];
			byPost.set(key, { ...known, at, recipients, isMove: known.isMove || given.isMove });
			return;
		}
		const place = keyOf(given.platformId, given.conversation);
		const own = all(byPlace, place).filter(({ author, isMove }) => author === given.author && isMove === given.isMove);
		if (own.length >= mostInConversation) return;
		byPost.set(key, given);
		byAuthor.add(keyOf(given.platformId, given.author), key);
		byPlace.add(place, key);
		if (given.inReplyTo !== null) answers.add(keyOf(given.platformId, given.inReplyTo), key);
		for (const { account } of given.recipients) byRecipient.add(keyOf(given.platformId, account), key);
	}

	return {
		async note(messages) {
			for (const one of messages) noteOne(one);
		},
		async windowsOf(asked) {
			return asked.map(({ platformId, account, post, since, surfaces }) => {
				const isRead = ({ at, surface }: Message) => at > since && surfaces.includes(surface);
				const key = (id: string) => keyOf(platformId, id);
				const own = all(byAuthor, key(account)).filter(isRead).toSorted(newestFirst).slice(0, mostOwnMessages);
				const others = (of: readonly NotedMessage[]) =>
					of
						.filter((one) => one.author !== account && isRead(one))
						.toSorted((a, b) => -newestFirst(a, b))
						.slice(0, mostOfOthers);
				const places = new Set(own.flatMap((one) => (one.surface === "direct" ? [one.conversation] : [])));
				const window = [
					...own,
					...[...places].flatMap((one) => others(all(byPlace, key(one)))),
					...own.flatMap((one) => (one.inReplyTo === null ? [] : (byPost.get(key(one.inReplyTo)) ?? []))),
					...own.flatMap((one) => others(all(answers, key(one.post)))),
					...all(byRecipient, key(account)).filter(isRead).toSorted(newestFirst).slice(0, mostOwnMessages),
				].filter(isRead);
				return { account, post, messages: [...new Set(window)] };
			});
		},
		async prune(before, limit) {
			const old = [...byPost].filter(([, { at }]) => at < before).slice(0, limit);
			for (const [key, one] of old) {
				byPost.delete(key);
				byAuthor.remove(keyOf(one.platformId, one.author), key);
				byPlace.remove(keyOf(one.platformId, one.conversation), key);
				if (one.inReplyTo !== null) answers.remove(keyOf(one.platformId, one.inReplyTo), key);
				for (const { account } of one.recipients) byRecipient.remove(keyOf(one.platformId, account), key);
			}
			return old.length;
		},
		size: () => byPost.size,
	};
}

function keyOf(platformId: string, id: string): string {
	return `${platformId} ${id}`;
}

function index() {
	const sets = new Map<string, Set<string>>();
	return {
		get: (key: string) => sets.get(key),
		add: (key: string, value: string) => sets.set(key, (sets.get(key) ?? new Set()).add(value)),
		remove(key: string, value: string) {
			sets.get(key)?.delete(value);
			if (sets.get(key)?.size === 0) sets.delete(key);
		},
	};
}
