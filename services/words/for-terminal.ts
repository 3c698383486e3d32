// What is printed to a terminal, which obeys some characters: names of files, accounts and banks are other people's words.

/** Control characters but line feed and tab, and marks that turn the direction of what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const obeyed = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Writes them as JSON does, so that a line of JSON stays what it was. */
export function forTerminal(text: string): string {
	return text.replace(obeyed, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
