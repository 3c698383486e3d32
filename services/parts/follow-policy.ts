// Keeps the policy that a process works by level with the record: told of a new revision at once, and asking once a second in case a notice
// was lost. Where the record cannot be asked, the last revision known goes on to hold, and `check` says so.
import { createPolicies, type Policies } from "../core/policy/policy.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { PolicyStore } from "../core/ports/policy-store.ts";
import type { Logger } from "../runtime/logger.ts";
import { startToldLoop } from "../runtime/loop.ts";
import type { Metrics } from "../runtime/metrics.ts";

export interface FollowPolicyDeps {
	readonly store: Pick<PolicyStore, "current" | "onChanged">;
	readonly metrics: Pick<Metrics, "gauge">;
	readonly clock: Clock;
	readonly logger: Logger;
}

export interface PolicyFollower extends Policies, AsyncDisposable {
	/** Throws unless the record was asked within the last `maxAgeMs`. */
	check(maxAgeMs: number): void;
}

/** How long a lost notice may delay a revision. */
const pollMs = 1_000;

/** Rejects where the record cannot be asked: without having known one, nobody works. */
export async function followPolicy({ store, metrics, clock, logger }: FollowPolicyDeps): Promise<PolicyFollower> {
	const first = await store.current();
	let policies = createPolicies(first.set, first.revision);
	let levelAtMs = clock.now();
	const turn = async () => {
		try {
			const { set, revision } = await store.current();
			if (revision !== policies.revision) {
				policies = createPolicies(set, revision);
				logger.info({ event: "policy-applied", revision });
			}
			levelAtMs = clock.now();
		} catch (error) {
			logger.warn({ event: "policy-behind", revision: policies.revision, err: error });
		}
		return pollMs;
	};
	const following = await startToldLoop(turn, (onNotice) => store.onChanged(onNotice));
	metrics.gauge("breakwater_policy_revision", "Revision of the policy in force here.", [], (gauge) =>
		gauge.set(policies.revision),
	);
	metrics.gauge(
		"breakwater_policy_age_seconds",
		"Since the record was last asked which revision of the policy is in force.",
		[],
		(gauge) => gauge.set(Math.max(0, clock.now() - levelAtMs) / 1000),
	);
	return {
		get revision() {
			return policies.revision;
		},
		of: (...at) => policies.of(...at),
		check(maxAgeMs) {
			const ageMs = clock.now() - levelAtMs;
			if (ageMs > maxAgeMs)
				throw new Error(
					`the policy was last read ${Math.round(ageMs / 1000)} s ago; revision ${policies.revision} goes on to hold`,
				);
		},
		[Symbol.asyncDispose]: () => following[Symbol.asyncDispose](),
	};
}
