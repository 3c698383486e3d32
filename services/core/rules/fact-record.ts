// The facts of one verdict as the record keeps them: all that rules could read of the item at that moment, and no word of it. What is as if
// there were nothing to say is left out; the rest stands as pairs of place and value, and a layout says which fact stands at which place.
import { createHash } from "node:crypto";
import { type FactValue, isEmptyFact, isFactValue } from "./fact.ts";
import type { FactGroups, Facts } from "./fact-catalogue.ts";

export interface FactLayout {
	/** Made of the names: every process that knows the same facts has the same. */
	readonly id: number;
	/** That of the catalogue. */
	readonly revision: number;
	/** `group.name`; a fact's place is where it stands here. */
	readonly names: readonly string[];
}

/** As a verdict keeps them. */
export interface RecordedFacts {
	readonly layout: number;
	/** JSON: place, value, place, value, … */
	readonly facts: string;
}

/** `unrecorded`: facts that there are, and that verdicts by this layout do not record. */
export function layoutOf(
	groups: FactGroups,
	revision: number,
	unrecorded: ReadonlySet<string> = new Set(),
): FactLayout {
	const names = Object.entries(groups)
		.flatMap(([group, declared]) => Object.keys(declared).map((name) => `${group}.${name}`))
		.filter((name) => !unrecorded.has(name))
		.toSorted();
	const id = createHash("sha256").update(names.join("\n")).digest().readUInt32BE(0) >>> 1;
	return { id, revision, names };
}

export function createFactWriter(layout: FactLayout): (facts: Facts) => RecordedFacts {
	const places = layout.names.map((name) => [...partsOf(name)] as const);
	return (facts) => {
		const pairs: (number | FactValue)[] = [];
		for (const [place, [group, name]] of places.entries()) {
			const value = facts[group]?.[name];
			if (value !== undefined && !isEmptyFact(value)) pairs.push(place, value);
		}
		return { layout: layout.id, facts: JSON.stringify(pairs) };
	};
}

export interface FactReader {
	/** Which of these facts verdicts of that layout did not record. */
	missing(layout: number, names: readonly string[]): readonly string[];
	/** Exactly the facts that were written. Throws where the layout is not known. */
	read(recorded: { readonly layout: number; readonly facts: readonly unknown[] }): Facts;
}

export function createFactReader(layouts: readonly FactLayout[], empty: Facts): FactReader {
	const known = new Map(
		layouts.map(({ id, names }) => [
			id,
			{ names: new Set(names), places: names.map((name) => [...partsOf(name)] as const) },
		]),
	);
	const layoutAt = (id: number) => {
		const layout = known.get(id);
		if (layout === undefined) throw new Error(`no layout of facts ${id}`);
		return layout;
	};
	return {
		missing: (id, names) => names.filter((name) => !layoutAt(id).names.has(name)),
		read({ layout, facts: pairs }) {
			const { places } = layoutAt(layout);
			const facts: Record<string, Record<string, FactValue>> = {};
			for (const [group, values] of Object.entries(empty)) facts[group] = { ...values };
			for (let at = 0; at < pairs.length; at += 2) {
				const [group = "", name = ""] = places[Number(pairs[at])] ?? [];
				const values = facts[group];
				const value = pairs[at + 1];
				// A fact that there is no more is read by no rule.
				if (values !== undefined && name in values && isFactValue(value)) values[name] = value;
			}
			return facts;
		},
	};
}

function partsOf(name: string): readonly [group: string, name: string] {
	const at = name.indexOf(".");
	return [name.slice(0, at), name.slice(at + 1)];
}
