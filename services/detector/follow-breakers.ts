// The breakers as this detector sees them: which are open, known within a second, and how fast withholds come, told to the record
// twice a second, so that all detectors count together. Opens those that go too fast.
import { type BreakerLimits, type BreakerScope, isTooFast, scopeText } from "../core/policy/breaker.ts";
import type { BreakerStore, OpenBreaker, ScopeCount } from "../core/ports/breaker-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Events } from "../runtime/events.ts";
import type { Logger } from "../runtime/logger.ts";
import { startToldLoop } from "../runtime/loop.ts";

export interface FollowBreakersDeps {
	readonly breakers: BreakerStore;
	readonly limits: BreakerLimits;
	readonly clock: Clock;
	readonly events: Pick<Events, "breakerTripped">;
	readonly logger: Logger;
}

export interface Breakers extends AsyncDisposable {
	isOpen(scope: BreakerScope): boolean;
	/** One withhold rests on these. */
	count(scopes: readonly BreakerScope[]): void;
	readonly open: readonly OpenBreaker[];
	/** Throws unless the record was asked within the last `maxAgeMs`. */
	check(maxAgeMs: number): void;
}

const turnMs = 500;
const pruneEveryMs = 3_600_000;

export async function followBreakers(deps: FollowBreakersDeps): Promise<Breakers> {
	const { breakers, limits, clock, events, logger } = deps;
	let open = await breakers.listOpen();
	let openScopes = new Set(open.map(scopeText));
	let levelAtMs = clock.now();
	let prunedAtMs = clock.now();
	let counts = new Map<string, ScopeCount>();

	const add = (scope: BreakerScope, count: number) => {
		const known = counts.get(scopeText(scope))?.count ?? 0;
		counts.set(scopeText(scope), { kind: scope.kind, key: scope.key, count: known + count });
	};
	const tell = async () => {
		const due = [...counts.values()];
		counts = new Map();
		try {
			return await breakers.count(due);
		} catch (error) {
			for (const one of due) add(one, one.count);
			throw error;
		}
	};
	const openIfTooFast = async (scope: BreakerScope, perMinute: number) => {
		// Most stay below what is never too many: their past need not be read.
		if (!isTooFast(scope.kind, { perMinute, baselinePerMinute: 0 }, limits)) return;
		const { baselinePerMinute, closedAt } = await breakers.past(scope);
		if (!isTooFast(scope.kind, { perMinute, baselinePerMinute }, limits)) return;
		if (closedAt !== null && Math.abs(clock.now() - closedAt.getTime()) < limits.restMs) return;
		const { kind, key } = scope;
		if (await breakers.open({ kind, key, by: null, perMinute, baselinePerMinute, closedAt }))
			events.breakerTripped({ kind, key, perMinute, baselinePerMinute });
	};
	const turn = async () => {
		try {
			for (const { perMinute, ...scope } of await tell()) await openIfTooFast(scope, perMinute);
			open = await breakers.listOpen();
			openScopes = new Set(open.map(scopeText));
			levelAtMs = clock.now();
			if (Math.abs(levelAtMs - prunedAtMs) > pruneEveryMs) {
				prunedAtMs = levelAtMs;
				await breakers.prune();
			}
		} catch (error) {
			logger.warn({ event: "breakers-behind", err: error });
		}
		return turnMs;
	};
	const following = await startToldLoop(turn, (onNotice) => breakers.onChanged(onNotice));
	return {
		isOpen: (scope) => openScopes.has(scopeText(scope)),
		count(scopes) {
			for (const scope of scopes) add(scope, 1);
		},
		get open() {
			return open;
		},
		check(maxAgeMs) {
			const ageMs = clock.now() - levelAtMs;
			if (ageMs > maxAgeMs) throw new Error(`breakers were last read ${Math.round(ageMs / 1000)} s ago`);
		},
		async [Symbol.asyncDispose]() {
			await following[Symbol.asyncDispose]();
			// What the last half second withheld; the next detector may need it.
			await tell().catch(() => []);
		},
	};
}
