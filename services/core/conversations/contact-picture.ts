// An account's contacts of late in numbers, each with its unit. It decides which contacts count as what, and not whether that is worth anybody's
// look (signals/contacts/).
import { z } from "zod";
import { type Contact, contactsOf } from "./contacts.ts";
import type { MessageWindow } from "./message.ts";

const count = z.int().min(0);

export const contactPicture = z
	.object({
		/** Accounts that it wrote to first. */
		begun: count,
		/** Accounts that wrote to it first. */
		received: count,
		/** Accounts among those begun that have not written back. */
		unanswered: count,
		/** Accounts among those begun that were made within {@link newForDays} days before, as the platform says. */
		toNew: count,
		/** Accounts among those begun to whom it named a place off the platform. */
		moved: count,
		/** New or much younger accounts among those begun that answered, and to whom it named such a place afterwards. */
		ledAway: count,
		/** Minors among those begun, where ages are given, to whom an adult wrote who is at least {@link gapFromYears} years older. */
		younger: count,
		/** Accounts both led away and much younger. */
		youngerLedAway: count,
		/** The middle one of the differences in age among `younger`, in years; null where there is none. */
		gapYears: z.int().nullable(),
	})
	.readonly();
export type ContactPicture = z.infer<typeof contactPicture>;

const dayMs = 86_400_000;
export const newForDays = 30;
/** The age of majority, by the Convention on the Rights of the Child, Art. 1. */
const adultYears = 18;
export const gapFromYears = 5;

/** What is said of an account by its window. */
export interface ReadWindow {
	readonly picture: ContactPicture;
	/** The post itself leads somebody away whom the picture counts. */
	readonly isOneOfThem: boolean;
	/** What of it was since people last let be what the account writes. */
	readonly afresh?: Pick<ContactPicture, "ledAway" | "youngerLedAway"> & { readonly since: string };
}

/** `letBeAt`: when people last let be what it writes; null where they never did. */
export function readWindow({ account, post, messages }: MessageWindow, letBeAt: Date | null = null): ReadWindow {
	const contacts = contactsOf(account, messages);
	const isOneOfThem = contacts.some((one) => isLedAway(one) && one.movesAfterAnswer.some((move) => move.post === post));
	const read = { picture: pictureOf(contacts), isOneOfThem };
	return letBeAt === null ? read : { ...read, afresh: afreshOf(contacts, letBeAt) };
}

function afreshOf(contacts: readonly Contact[], since: Date): NonNullable<ReadWindow["afresh"]> {
	const led = contacts.filter((one) => isLedAway(one) && one.movesAfterAnswer.some(({ at }) => at > since));
	const youngerLedAway = led.filter((one) => gapOf(one) !== null).length;
	return { since: since.toISOString(), ledAway: led.length, youngerLedAway };
}

function pictureOf(contacts: readonly Contact[]): ContactPicture {
	const begun = contacts.filter(isBegun);
	const younger = begun.filter((one) => gapOf(one) !== null);
	const ledAway = begun.filter(isLedAway);
	return {
		begun: begun.length,
		received: contacts.filter((one) => !isBegun(one)).length,
		unanswered: begun.filter(({ theirFirstAt }) => theirFirstAt === null).length,
		toNew: begun.filter(isToNew).length,
		moved: begun.filter(({ isMoved }) => isMoved).length,
		ledAway: ledAway.length,
		younger: younger.length,
		youngerLedAway: ledAway.filter((one) => gapOf(one) !== null).length,
		gapYears: middleOf(younger.flatMap((one) => gapOf(one) ?? [])),
	};
}

/** The share of contacts that it began, 0 to 1; null where there are none. */
export function begunShare({ begun, received }: Pick<ContactPicture, "begun" | "received">): number | null {
	return begun + received === 0 ? null : begun / (begun + received);
}

/** The share of those begun that have not written back, 0 to 1; null where none was begun. */
export function unansweredShare({ begun, unanswered }: Pick<ContactPicture, "begun" | "unanswered">): number | null {
	return begun === 0 ? null : unanswered / begun;
}

/** Newly met or much younger, they answered, and were pointed elsewhere afterwards. */
function isLedAway(contact: Contact): boolean {
	return isBegun(contact) && contact.movesAfterAnswer.length > 0 && (isToNew(contact) || gapOf(contact) !== null);
}

function isBegun({ firstAt, theirFirstAt }: Contact): boolean {
	return firstAt !== null && (theirFirstAt === null || firstAt <= theirFirstAt);
}

function isToNew({ firstAt, theirAccountCreated }: Contact): boolean {
	if (firstAt === null || theirAccountCreated === null) return false;
	return firstAt.getTime() - theirAccountCreated.getTime() < newForDays * dayMs;
}

/** Null where it is none that counts, or where ages are not given. */
function gapOf({ age, theirAge }: Contact): number | null {
	if (age === null || theirAge === null || age < adultYears || theirAge >= adultYears) return null;
	return age - theirAge >= gapFromYears ? age - theirAge : null;
}

function middleOf(numbers: readonly number[]): number | null {
	return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? null;
}
