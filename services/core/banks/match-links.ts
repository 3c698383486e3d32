// Which links of banks a text holds, and where: one match an entry. What a link comes to is policy's to say.
import { toHex } from "../hashes/hash-hex.ts";
import { hashBitsOf } from "../hashes/hash-type.ts";
import { type LinkQuery, linkQueries } from "../hashes/link/link-hash.ts";
import { mayHoldLinks } from "../links/find-links.ts";
import { readMarkup } from "../text/read-markup.ts";
import type { Match } from "./bank.ts";
import type { Place } from "./place-in-disguise.ts";

/** A list may have fewer, the beginning of the hash. */
const wholeBits = 256;
/** The places of one entry's links that people are shown. */
const mostPlaces = 8;
/** Texts with more words are not gone through once more to show where links stand. */
const mostWords = 20_000;
/** A link may be written with spaces around its dots; so many words are taken together, the fewest first. */
const runs = [1, 3, 5] as const;

interface Found {
	readonly match: Match;
	/** Those of the links that lead to the entry, in hex. */
	readonly hashes: string[];
}

/** `look` answers for one form of a link; the first form by which an entry is found speaks for it. */
export function matchLinks(text: string, look: (query: LinkQuery) => readonly Match[]): readonly Match[] {
	const found = new Map<string, Found>();
	for (const query of linkQueries([text, readMarkup(text)]))
		for (const match of look(query)) {
			const known = found.get(match.entryId);
			if (known === undefined) found.set(match.entryId, { match, hashes: [toHex(query.hash)] });
			else known.hashes.push(toHex(query.hash));
		}
	if (found.size === 0) return [];
	const places = placesOf(text, new Set([...found.values()].flatMap(({ hashes }) => hashes)));
	return [...found.values()].map(({ match, hashes }) => ({
		...match,
		...(hashBitsOf(match.hashType) < wholeBits ? { linkHashes: hashes } : {}),
		places: distinct(hashes.flatMap((hash) => places.get(hash) ?? [])).slice(0, mostPlaces),
	}));
}

/** By hash, where in the text links stand that have it: the fewest words, as they came, that are such a link by themselves. */
function placesOf(text: string, wanted: ReadonlySet<string>): ReadonlyMap<string, readonly Place[]> {
	const places = new Map<string, Place[]>();
	const words = Array.from(text.matchAll(/\S+/gu), ({ index, 0: word }) => ({ from: index, to: index + word.length }));
	if (words.length > mostWords) return places;
	for (const run of runs) {
		const missing = new Set([...wanted].filter((hash) => !places.has(hash)));
		for (let at = 0; at + run <= words.length && missing.size > 0; at += 1) {
			const place = { from: words[at]?.from ?? 0, to: words[at + run - 1]?.to ?? 0 };
			const part = text.slice(place.from, place.to);
			if (!mayHoldLinks(part)) continue;
			for (const { hash } of linkQueries([part, readMarkup(part)])) {
				const hex = toHex(hash);
				if (missing.has(hex)) places.set(hex, [...(places.get(hex) ?? []), place]);
			}
		}
	}
	return places;
}

function distinct(places: readonly Place[]): readonly Place[] {
	return [...new Map(places.map((place) => [`${place.from} ${place.to}`, place])).values()];
}
