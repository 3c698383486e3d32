// Which backtest is worked on: one that was stopped, beside the rules that it began with, or a new one.
import type { Backtest, BacktestStore } from "../core/ports/backtest-store.ts";
import type { FactRange } from "../core/ports/fact-store.ts";
import { emptyTally } from "../core/rules/backtest.ts";
import type { AskedRule } from "../core/rules/rule-set.ts";

interface Asked {
	readonly name: string;
	readonly revision: number;
	/** Null: one that was stopped goes on, and without one a new one goes over the last seven days. */
	readonly range: FactRange | null;
	readonly startedBy: string;
	readonly nowMs: number;
}

export interface Begun {
	readonly backtest: Backtest;
	/** In the order of the tally's overlap; null where one is not asked any more. */
	readonly others: readonly (AskedRule | null)[];
}

const defaultSpanMs = 7 * 86_400_000;

export async function beginBacktest(
	backtests: Pick<BacktestStore, "unfinished" | "begin">,
	{ name, revision, range, startedBy, nowMs }: Asked,
	asked: readonly AskedRule[],
): Promise<Begun> {
	const stopped = range === null ? await backtests.unfinished(name, revision) : null;
	const others = asked.filter((one) => one.body.name !== name || one.revision !== revision);
	const backtest =
		stopped ??
		(await backtests.begin({
			...{ name, revision, startedBy, tally: emptyTally(others) },
			range: range ?? { from: new Date(nowMs - defaultSpanMs), to: new Date(nowMs) },
		}));
	return { backtest, others: sameAs(backtest, asked) };
}

function sameAs({ tally }: Backtest, asked: readonly AskedRule[]): readonly (AskedRule | null)[] {
	return tally.overlap.map(
		({ rule, revision }) => asked.find((one) => one.body.name === rule && one.revision === revision) ?? null,
	);
}
