// A week of people who write to each other, made up and harmless: no text, only who writes to whom, when, and whether a place elsewhere is named. Most are
// sociable; shops are written to and answer with an address; moderators write to many, few of whom answer; hosts invite people they have met;
// bots announce to hundreds. Among them the behaviour that is looked for, as a harmless analogue: recruiters write to new accounts first, talk, and ask those who answer to
// another place. Every number here is a guess at what a platform is like, and none is taken from one.

import type { PlatformId } from "../../../services/core/ids.ts";
import type { NotedMessage } from "../../../services/core/ports/conversation-store.ts";
import type { Surface } from "../../../services/core/wire/item-event.ts";
import { createGenerator } from "../../support/generated-texts.ts";

export interface Week {
	readonly platformId: PlatformId;
	readonly accounts: number;
	readonly recruiters: number;
	readonly seed: number;
}

export const days = 7;
const daySeconds = 86_400;
const start = Date.parse("2026-11-02T00:00:00Z");

/** Shares of all accounts; the rest are sociable. */
const shares = { shop: 0.02, moderator: 0.01, host: 0.02, bot: 0.002 } as const;
/** Accounts that were made within the last 30 days, and may be written to as such. */
const newShare = 0.12;

/** One who writes to another: what happens between the two. */
interface Course {
	readonly first: string;
	readonly second: string;
	readonly atSeconds: number;
	readonly surface: Surface;
	/** The second answers at all. */
	readonly isAnswered: boolean;
	/** How often they write to each other before anybody names a place. */
	readonly turns: number;
	/** Who names a place elsewhere at the end; null where nobody does. */
	readonly mover: "first" | "second" | null;
	/** It is named in the first message already. */
	readonly isMovedAtOnce: boolean;
}

export function recruiterName(at: number): string {
	return `recruiter-${at}`;
}

/** In order of time. */
export function messagesOf(week: Week): readonly NotedMessage[] {
	const { pick: below } = createGenerator(week.seed);
	const random = () => below(2 ** 30) / 2 ** 30;
	const between = (least: number, most: number) => least + below(most - least + 1);
	const isSo = (share: number) => random() < share;
	const made = new Map<string, Date>();
	const account = (name: string) => {
		const ageDays = isSo(newShare) ? random() * 30 : 30 + random() * 1_500;
		made.set(name, new Date(start - ageDays * daySeconds * 1_000));
		return name;
	};
	const people = Array.from({ length: week.accounts }, (_, at) => account(`account-${at}`));
	const newcomers = people.filter((one) => (made.get(one)?.getTime() ?? 0) > start - 30 * daySeconds * 1_000);
	const anyOf = (list: readonly string[]) => list[below(list.length)] ?? "account-0";
	const courses: Course[] = [];
	const on = (day: number) => day * daySeconds + below(daySeconds);
	const add = (course: Course) => courses.push(course);
	const usual = { isMovedAtOnce: false, surface: "direct" } as const;

	const kindOf = (at: number) => {
		let left = at / people.length;
		for (const [kind, share] of Object.entries(shares)) {
			if (left < share) return kind;
			left -= share;
		}
		return "sociable";
	};
	for (const [at, name] of people.entries()) {
		const kind = kindOf(at);
		// Everybody has a few friends, writes to them, and now and then says where else to be found.
		const friends = Array.from({ length: between(1, 6) }, () => anyOf(people));
		for (let day = 0; day < days; day += 1) {
			if (isSo(0.4)) {
				const mover = isSo(0.03) ? (isSo(0.5) ? "first" : "second") : null;
				add({
					...usual,
					first: name,
					second: anyOf(friends),
					atSeconds: on(day),
					isAnswered: isSo(0.85),
					turns: between(1, 6),
					mover,
				});
			}
			if (isSo(0.06))
				add({
					...{
						...usual,
						first: name,
						second: anyOf(people),
						atSeconds: on(day),
						surface: isSo(0.5) ? "public" : "direct",
					},
					...{ isAnswered: isSo(0.5), turns: between(1, 3), mover: isSo(0.05) ? "first" : null },
				});
			if (kind === "shop")
				for (let n = between(2, 12); n > 0; n -= 1)
					add({
						...usual,
						first: anyOf(people),
						second: name,
						atSeconds: on(day),
						isAnswered: true,
						turns: 1,
						mover: isSo(0.6) ? "second" : null,
					});
			if (kind === "moderator")
				for (let n = between(4, 20); n > 0; n -= 1)
					add({
						...{ ...usual, first: name, second: isSo(0.4) ? anyOf(newcomers) : anyOf(people), atSeconds: on(day) },
						...{ isAnswered: isSo(0.3), turns: between(1, 2), mover: isSo(0.02) ? "first" : null },
					});
			if (kind === "host" && isSo(0.35))
				add({
					...{
						...usual,
						first: name,
						second: anyOf(people),
						atSeconds: on(day),
						isAnswered: isSo(0.6),
						turns: between(1, 4),
					},
					mover: isSo(0.6) ? "first" : null,
				});
			if (kind === "bot")
				for (let n = between(50, 200); n > 0; n -= 1)
					add({
						...{ ...usual, first: name, second: anyOf(people), atSeconds: on(day), isAnswered: isSo(0.03), turns: 0 },
						...{ mover: "first", isMovedAtOnce: true },
					});
		}
	}
	for (let at = 0; at < week.recruiters; at += 1) {
		const name = account(recruiterName(at));
		const busy = between(1, 6);
		for (let day = below(4); day < days; day += 1)
			for (let n = between(0, busy); n > 0; n -= 1)
				add({
					...{ ...usual, first: name, second: isSo(0.8) ? anyOf(newcomers) : anyOf(people), atSeconds: on(day) },
					...{ isAnswered: isSo(0.55), turns: between(1, 8), mover: isSo(0.7) ? "first" : null },
				});
	}
	return courses
		.flatMap((course, at) => toMessages(course, at, { week, random, made }))
		.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function toMessages(
	{ first, second, atSeconds, surface, isAnswered, turns, mover, isMovedAtOnce }: Course,
	place: number,
	{
		week,
		random,
		made,
	}: { readonly week: Week; readonly random: () => number; readonly made: ReadonlyMap<string, Date> },
): readonly NotedMessage[] {
	if (first === second) return [];
	let at = start + atSeconds * 1_000;
	const said = (author: string, isMove: boolean): NotedMessage => {
		at += 1_000 + Math.floor(random() * 1_800_000);
		const other = author === first ? second : first;
		return {
			...{
				platformId: week.platformId,
				conversation: `${place}`,
				post: `${place}-${at}`,
				author,
				inReplyTo: null,
				isMove,
			},
			recipients: [{ account: other, created: made.get(other) ?? null, age: null }],
			...{ at: new Date(at), surface, authorCreated: made.get(author) ?? null, authorAge: null },
		};
	};
	const messages = [said(first, isMovedAtOnce)];
	if (!isAnswered) return messages;
	messages.push(said(second, mover === "second" && turns <= 1));
	for (let turn = 1; turn < turns; turn += 1) messages.push(said(first, false), said(second, false));
	if (mover === "first" && !isMovedAtOnce) messages.push(said(first, true));
	if (mover === "second" && turns > 1) messages.push(said(second, true));
	return messages;
}
