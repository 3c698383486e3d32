// From an account's messages of late, and others' about it, to its contacts: whom it wrote to, who wrote first, who answered, and whether it
// pointed them elsewhere afterwards. What is found is the same in whatever order messages come, and however often.
import { maxRecipients } from "../wire/item-event.ts";
import type { Message, Recipient } from "./message.ts";

/** One account that another wrote to; where nobody is named and nobody has answered, the conversation stands for whoever is there. */
export interface Contact {
	readonly with: string;
	/** The first message to the other, of either; null where there is none. */
	readonly firstAt: Date | null;
	readonly theirFirstAt: Date | null;
	/** At least one of its messages to them names a place off the platform. */
	readonly isMoved: boolean;
	/** Those that do so after the other had answered. */
	readonly movesAfterAnswer: readonly Pick<Message, "post" | "at">[];
	/** When their account was made, as the platform says; null where it says nothing. */
	readonly theirAccountCreated: Date | null;
	readonly age: number | null;
	readonly theirAge: number | null;
}

interface Gathered {
	mine: Message[];
	theirs: Message[];
	said: Recipient[];
}

/** `messages`: the actor's own, and those of others in the same conversations, of one platform. */
export function contactsOf(actor: string, messages: readonly Message[]): readonly Contact[] {
	const addresseesOf = createAddressees(messages);
	const contacts = new Map<string, Gathered>();
	const contactWith = (account: string) => {
		const known = contacts.get(account) ?? { mine: [], theirs: [], said: [] };
		contacts.set(account, known);
		return known;
	};
	for (const message of messages) {
		const addressees = addresseesOf(message);
		if (message.author === actor)
			for (const to of addressees) {
				const contact = contactWith(to);
				contact.mine.push(message);
				contact.said.push(...message.recipients.filter(({ account }) => account === to));
			}
		else if (addressees.includes(actor)) contactWith(message.author).theirs.push(message);
	}
	return [...contacts].map(([account, gathered]) => toContact(account, gathered)).toSorted(byFirst);
}

/** Those it names; else whom it answers; else, between few, whoever else writes there. What is said in public to everybody is to nobody. */
function createAddressees(messages: readonly Message[]): (message: Message) => readonly string[] {
	const authorOf = new Map(messages.map(({ post, author }) => [post, author]));
	const writers = new Map<string, Set<string>>();
	for (const { conversation, author } of messages)
		writers.set(conversation, (writers.get(conversation) ?? new Set()).add(author));
	return ({ author, recipients, inReplyTo, surface, conversation }) => {
		const named = recipients.map(({ account }) => account).filter((one) => one !== author);
		if (named.length > 0) return [...new Set(named)];
		const answered = inReplyTo === null ? undefined : authorOf.get(inReplyTo);
		if (answered !== undefined && answered !== author) return [answered];
		if (surface !== "direct") return [];
		const others = [...(writers.get(conversation) ?? [])].filter((one) => one !== author);
		if (others.length > maxRecipients) return [];
		return others.length === 0 ? [`conversation:${conversation}`] : others;
	};
}

function toContact(account: string, { mine, theirs, said }: Gathered): Contact {
	const theirFirstAt = firstOf(theirs.map(({ at }) => at));
	const moves = mine.filter(({ isMove }) => isMove);
	return {
		with: account,
		firstAt: firstOf(mine.map(({ at }) => at)),
		theirFirstAt,
		isMoved: moves.length > 0,
		movesAfterAnswer: theirFirstAt === null ? [] : moves.filter(({ at }) => at > theirFirstAt),
		theirAccountCreated: firstOf([...theirs.map((one) => one.authorCreated), ...said.map(({ created }) => created)]),
		age: highestOf(mine.map(({ authorAge }) => authorAge)),
		theirAge: highestOf([...theirs.map(({ authorAge }) => authorAge), ...said.map(({ age }) => age)]),
	};
}

function firstOf(times: readonly (Date | null)[]): Date | null {
	const known = times.flatMap((one) => one?.getTime() ?? []);
	return known.length === 0 ? null : new Date(Math.min(...known));
}

/** Nobody is taken for younger than anything said. */
function highestOf(ages: readonly (number | null)[]): number | null {
	const known = ages.flatMap((one) => one ?? []);
	return known.length === 0 ? null : Math.max(...known);
}

function byFirst(a: Contact, b: Contact): number {
	const [first, second] = [a, b].map(({ firstAt, theirFirstAt }) => (firstAt ?? theirFirstAt)?.getTime() ?? 0);
	return (first ?? 0) - (second ?? 0) || (a.with < b.with ? -1 : 1);
}
