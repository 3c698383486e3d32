// Rules and backtests as the review API shows them.
import type { Backtest, BacktestCase } from "../core/ports/backtest-store.ts";
import type { RuleRevision } from "../core/ports/rule-store.ts";
import type { RuleSnooze } from "../core/ports/snooze-store.ts";
import { precisionOf, shareOf } from "../core/rules/backtest-tally.ts";
import type { Compiled } from "../core/rules/compile-rule.ts";
import type { CheckRuleAnswer, WireBacktest, WireRule, WireSnooze } from "../core/wire/rules-api.ts";

/** `viewer`: the login of whoever looks. */
export function showRule({ since, endsAt, madeAt, waiting, ...rule }: RuleRevision, viewer: string): WireRule {
	return {
		...rule,
		since: since.toISOString(),
		endsAt: endsAt?.toISOString() ?? null,
		madeAt: madeAt.toISOString(),
		waiting: waiting === null ? null : { ...waiting, isMine: waiting.askedBy === viewer },
	};
}

export function showSnooze(snooze: RuleSnooze, nowMs: number): WireSnooze {
	const { id, of, platformName, until, by, why, at, ended, firings, lastFiringAt } = snooze;
	return {
		...{ id, by, why, firings },
		of: of.kind === "cluster" ? of : { kind: "account", platform: platformName ?? "", accountId: of.accountId },
		until: until.toISOString(),
		at: at.toISOString(),
		lasts: ended === null && until.getTime() > nowMs,
		ended: ended === null ? null : { ...ended, at: ended.at.toISOString() },
		lastFiringAt: lastFiringAt?.toISOString() ?? null,
	};
}

export function showChecked(compiled: Compiled): CheckRuleAnswer {
	return compiled.kind === "refused"
		? { cost: null, reads: [], faults: [...compiled.faults] }
		: { cost: compiled.rule.cost, reads: [...compiled.rule.reads], faults: [] };
}

export function showBacktest(backtest: Backtest, cases: readonly BacktestCase[], total: number | null): WireBacktest {
	const { id, revision, range, state, tally, startedBy, startedAt, endedAt } = backtest;
	return {
		...{ id, revision, state, total, tally, startedBy },
		from: range.from.toISOString(),
		to: range.to.toISOString(),
		held: shareOf(tally),
		precision: precisionOf(tally),
		startedAt: startedAt.toISOString(),
		endedAt: endedAt?.toISOString() ?? null,
		cases: cases.map((one) => ({ ...one, arrivedAt: one.arrivedAt.toISOString() })),
	};
}
