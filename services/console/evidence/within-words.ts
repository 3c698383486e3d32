// Which files within an item a sentence is about. Their names are the sender's, and are shown as they are.
import type { LanguageCode } from "../language/language-code.ts";

const named = 3;
const words: Readonly<Record<LanguageCode, (paths: string, more: number) => string>> = {
	en: (paths, more) => `in ${paths}${more === 0 ? "" : ` and ${more} more`}`,
	vi: (paths, more) => `trong ${paths}${more === 0 ? "" : ` và ${more} tệp khác`}`,
};

export function withinWords(sentence: string, within: readonly string[], language: LanguageCode): string {
	if (within.length === 0) return sentence;
	const first = within.slice(0, named).map((path) => `“${path}”`);
	return `${sentence}, ${words[language](first.join(", "), within.length - first.length)}`;
}
