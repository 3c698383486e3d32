// Which known sounds stand in a sound, and where: a block of the one is near a block of the other, and so is enough of what is around them. What that
// means is policy's to say.
import { hashOfParts, partsOf } from "../hashes/hash-forms.ts";
import { followStretch, type Stretch } from "../hashes/sound/follow-stretch.ts";
import { type Sound, saysEnough } from "../hashes/sound/sound.ts";
import { blockWords, isTelling } from "../hashes/sound/sound-blocks.ts";
import type { SoundIndex } from "../index/sound-index.ts";

/** The widest that the index looks for: an eighth of a block's bits. */
const seedBits = 31;

export interface HeardSound {
	readonly entry: number;
	/** In order of time, none of which lies within another. */
	readonly stretches: readonly Stretch[];
}

/** `index` has the entries' blocks. Of several tunings that find an entry the first speaks. */
export function hearEntries(index: SoundIndex, sound: Sound): readonly HeardSound[] {
	const heard = new Map<number, readonly Stretch[]>();
	for (const words of sound.tunings)
		for (const [entry, stretches] of hearTuned(index, words)) if (!heard.has(entry)) heard.set(entry, stretches);
	return [...heard].map(([entry, stretches]) => ({ entry, stretches }));
}

function hearTuned(index: SoundIndex, item: Uint32Array): ReadonlyMap<number, readonly Stretch[]> {
	const tried = new Map<number, Stretch[]>();
	const words = new Map<number, Uint32Array>();
	const wordsOf = (entry: number) => {
		const known = words.get(entry) ?? partsOf(index.blocksOf(entry));
		words.set(entry, known);
		return known;
	};
	const bytes = hashOfParts(item);
	for (let at = 0; at + blockWords <= item.length; at += strideOf(item)) {
		if (!isTelling(item, at)) continue;
		for (const { entry, block } of index.search(bytes.subarray(at * 4, (at + blockWords) * 4), seedBits)) {
			const place = { item: at, entry: block * blockWords };
			const before = tried.get(entry) ?? [];
			if (before.some((one) => isOn(one, place))) continue;
			tried.set(entry, [...before, followStretch(item, wordsOf(entry), place)]);
		}
	}
	const heard = new Map<number, readonly Stretch[]>();
	for (const [entry, stretches] of tried) {
		const enough = stretches.filter((one) => saysEnough(item, one));
		if (enough.length > 0) heard.set(entry, withoutInner(enough));
	}
	return heard;
}

/** What was followed from a place on the same way need not be followed again. */
function isOn({ item, entry }: Stretch, place: { readonly item: number; readonly entry: number }): boolean {
	if (place.item < item.from || place.item >= item.to || place.entry < entry.from || place.entry >= entry.to)
		return false;
	const share = (place.item - item.from) / (item.to - item.from);
	return Math.abs(entry.from + share * (entry.to - entry.from) - place.entry) < 2 * blockWords;
}

function withoutInner(stretches: readonly Stretch[]): readonly Stretch[] {
	const longest = stretches.toSorted((a, b) => lengthOf(b) - lengthOf(a));
	const kept: Stretch[] = [];
	for (const one of longest)
		if (!kept.some(({ item }) => item.from <= one.item.from && one.item.to <= item.to)) kept.push(one);
	return kept.toSorted((a, b) => a.item.from - b.item.from);
}

function lengthOf({ item }: Stretch): number {
	return item.to - item.from;
}

/** The moments of twenty minutes. Not every one is looked up of what is longer: an odd stride comes by every place of a block in its turn. */
const mostLookUps = 26_000;

function strideOf({ length }: Uint32Array): number {
	return 1 + 2 * Math.ceil(Math.max(0, length / mostLookUps - 1) / 2);
}
