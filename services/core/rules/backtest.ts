// What a rule would have done with verdicts of the past: it is asked again of the facts that each recorded, by the same evaluation that
// detectors ask, and held against what people decided since. It decides nothing, and knows no store.
import type { CaseId, ItemId } from "../ids.ts";
import type { BacktestTally } from "./backtest-tally.ts";
import type { CelFacts, CompiledRule, RuleCompiler } from "./compile-rule.ts";
import type { FactReader } from "./fact-record.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import type { AskedRule } from "./rule-set.ts";

/** The facts that one verdict recorded. */
export interface PastFacts {
	readonly itemId: ItemId;
	readonly layout: number;
	readonly facts: readonly unknown[];
}

/** What people decided of an item; without one, nobody has yet, or nobody was asked. */
export interface PastDecision {
	readonly caseId: CaseId;
	readonly decision: "remove" | "restore" | null;
}

const casesShown = 20;

export function emptyTally(asked: readonly AskedRule[]): BacktestTally {
	const overlap = asked.map(({ body, revision, stage }) => ({ rule: body.name, revision, stage, both: 0 }));
	const none = { examined: 0, unrecorded: 0, held: 0, failed: 0, wanted: 0, unwanted: 0, unknown: 0, alone: 0 };
	return { ...none, overlap, cases: [] };
}

export interface Replay {
	/** What the rule says of each, in their order; `unrecorded` where a fact that it reads was not. */
	outcomes(page: readonly PastFacts[]): readonly (Outcome | "unrecorded")[];
	/** Adds a page to what there is so far. Decisions are of those that the rule holds of. */
	add(tally: BacktestTally, page: readonly PastFacts[], told: Told): BacktestTally;
}

interface Told {
	readonly outcomes: readonly (Outcome | "unrecorded")[];
	readonly decisions: ReadonlyMap<ItemId, PastDecision>;
}

/** `others`: the rules that detectors ask, in the order of the tally's overlap; null holds of nothing. */
export function createReplay(
	rule: CompiledRule,
	others: readonly (AskedRule | null)[],
	{ compiler, reader }: { readonly compiler: RuleCompiler; readonly reader: FactReader },
): Replay {
	const celOf = (one: PastFacts) => compiler.toCel(reader.read(one));
	const isTold = (one: PastFacts, { reads }: CompiledRule) => reader.missing(one.layout, reads).length === 0;
	const compiledOthers = others.map((other) => {
		const compiled = other === null ? null : compiler.compile(other.body);
		return compiled?.kind === "compiled" ? compiled.rule : null;
	});
	return {
		outcomes: (page) => page.map((one) => (isTold(one, rule) ? outcomeOf(rule, celOf(one)) : "unrecorded")),
		add(tally, page, { outcomes, decisions }) {
			const held = page.filter((_, at) => outcomes[at] === "held");
			const both = compiledOthers.map(() => 0);
			let alone = 0;
			for (const one of held) {
				const cel = celOf(one);
				let isAlone = true;
				for (const [at, other] of compiledOthers.entries()) {
					if (other === null || !isTold(one, other) || !holds(other, cel)) continue;
					both[at] = (both[at] ?? 0) + 1;
					isAlone = false;
				}
				if (isAlone) alone += 1;
			}
			const decided = held.map(({ itemId: id }) => decisions.get(id)?.decision ?? null);
			const countOf = <T>(all: readonly T[], which: T) => all.filter((one) => one === which).length;
			return {
				examined: tally.examined + page.length,
				unrecorded: tally.unrecorded + countOf(outcomes, "unrecorded"),
				held: tally.held + held.length,
				failed: tally.failed + countOf(outcomes, "failed"),
				wanted: tally.wanted + countOf(decided, "remove"),
				unwanted: tally.unwanted + countOf(decided, "restore"),
				unknown: tally.unknown + countOf(decided, null),
				alone: tally.alone + alone,
				overlap: tally.overlap.map((one, at) => ({ ...one, both: one.both + (both[at] ?? 0) })),
				cases: drawn([...tally.cases, ...held.map(({ itemId: id }) => id)]),
			};
		},
	};
}

function holds(rule: CompiledRule, facts: CelFacts): boolean {
	return outcomeOf(rule, facts) === "held";
}

/** By the ids' last digits, which are random: the same ones whatever the pages were. */
function drawn(ids: readonly ItemId[]): readonly ItemId[] {
	if (ids.length <= casesShown) return ids;
	const last = (id: ItemId) => id.slice(-12);
	return ids.toSorted((a, b) => (last(a) < last(b) ? -1 : 1)).slice(0, casesShown);
}
