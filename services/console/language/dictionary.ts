// English is the model: every other language must have exactly its keys, and functions with its parameters, or it does not compile.

import type { LanguageCode } from "./language-code.ts";
import { english } from "./words.en.ts";
import { vietnamese } from "./words.vi.ts";

type Same<T> = T extends string
	? string
	: T extends (...args: infer A) => string
		? (...args: A) => string
		: { readonly [K in keyof T]: Same<T[K]> };

export type Dictionary = Same<typeof english>;

export const dictionaries: Readonly<Record<LanguageCode, Dictionary>> = { en: english, vi: vietnamese };

/** The words for a code that came as plain text; the code itself where the dictionary does not know it. */
export function wordFor(words: Readonly<Record<string, string>>, code: string): string {
	return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}
