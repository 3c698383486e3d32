// Other forms under which a text is looked up: what it was before markup, disguise or company. Each is hashed like a text of its own;
// what a match of one means is not decided here.

import { readLegacyEncoding } from "./legacy-encodings.ts";
import { readMarkup } from "./read-markup.ts";
import { holdsSigns } from "./read-signs.ts";
import { type Respelling, respell, skeletonOf, unveil } from "./respell.ts";
import { retype } from "./retype.ts";
import type { Rewording } from "./rewordings.ts";
import { shortestPart, textParts, withoutAddresses } from "./text-parts.ts";
import { readUpsideDown } from "./upside-down.ts";

/** The version of the forms and of how they come about, for verdicts to name. */
export const textVariantsVersion = "text-variants-6";

export interface TextVariant {
	readonly transform: Rewording;
	readonly text: string;
	/** Its spaces are guessed from its letters: of a whole text that is known it tells, of a word or two in it nothing. */
	readonly isGuessed?: boolean;
}

/** A near-duplicate hash reads no further either. */
const mostCharacters = 10_000;
/** What is longer is respelled, retyped and taken apart no further: it would hold others up. */
const mostRespelled = 4_000;
/** A longer text has parts that are looked up, and is not respelled once more without the addresses in it. */
const longestUnlinked = 600;
/** A longer text bears a slip of the pen. */
const longestCorrected = 200;

/** Each once, and none that is the text itself; the closest to it come first. Short ones without slips of the pen, if so asked. */
export function textVariants(text: string, slips: "corrected" | "kept" = "corrected"): readonly TextVariant[] {
	const found = new Map<string, TextVariant>();
	const add = (transform: Rewording, variant: string, isGuessed = false) => {
		if (variant !== text && !found.has(variant)) found.set(variant, { transform, text: variant, isGuessed });
	};
	const head = text.slice(0, mostCharacters);
	const unmarked = readMarkup(head);
	if (unmarked !== head) add("unmarked", unmarked);
	const start = unmarked.slice(0, mostRespelled);
	// Of a longer text its beginning is no form, but has parts.
	const wholes = unmarked.length > mostRespelled ? [] : rewordingsOf(start, head, slips);
	// An address that is respelled is none that could be left out.
	const bare = start.length > longestUnlinked ? start : withoutAddresses(start).trim();
	if (bare !== start.trim() && bare.length >= shortestPart)
		for (const { transform, text: reworded, isGuessed } of rewordingsOf(bare, bare, slips))
			add(transform, reworded, isGuessed);
	for (const { transform, text: reworded, isGuessed } of wholes) add(transform, reworded, isGuessed);
	let left = mostRespelled;
	const read = new Map<string, number>();
	for (const whole of [start, ...wholes.map((variant) => variant.text)]) {
		// Case makes no other text, nor other parts: what most texts are respelled to.
		const before = read.get(whole.toLowerCase());
		if (before !== undefined) {
			left -= before;
			if (left < 0) break;
			continue;
		}
		const parts = textParts(whole);
		for (const part of parts) {
			left -= part.length;
			if (left < 0) return [...found.values()];
			add("excerpt", part);
		}
		if (isToldByCase(whole, parts)) read.set(whole.toLowerCase(), lengthOf(parts));
	}
	return [...found.values()];
}

/** Whether the same text in lower case has the same parts, as long: nothing that two of them are told apart by is lost. */
function isToldByCase(whole: string, parts: readonly string[]): boolean {
	const lower = whole.toLowerCase();
	return lower.length === whole.length && new Set(parts.map((part) => part.toLowerCase())).size === parts.length;
}

function lengthOf(parts: readonly string[]): number {
	return parts.reduce((sum, { length }) => sum + length, 0);
}

function rewordingsOf(text: string, written: string, slips: "corrected" | "kept"): readonly TextVariant[] {
	const ways = respellingsOf(text, slips);
	const skeleton = skeletonOf(text);
	const respelled = respell(skeleton, ways).map((said, at) => ({
		transform: "respelled" as const,
		text: said,
		isGuessed: ways[at] === "parted" || ways[at] === "regrouped",
	}));
	const upright = readUpsideDown(text).map((turned) => ({ transform: "respelled" as const, text: turned }));
	const unveiled = unveil(skeleton);
	const typed = unveiled === text ? [] : retype(unveiled);
	const read = [...retype(text), ...typed, ...readLegacyEncoding(written)];
	const retyped = read.map((one) => ({ transform: "retyped" as const, text: one }));
	return distinct([...upright, ...respelled, ...retyped]);
}

/** Most ways come to the same: what has been read once is not taken apart again. */
function distinct(all: readonly TextVariant[]): readonly TextVariant[] {
	const seen = new Set<string>();
	return all.filter(({ text }) => {
		const { size } = seen;
		return seen.add(text).size > size;
	});
}

function respellingsOf(text: string, slips: "corrected" | "kept"): readonly Respelling[] {
	const all: Respelling[] = ["plain", "unparted"];
	if (/\d/.test(text)) all.push("numbers");
	if (holdsSigns(text)) all.push("signs");
	if (slips === "corrected" && text.length <= longestCorrected) all.push("slips");
	return [...all, "parted", "regrouped"];
}
