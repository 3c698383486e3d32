// All facts that rules may read: the item's, and those that each kind of signal brings.
import type { SignalCatalogue } from "../signals/catalogue.ts";
import type { Signal } from "../signals/signal.ts";
import { emptyOf, type FactDeclaration, type FactValue, type FactValues } from "./fact.ts";
import { createFactWriter, type FactLayout, layoutOf, type RecordedFacts } from "./fact-record.ts";
import { type ItemOfRules, itemFacts, itemGroup, readItemFacts } from "./item-facts.ts";

/** By group: `item`, `known`, `model`, … */
export type FactGroups = Readonly<Record<string, Readonly<Record<string, FactDeclaration>>>>;
export type Facts = Readonly<Record<string, FactValues>>;

export interface FactCatalogue {
	readonly groups: FactGroups;
	/** Where each fact stands in what a verdict records of them. */
	readonly layout: FactLayout;
	/** What is as if there were nothing to say. */
	readonly empty: Facts;
	write(facts: Facts): RecordedFacts;
	read(item: ItemOfRules, signals: readonly Signal[]): Facts;
}

export function createFactCatalogue({ facts: ofSignals }: Pick<SignalCatalogue, "facts">): FactCatalogue {
	const groups: FactGroups = {
		[itemGroup]: itemFacts,
		...Object.fromEntries(ofSignals.map(({ facts }) => [facts.group, facts.declared])),
	};
	const empty = Object.fromEntries(
		Object.entries(groups).map(([group, declared]) => [group, emptyFacts(declared)]),
	) satisfies Facts;
	const revision = Math.max(...Object.values(groups).flatMap((one) => Object.values(one).map(({ since }) => since)));
	const layout = layoutOf(groups, revision);
	return {
		groups,
		layout,
		empty,
		write: createFactWriter(layout),
		read(item, signals) {
			const facts: Record<string, FactValues> = {
				...empty,
				[itemGroup]: readItemFacts(item),
			};
			for (const { kind, facts: of } of ofSignals) {
				const own = signals.filter((one) => one.kind === kind);
				if (own.length > 0) facts[of.group] = { ...empty[of.group], ...of.read(own) };
			}
			return facts;
		},
	};
}

function emptyFacts(declared: Readonly<Record<string, FactDeclaration>>): FactValues {
	return Object.fromEntries(
		Object.entries(declared).map(([name, { type }]): [string, FactValue] => [name, emptyOf(type)]),
	);
}
