// Who may be sent to now. Each platform gets a share of the workers, so that a flood for one or a slow one starves no other; what a
// person decided does not wait behind its platform's own flood; and a platform that does not answer is left alone for a while, then
// tried with a single order. Knows nothing else of orders: only how sending went. Kept in memory: another process, or this one after
// a restart, finds out for itself.
import type { PlatformId } from "../core/ids.ts";
import { createTurns } from "./turns.ts";

export type Sent =
	/** It answered, whatever it said of the order. */
	| { readonly kind: "answered" }
	/** It was not reached, or could not work; `retryAfterMs` is its own wish. */
	| { readonly kind: "failed"; readonly reason: string; readonly retryAfterMs: number | null }
	/** We broke off. */
	| { readonly kind: "aborted" };

export type Entry =
	| { readonly kind: "go"; leave(sent: Sent): void }
	/** Come back after `delayMs`; `reason` is why the platform is held, null where it is only busy. */
	| { readonly kind: "wait"; readonly delayMs: number; readonly reason: string | null };

export interface PlatformGate {
	enter(platform: PlatformId, decidedBy: "machine" | "person"): Entry;
	/**
	 * Waits until one of the orders under way to a busy platform has ended, and answers true: an order that goes back to the queue instead
	 * costs more than to send it. Answers false where none did within 50 ms, and at once where the platform is slow or as many wait already.
	 */
	turn(platform: PlatformId): Promise<boolean>;
}

export interface PlatformGateOptions {
	/** Milliseconds, of a clock that only goes forward: times of one that was set back would lie hours away. */
	readonly steadyMs: () => number;
	/** Orders under way to one platform; as many again for what people decided. */
	readonly maxInFlight: number;
	readonly onHeld: (event: {
		readonly platformId: PlatformId;
		readonly reason: string;
		readonly delayMs: number;
	}) => void;
	readonly onAnswering: (event: { readonly platformId: PlatformId }) => void;
	/** 0 to 1, for jitter. */
	readonly random?: () => number;
}

const failuresBeforeHold = 5;
const firstHoldMs = 1_000;
const longestHoldMs = 30_000;
const shortestWaitMs = 50;
/** The time between two that wait, at most: the second comes back so long after the first, however slow the platform was so far. */
const longestTurnMs = 5;
/** Weight of the newest answer in the running mean. */
const newest = 0.2;
/** A platform that takes longer, on average, is not waited for: it would keep workers from the others. */
const quickMeanMs = 200;

interface State {
	inFlight: number;
	failures: number;
	hold: { readonly untilMs: number; readonly forMs: number; readonly reason: string } | null;
	/** Mean time of a sending. */
	meanMs: number;
	/** When the last of those told to wait is expected to get its turn. */
	nextTurnMs: number;
}

export function createPlatformGate(options: PlatformGateOptions): PlatformGate {
	const states = new Map<PlatformId, State>();
	const random = options.random ?? Math.random;
	const turns = createTurns<PlatformId>({ places: options.maxInFlight, forMs: shortestWaitMs });

	const stateOf = (platform: PlatformId): State => {
		const state = states.get(platform) ?? { inFlight: 0, failures: 0, hold: null, meanMs: 100, nextTurnMs: 0 };
		states.set(platform, state);
		return state;
	};

	/**
	 * Those who wait are spread over the time that the ones before them will take, so that each comes back about once. Where a platform
	 * is slow they come back more often than that: it may have become fast (it was slow because this process has just started), and
	 * nobody calls those who wait.
	 */
	const turnIn = (state: State, now: number): number => {
		state.nextTurnMs = Math.max(state.nextTurnMs, now) + Math.min(longestTurnMs, state.meanMs / options.maxInFlight);
		return Math.max(shortestWaitMs, Math.round(state.nextTurnMs - now));
	};

	const hold = (platformId: PlatformId, state: State, { reason, retryAfterMs }: Sent & { readonly kind: "failed" }) => {
		const isFirst = state.hold === null;
		const forMs = state.hold === null ? firstHoldMs : Math.min(longestHoldMs, state.hold.forMs * 2);
		const delayMs = Math.min(longestHoldMs, Math.max(forMs, retryAfterMs ?? 0));
		state.hold = { untilMs: options.steadyMs() + delayMs, forMs, reason };
		if (isFirst) options.onHeld({ platformId, reason, delayMs });
	};

	return {
		enter(platformId, decidedBy) {
			const state = stateOf(platformId);
			const maxInFlight = options.maxInFlight * (decidedBy === "person" ? 2 : 1);
			const now = options.steadyMs();
			if (state.hold !== null) {
				const leftMs = state.hold.untilMs - now;
				// One order tries while the others wait.
				if (leftMs > 0 || state.inFlight > 0) {
					const delayMs = Math.round(Math.max(leftMs, shortestWaitMs) + random() * state.hold.forMs);
					return { kind: "wait", delayMs, reason: state.hold.reason };
				}
			} else if (state.inFlight >= maxInFlight) {
				return { kind: "wait", delayMs: turnIn(state, now), reason: null };
			}
			state.inFlight += 1;
			return {
				kind: "go",
				leave(sent) {
					state.inFlight -= 1;
					turns.ended(platformId);
					if (sent.kind === "aborted") return;
					state.meanMs += newest * (options.steadyMs() - now - state.meanMs);
					if (sent.kind === "failed") {
						state.failures += 1;
						// A platform that names a time is held at once; orders sent before it was held change nothing more.
						const isProbe = state.hold !== null && now >= state.hold.untilMs;
						const isDue = state.hold === null && (state.failures >= failuresBeforeHold || sent.retryAfterMs !== null);
						if (isProbe || isDue) hold(platformId, state, sent);
						return;
					}
					state.failures = 0;
					if (state.hold !== null) options.onAnswering({ platformId });
					state.hold = null;
				},
			};
		},
		turn: async (platformId) => stateOf(platformId).meanMs <= quickMeanMs && (await turns.next(platformId)),
	};
}
