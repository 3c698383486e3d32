// Facts of the item itself: where it appeared, and how it is made. Counts and shares only; no word of it is kept.
import type { FactDeclarations, FactValues } from "./fact.ts";

export const itemGroup = "item";

export const itemFacts = {
	kind: { type: "string", evidence: "place", since: 1, says: "post or media" },
	surface: { type: "string", evidence: "place", since: 1, says: "public, group or direct" },
	platform: { type: "string", evidence: "place", since: 1, says: "name of the platform" },
	language: { type: "string", evidence: "place", since: 1, says: "as the platform says; empty where it does not" },
	mediaType: {
		type: "string",
		evidence: "place",
		since: 1,
		says: "type of the file, such as image/jpeg; empty for posts",
	},
	isEdit: { type: "bool", evidence: "content", since: 1, says: "the text of a post that was there before" },
	textLength: { type: "int", evidence: "content", since: 1, says: "characters of the text" },
	lines: { type: "int", evidence: "content", since: 1, says: "lines of the text" },
	links: { type: "int", evidence: "content", since: 1, says: "addresses in the text that begin with http or www" },
	mentions: { type: "int", evidence: "content", since: 1, says: "words that begin with @" },
	hashtags: { type: "int", evidence: "content", since: 1, says: "words that begin with #" },
	digits: { type: "int", evidence: "content", since: 1, says: "digits in the text" },
	upperShare: { type: "double", evidence: "content", since: 1, says: "capitals among the letters, 0 to 1" },
} as const satisfies FactDeclarations;

/** What the detector knows of an item once it has been examined. */
export interface ItemOfRules {
	readonly kind: string;
	readonly surface: string;
	readonly platform: string;
	readonly language: string | null;
	readonly mediaType: string | null;
	readonly isEdit: boolean;
	readonly text: string | null;
}

/** Field by field: this runs for every item, and copying objects whole takes longer than reading the text. */
export function readItemFacts(item: ItemOfRules): FactValues {
	const of = item.text === null ? noText : readText(item.text);
	return {
		kind: item.kind,
		surface: item.surface,
		platform: item.platform,
		language: item.language ?? "",
		mediaType: item.mediaType ?? "",
		isEdit: item.isEdit,
		textLength: of.textLength,
		lines: of.lines,
		links: of.links,
		mentions: of.mentions,
		hashtags: of.hashtags,
		digits: of.digits,
		upperShare: of.upperShare,
	} satisfies Record<keyof typeof itemFacts, unknown>;
}

const noText = { textLength: 0, lines: 0, links: 0, mentions: 0, hashtags: 0, digits: 0, upperShare: 0 };

const withScheme = /https?:\/\//giu;
const anyWww = /www\./i;
const withoutScheme = /(?<![\p{L}\p{N}./])www\./giu;
const mention = /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_]/gu;
const hashtag = /(?<![\p{L}\p{N}_&])#[\p{L}\p{N}_]/gu;

/** Linear in the text: no pattern here can go back. Every item's text is read, so that what is rare is looked for only where its sign is. */
function readText(text: string) {
	const count = (mayBe: boolean, pattern: RegExp) => {
		let found = 0;
		if (mayBe) for (const _ of text.matchAll(pattern)) found += 1;
		return found;
	};
	const { upper, letters, digits, breaks } = readCharacters(text);
	return {
		textLength: text.length,
		lines: text === "" ? 0 : breaks + 1,
		links: count(text.includes("://"), withScheme) + count(anyWww.test(text), withoutScheme),
		mentions: count(text.includes("@"), mention),
		hashtags: count(text.includes("#"), hashtag),
		digits,
		upperShare: letters === 0 ? 0 : upper / letters,
	};
}

function readCharacters(text: string) {
	const found = { upper: 0, letters: 0, digits: 0, breaks: 0 };
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code > 0x7f) {
			const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
			if (/\p{L}/u.test(character)) found.letters += 1;
			if (/\p{Lu}/u.test(character)) found.upper += 1;
			if (/\p{Nd}/u.test(character)) found.digits += 1;
			at += character.length - 1;
		} else if (code >= 0x61 && code <= 0x7a) found.letters += 1;
		else if (code >= 0x41 && code <= 0x5a) {
			found.letters += 1;
			found.upper += 1;
		} else if (code >= 0x30 && code <= 0x39) found.digits += 1;
		else if (code === 0x0a) found.breaks += 1;
	}
	return found;
}
