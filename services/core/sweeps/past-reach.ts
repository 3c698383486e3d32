// How far entries of a type of hash can meet earlier items: what of an item is kept for that, and what is not.
import { declarationOf, type HashType, hashTypes, isOfParts, isOfSounds, isWithinTexts } from "../hashes/hash-type.ts";
import { standsForText } from "../items/item-hashes.ts";

/**
 * `all`: every item, by its bytes. `as-it-came`: every item, by its pixels, and not in its other turns and framings. `while-kept`: texts, for as
 * long as facts of verdicts are kept, and those that people saw for longer. `same-alone`: what people saw, where it is the very same.
 * `nothing`: neither what texts hold nor their parts are kept, nor what is heard.
 */
export type PastReach = "all" | "as-it-came" | "while-kept" | "same-alone" | "nothing";

export function pastReachOf(type: HashType): PastReach {
	if (isWithinTexts(type) || isOfParts(type) || isOfSounds(type)) return "nothing";
	if (standsForText(type)) return "while-kept";
	const { of } = declarationOf(type);
	if (of === "video") return "same-alone";
	return of === "picture" ? "as-it-came" : "all";
}

export interface TypeReach {
	readonly type: HashType;
	readonly reach: PastReach;
}

export function pastReaches(): readonly TypeReach[] {
	return hashTypes.map((type) => ({ type, reach: pastReachOf(type) }));
}
