// Works through sweeps as a detector does, until there is nothing to do: a real matcher answers, and the clock is the test's, so that nothing waits.
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "../../services/adapters/postgres/connection/database.ts";
import type { Stores } from "../../services/adapters/postgres/stores.ts";
import { createBankMatcher } from "../../services/core/banks/bank-matcher.ts";
import type { StandingDecisions } from "../../services/core/clusters/standing-decision.ts";
import { createPolicies, initialSet } from "../../services/core/policy/policy.ts";
import type { Sweep, SweepStore } from "../../services/core/ports/sweep-store.ts";
import { signalCatalogue } from "../../services/core/signals/catalogue.ts";
import { createJudgeItems } from "../../services/detector/sweeps/judge-items.ts";
import { createPastRules } from "../../services/detector/sweeps/past-rules.ts";
import { createStep } from "../../services/detector/sweeps/run-sweeps.ts";

interface RunOptions {
	readonly sweepItems?: number;
	readonly sweeps?: SweepStore;
	readonly entriesPerPage?: number;
	readonly onStep?: (sweep: Sweep) => Promise<void>;
}

export interface SweepAll {
	(options?: RunOptions): Promise<void>;
	/** The test's own clock. */
	now(): number;
}

/** As a detector that has just started does, until there is nothing to do. */
export function createSweepAll(
	database: Database,
	stores: Stores,
	standing: Pick<StandingDecisions, "of"> = { of: () => [] },
): SweepAll {
	let nowMs = Date.now();
	const sweepAll = async ({
		sweepItems = 1_000,
		sweeps = stores.sweeps,
		entriesPerPage = 3,
		onStep,
	}: RunOptions = {}) => {
		// No two begin at one moment: which is the newest is no matter of luck.
		nowMs += 1;
		const clock = { now: () => nowMs };
		const matcher = createBankMatcher({ clock });
		const changes = await stores.banks.changesSince(0, 1_000_000);
		for (const change of changes) matcher.apply(change);
		const policies = createPolicies({ ...initialSet, default: { ...initialSet.default, sweepItems } }, 3);
		const judge = createJudgeItems({
			...{ policies, clock, signalCatalogue, breakers: { isOpen: () => false }, standing },
			matcher: { version: "1", lookUp: async (...query) => matcher.lookUp(...query) },
		});
		const events = { sweepMoved: () => undefined, itemsSwept: () => undefined };
		const pastRules = createPastRules({ ...stores, signalCatalogue, clock });
		const step = createStep({ sweeps, facts: stores.facts, pastRules, judge, policies, clock, events, entriesPerPage });
		const worker = randomUUID();
		await database.rows(sql`UPDATE sweeps SET lease_until = NULL`);
		for (;;) {
			await sweeps.begin(new Date(nowMs));
			const sweep = await sweeps.lease(worker, 60_000);
			if (sweep === null) return;
			await onStep?.(sweep);
			nowMs += await step(sweep);
		}
	};
	return Object.assign(sweepAll, { now: () => nowMs });
}
