// All jurisdictions together, as one revision of them is kept; and what differs between two.
import { z } from "zod";
import { canonicalJson } from "../acts/canonical-json.ts";
import { type Jurisdiction, jurisdiction } from "./profile.ts";

export const lawBook = z
	.array(jurisdiction)
	.min(1)
	.refine((all) => isUnique(all.map((one) => one.jurisdiction)), "names a jurisdiction more than once")
	.refine(
		(all) => isUnique(all.flatMap(({ profiles }) => profiles.map(({ id }) => id))),
		"names a profile more than once",
	);
export type LawBook = readonly Jurisdiction[];

function isUnique(names: readonly string[]): boolean {
	return new Set(names).size === names.length;
}

export interface LawChange {
	/** A profile's id; a jurisdiction's where it is its zone or its calendar. */
	readonly what: string;
	readonly change: "added" | "changed" | "removed";
}

export function compareLaws(before: LawBook, after: LawBook): readonly LawChange[] {
	const [was, is] = [partsOf(before), partsOf(after)];
	return [...new Set([...was.keys(), ...is.keys()])].flatMap((what): LawChange[] => {
		const [former, next] = [was.get(what), is.get(what)];
		if (former === next) return [];
		return [{ what, change: former === undefined ? "added" : next === undefined ? "removed" : "changed" }];
	});
}

/** Each as canonical JSON, by the name that a change is told of under. */
function partsOf(book: LawBook): ReadonlyMap<string, string> {
	return new Map(
		book.flatMap(({ jurisdiction: where, zone, calendar, profiles }) => [
			[where, canonicalJson({ zone, calendar })] as const,
			...profiles.map((one) => [one.id, canonicalJson({ where, one })] as const),
		]),
	);
}
