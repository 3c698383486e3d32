// What is typed for an option or an argument, as a value. What is wrong is refused with what it should have been.
import { randomBytes } from "node:crypto";
import { InvalidArgumentError } from "commander";
import { type Country, country } from "../core/wire/country.ts";

/** The command line was wrong, not the work that it asked for: the process exits with 2. */
export class UsageError extends Error {}

/** A parser for commander's `option`, which names the option before the message. */
export function parseCount(text: string): number {
	if (!/^\d{1,15}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError("It is a whole number from 1.");
	return Number(text);
}

/** As {@link parseCount}; a place in a history may be 0, before anything. */
export function parseSequence(text: string): number {
	if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It is a whole number from 0.");
	return Number(text);
}

export function parseShare(text: string): number {
	const share = Number(text);
	if (!(share > 0 && share <= 1)) throw new InvalidArgumentError("It is over 0 and at most 1.");
	return share;
}

/** For an option that takes one value each time it is given: one that took several would take the arguments that follow it, too. */
export function oneMore(text: string, before: readonly string[] = []): readonly string[] {
	return [...before, text];
}

/** The name of a platform; the record keeps no other. */
export function parsePlatformName(text: string): string {
	if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(text))
		throw new UsageError(
			`a platform's name is of lower-case letters, digits and dashes, begins with no dash, and has at most 63 of them; not ${JSON.stringify(text)}`,
		);
	return text;
}

/** A parser of a text that is kept: not blank, as an unset variable of a shell is, of one line, and not longer than the record keeps it. */
const keptText = (mostCharacters: number, what: string) => (text: string) => {
	const kept = text.trim();
	if (kept === "" || kept.length > mostCharacters || /[\p{Cc}\p{Cs}]/u.test(kept))
		throw new InvalidArgumentError(`It is ${what}, of one line and at most ${mostCharacters} characters.`);
	return kept;
};

/** The CloudEvents `source` of a platform's events. */
export const parseEventSource = keptText(512, "a URI as its events name it, such as //forum.example");
/** Whose word an entry of a bank is; files may name no other (bank-file/bank-row.ts). */
export const parseListSource = keptText(128, "the name of whoever says so");
/** Why a breaker is opened or closed. */
export const parseBreakerReason = keptText(500, "a text for whoever looks at it");
export const parseLogin = keptText(128, "a login");

export function parseCountry(text: string): Country {
	const parsed = country.safeParse(text);
	if (!parsed.success) throw new InvalidArgumentError("It is two capital letters, as VN.");
	return parsed.data;
}

export function parseWebhookUrl(text: string): string {
	if (!/^https?:\/\//.test(text) || !URL.canParse(text))
		throw new UsageError(`a webhook must be an http or https URL, not ${text}`);
	return text;
}

export function newWebhookSecret(): string {
	return `whsec_${randomBytes(24).toString("base64")}`;
}
