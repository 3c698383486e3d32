// Asks a rule's revision of earlier items, by the facts that their verdicts recorded: which items it holds of, and the signal that it gives one.
import { setImmediate } from "node:timers/promises";
import type { BreakerScope } from "../../core/policy/breaker.ts";
import { mayExamine } from "../../core/policy/legal-basis.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { FactStore } from "../../core/ports/fact-store.ts";
import type { RuleStore } from "../../core/ports/rule-store.ts";
import type { SweptRule } from "../../core/ports/sweep-store.ts";
import { createReplay, type PastFacts, type Replay } from "../../core/rules/backtest.ts";
import { createRuleCompiler } from "../../core/rules/compile-rule.ts";
import { createFactCatalogue } from "../../core/rules/fact-catalogue.ts";
import { createFactReader, type FactReader } from "../../core/rules/fact-record.ts";
import { createRuleSet, type RuleSet } from "../../core/rules/rule-set.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import type { Signal } from "../../core/signals/signal.ts";
import type { PastItem } from "../../core/sweeps/judge-again.ts";

export interface PastRulesDeps {
	readonly rules: Pick<RuleStore, "asked">;
	readonly facts: Pick<FactStore, "layouts" | "of">;
	readonly signalCatalogue: SignalCatalogue;
	readonly clock: Clock;
}

interface BesideWhat {
	readonly signals: readonly Signal[];
	readonly policy: Policy;
	readonly isOpen: (scope: BreakerScope) => boolean;
}

/** What a rule says of an earlier item, beside what else is said of it. */
export type AskOfPast = (item: PastItem, beside: BesideWhat) => readonly Signal[];

export interface PastRules {
	look(rule: SweptRule, page: readonly PastFacts[]): Promise<Looked>;
	/** It can be asked about these items alone. */
	asking(rule: SweptRule, items: readonly PastItem[]): Promise<AskOfPast>;
}

interface Looked {
	/** The items that it holds of. */
	readonly found: readonly string[];
	readonly unrecorded: number;
}

interface Ready {
	readonly reader: FactReader;
	/** Null where this version of the program cannot read the rule. */
	readonly replay: Replay | null;
	readonly set: RuleSet;
}

/** A few milliseconds. */
const verdictsPerTurn = 250;

export function createPastRules({ rules, facts, signalCatalogue, clock }: PastRulesDeps): PastRules {
	const compiler = createRuleCompiler(createFactCatalogue(signalCatalogue));
	/** Null where the revision is not live any more: it says nothing then. Asked anew for each step, for one may have taken it back. */
	const ready = async ({ name, revision }: SweptRule): Promise<Ready | null> => {
		const all = await rules.asked();
		const found = all.find((one) => one.body.name === name && one.revision === revision && one.stage === "live");
		if (found === undefined) return null;
		const reader = createFactReader(await facts.layouts(), compiler.facts.empty);
		const compiled = compiler.compile(found.body);
		const replay = compiled.kind === "compiled" ? createReplay(compiled.rule, [], { compiler, reader }) : null;
		return {
			reader,
			replay,
			set: createRuleSet([found], compiler, signalCatalogue),
		};
	};
	return {
		async look(rule, page) {
			const replay = (await ready(rule))?.replay ?? null;
			const found: string[] = [];
			let unrecorded = 0;
			for (let from = 0; replay !== null && from < page.length; from += verdictsPerTurn) {
				const some = page.slice(from, from + verdictsPerTurn);
				const outcomes = replay.outcomes(some);
				found.push(...some.flatMap(({ itemId }, at) => (outcomes[at] === "held" ? itemId : [])));
				unrecorded += outcomes.filter((one) => one === "unrecorded").length;
				await setImmediate();
			}
			return { found, unrecorded };
		},
		async asking(rule, items) {
			const asked = await ready(rule);
			const kept = asked === null ? [] : await facts.of(items.map(({ id }) => id));
			const known = new Map(kept.map((one) => [one.itemId, one]));
			return ({ id, platformId, authorId, cluster }, { policy, ...beside }) => {
				const told = known.get(id);
				if (asked === null || told === undefined || !mayExamine(policy, "rule")) return [];
				const of = { platformId, authorId, clusterId: cluster?.clusterId ?? null };
				// What is snoozed now is not spoken of, whenever it came.
				return asked.set.ask({ facts: asked.reader.read(told), ...of, policy, arrivedAtMs: clock.now(), ...beside });
			};
		},
	};
}
