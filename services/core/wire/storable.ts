// What the record can hold of JSON that clients send: Postgres takes neither NUL nor half a surrogate pair.
import { z } from "zod";

/** Deeper JSON is nobody's metadata, and would exhaust the stack of whoever reads it. */
const mostLevels = 100;

/** As far as a pattern of JSON Schema can say it. */
export const storablePattern = { pattern: "^[^\\u0000]*$" } as const;

const blank = "\\u0000-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

/** The same of a text with something in it that is not white space; spelled out, since what `\s` means differs between languages. */
export const sayingPattern = { pattern: `^[^\\u0000]*[^${blank}][^\\u0000]*$` } as const;
const saying = new RegExp(sayingPattern.pattern);

export function saysSomething(text: string): boolean {
	return saying.test(text) && isStorableText(text);
}

export function isStorableText(text: string): boolean {
	return !text.includes("\0") && text.isWellFormed();
}

/** Whether the record can keep a value as JSON.parse makes it: every text in it, keys as well. */
export function isStorable(value: unknown, levels = mostLevels): boolean {
	if (typeof value === "string") return isStorableText(value);
	if (typeof value !== "object" || value === null) return true;
	if (levels === 0) return false;
	return Object.entries(value).every(([key, one]) => isStorableText(key) && isStorable(one, levels - 1));
}

/** A text that people write: of at most so many characters, some of them no white space; kept without the space around it. */
export function said(maxLength: number) {
	// The length is that of what was sent: a description knows nothing of what is cut off.
	return z.string().max(maxLength).trim().min(1).refine(saysSomething, "must say something").meta(sayingPattern);
}
