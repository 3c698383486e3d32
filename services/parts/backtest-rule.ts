// Holds a rule against the facts that past verdicts recorded, page by page; each page is noted, so that whoever is stopped goes on from there.
import type { ItemId } from "../core/ids.ts";
import type { Backtest, BacktestStore } from "../core/ports/backtest-store.ts";
import type { FactStore } from "../core/ports/fact-store.ts";
import { createReplay, type PastDecision, type PastFacts } from "../core/rules/backtest.ts";
import type { CompiledRule, RuleCompiler } from "../core/rules/compile-rule.ts";
import { createFactReader } from "../core/rules/fact-record.ts";
import type { AskedRule } from "../core/rules/rule-set.ts";
import { throughPages } from "./through-pages.ts";

export interface BacktestDeps {
	readonly facts: Pick<FactStore, "layouts" | "page">;
	readonly backtests: Pick<BacktestStore, "note" | "end" | "decisions">;
	readonly compiler: RuleCompiler;
	/** Verdicts read and asked at once; whoever answers people meanwhile takes few. */
	readonly pageSize?: number;
}

interface Asked {
	readonly rule: CompiledRule;
	/** In the order of the tally's overlap; null where one is not asked any more. */
	readonly others: readonly (AskedRule | null)[];
	/** It ends after the page at hand. */
	readonly signal: AbortSignal;
	readonly onPage: (examined: number) => void;
}

const largePage = 10_000;

/** Answers it as it then is: `running` where it was told to stop. Rejects where somebody else works on it. */
export async function backtestRule(deps: BacktestDeps, begun: Backtest, asked: Asked): Promise<Backtest> {
	const { facts, backtests, compiler, pageSize = largePage } = deps;
	const reader = createFactReader(await facts.layouts(), compiler.facts.empty);
	const replay = createReplay(asked.rule, asked.others, { compiler, reader });
	return throughPages<PastFacts, Backtest>(begun, {
		page: (after) => facts.page(begun.range, after, pageSize),
		async work(at, page) {
			const outcomes = replay.outcomes(page);
			const held = page.filter((_, place) => outcomes[place] === "held");
			const tally = replay.add(at.tally, page, { outcomes, decisions: await decisionsOf(backtests, held) });
			return { ...at, tally };
		},
		async note(before, after) {
			const isNoted = await backtests.note(before, after);
			if (isNoted) asked.onPage(after.tally.examined);
			return isNoted;
		},
		end: ({ id }) => backtests.end(id),
		signal: asked.signal,
	});
}

/** Decisions on those of the items that came before people. */
export async function decisionsOf(
	backtests: Pick<BacktestStore, "decisions">,
	held: readonly { readonly itemId: ItemId }[],
): Promise<ReadonlyMap<ItemId, PastDecision>> {
	return held.length === 0 ? new Map() : backtests.decisions(held.map(({ itemId }) => itemId));
}
