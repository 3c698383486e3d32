// Works on backtests that people begin here, one after the other, in small steps between which requests are answered. One that is stopped with
// the process is noted as far as it came, and goes on when somebody asks for it again.
import type { BacktestId } from "../core/ids.ts";
import type { CompiledRule } from "../core/rules/compile-rule.ts";
import { type BacktestDeps, backtestRule } from "../parts/backtest-rule.ts";
import type { Begun } from "../parts/begin-backtest.ts";
import type { Logger } from "../runtime/logger.ts";

/** As much as is asked within a few milliseconds. */
const pageSize = 500;

export interface BacktestRuns {
	/** One that is under way here already goes on as it is. */
	run(begun: Begun, rule: CompiledRule): void;
	/** After the page at hand. */
	stop(): Promise<void>;
}

export function createBacktestRuns(deps: BacktestDeps & { readonly logger: Logger }): BacktestRuns {
	const stopping = new AbortController();
	const waiting = new Set<BacktestId>();
	let last = Promise.resolve();
	const work = async ({ backtest, others }: Begun, rule: CompiledRule) => {
		try {
			const asked = { rule, others, signal: stopping.signal, onPage: () => undefined };
			await backtestRule({ ...deps, pageSize }, backtest, asked);
		} catch (error) {
			deps.logger.warn({ event: "backtest-stopped", err: error });
		} finally {
			waiting.delete(backtest.id);
		}
	};
	return {
		run(begun, rule) {
			if (waiting.has(begun.backtest.id)) return;
			waiting.add(begun.backtest.id);
			last = last.then(() => work(begun, rule));
		},
		stop() {
			stopping.abort();
			return last;
		},
	};
}
