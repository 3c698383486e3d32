// All facts that rules may read: the item's, and those that each kind of signal brings.
import type { SignalCatalogue } from "../signals/catalogue.ts";
import type { Signal } from "../signals/signal.ts";
import { emptyOf, type FactDeclaration, type FactValue, type FactValues, isAnyRead, namesOf } from "./fact.ts";
import { createFactWriter, type FactLayout, layoutOf, type RecordedFacts } from "./fact-record.ts";
import { type ItemOfRules, itemFacts, itemGroup, readItemFacts } from "./item-facts.ts";
import { type LatelyCounts, latelyFactsOf, latelyGroups, latelyNames } from "./lately.ts";

/** By group: `item`, `known`, `model`, … */
export type FactGroups = Readonly<Record<string, Readonly<Record<string, FactDeclaration>>>>;
export type Facts = Readonly<Record<string, FactValues>>;

export interface FactCatalogue {
	readonly groups: FactGroups;
	/** Where each fact stands in what a verdict records, where it records all of them. */
	readonly layout: FactLayout;
	/** How verdicts record facts while rules read these, as `group.name`: what is made for no rule is not known, which is not the same as 0. */
	recording(reads: ReadonlySet<string>): FactRecording;
	/** What is as if there were nothing to say. */
	readonly empty: Facts;
	write(facts: Facts): RecordedFacts;
	/** `counts`: null where none are kept. */
	read(item: ItemOfRules, signals: readonly Signal[], counts?: LatelyCounts | null): Facts;
}

export interface FactRecording {
	readonly layout: FactLayout;
	write(facts: Facts): RecordedFacts;
}

export function createFactCatalogue({ facts: ofSignals }: Pick<SignalCatalogue, "facts">): FactCatalogue {
	const groups: FactGroups = {
		[itemGroup]: itemFacts,
		...latelyGroups,
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
		recording(reads) {
			const unread = ofSignals.filter(({ facts }) => facts.isMadeIfRead === true && !isAnyRead(facts, reads));
			const unrecorded = new Set([
				...latelyNames.filter((name) => !reads.has(name)),
				...unread.flatMap(({ facts }) => namesOf(facts)),
			]);
			const own = layoutOf(groups, revision, unrecorded);
			return { layout: own, write: createFactWriter(own) };
		},
		read(item, signals, counts = null) {
			const facts: Record<string, FactValues> = {
				...empty,
				...(counts === null ? {} : latelyFactsOf(counts)),
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
