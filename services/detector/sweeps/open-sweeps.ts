// Puts together what judges earlier items again, for sweeps and for reports: it runs where the banks, the policy and the breakers are at hand, and knows whether
// items wait that come first.
import type { BankLookUps } from "../../core/banks/bank-matcher.ts";
import type { StandingDecisions } from "../../core/clusters/standing-decision.ts";
import type { BreakerScope } from "../../core/policy/breaker.ts";
import type { Policies } from "../../core/policy/policy.ts";
import type { Subscription } from "../../core/ports/item-stream.ts";
import type { Parts } from "../../parts/parts.ts";
import { createBriefCache } from "../../runtime/brief-cache.ts";
import type { DetectorKinds } from "../kinds/catalogue.ts";
import { tellLoad } from "../tell-load.ts";
import { createExamineAgain } from "./examine-again.ts";
import { createJudgeItems } from "./judge-items.ts";
import { judgeReported } from "./judge-reported.ts";
import { createPastRules } from "./past-rules.ts";
import { runSweeps } from "./run-sweeps.ts";

export interface SweepParts {
	readonly kinds: DetectorKinds;
	readonly matcher: Pick<BankLookUps, "version" | "lookUp">;
	readonly policies: Pick<Policies, "of">;
	readonly breakers: { isOpen(scope: BreakerScope): boolean };
	readonly standing: Pick<StandingDecisions, "of">;
	readonly subscriptions: readonly Pick<Subscription, "positions">[];
}

const countedForMs = 500;

export function openSweeps(parts: Parts, deps: SweepParts): AsyncDisposable {
	const { stores, clock, events, logger, signalCatalogue, config } = parts;
	measureSweeps(parts);
	const isBusy = async () => {
		const positions = await Promise.all(deps.subscriptions.map((one) => one.positions()));
		const waiting = positions.flat().reduce((sum, { lag }) => sum + lag, 0);
		// More than is under examination at once: items wait for their turn.
		return waiting > config.stream.maxUnsettled;
	};
	const judge = createJudgeItems({ ...deps, signalCatalogue, clock });
	const examine = createExamineAgain({ kinds: deps.kinds, platforms: stores.platforms, signalCatalogue });
	const pastRules = createPastRules({ ...stores, signalCatalogue, clock });
	const running = [
		runSweeps({
			...{ sweeps: stores.sweeps, facts: stores.facts, judge, pastRules },
			...{ policies: deps.policies, isBusy, clock, events, logger },
		}),
		tellLoad({ outbreaks: stores.outbreaks, isBusy, logger }),
		judgeReported({ sweeps: stores.sweeps, examine, judge, signalCatalogue, events, logger }),
	];
	return {
		async [Symbol.asyncDispose]() {
			await Promise.all(running.map((one) => one[Symbol.asyncDispose]()));
		},
	};
}

function measureSweeps({ metrics, stores, clock }: Parts): void {
	const load = async () => {
		const [states, { throughSequence, bankSequence }] = await Promise.all([
			stores.sweeps.countUnfinished(),
			stores.sweeps.coverage(),
		]);
		return { states, uncompared: bankSequence - throughSequence };
	};
	const counts = createBriefCache({ forMs: countedForMs, maxEntries: 1, now: clock.now, load });
	metrics.gauge("breakwater_sweeps_unfinished", "Sweeps that are not at their end.", ["state"], async (gauge) => {
		for (const { state, sweeps } of (await counts("all")).states) gauge.set({ state }, sweeps);
	});
	metrics.gauge(
		"breakwater_sweep_changes_uncompared",
		"Changes of banks that past hashes were not compared with yet.",
		[],
		async (gauge) => gauge.set((await counts("all")).uncompared),
	);
}
