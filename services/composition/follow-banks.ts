// Keeps the matcher's copy of the banks level with the record: told of changes at once, and asking by sequence once a second in
// case a notice was lost.

import { setImmediate } from "node:timers/promises";
import type { BankChange } from "../core/matching/bank.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Logger } from "../runtime/logger.ts";

export interface FollowBanksDeps {
	readonly banks: Pick<BankStore, "load" | "changesSince" | "onChanged">;
	readonly matcher: { apply(change: BankChange): void };
	readonly clock: Clock;
	readonly logger: Logger;
}

export interface BankFollower extends AsyncDisposable {
	/** Resolves once every change committed before the call is applied here; rejects where the record cannot be asked. */
	catchUp(): Promise<void>;
	/** Throws unless notices arrive and the copy was level with the record within the last `maxAgeMs`. */
	check(maxAgeMs: number): void;
	readonly sequence: number;
}

/** How long a lost notice may delay a change. */
const pollMs = 1_000;
/** Bounds what a follower far behind holds in memory at once. */
const changesPerQuery = 5_000;
/** Records are matched between two turns of this length. */
const turnMs = 8;

export async function followBanks(deps: FollowBanksDeps): Promise<BankFollower> {
	let { sequence } = await deps.banks.load((change) => deps.matcher.apply(change));
	let levelAtMs = deps.clock.now();
	let underWay: Promise<void> | null = null;
	let next: Promise<void> | null = null;

	const readChanges = async () => {
		for (;;) {
			const changes = await deps.banks.changesSince(sequence, changesPerQuery);
			let turnEndsAtMs = performance.now() + turnMs;
			for (const change of changes) {
				deps.matcher.apply(change);
				sequence = change.sequence;
				if (performance.now() < turnEndsAtMs) continue;
				await setImmediate();
				turnEndsAtMs = performance.now() + turnMs;
			}
			if (changes.length < changesPerQuery) break;
		}
		levelAtMs = deps.clock.now();
	};
	/** A query under way may have begun before the caller's change: whoever comes then waits for the one after it. */
	const catchUp = (): Promise<void> => {
		if (underWay === null) {
			underWay = readChanges().finally(() => {
				underWay = null;
			});
			return underWay;
		}
		next ??= underWay
			.catch(() => undefined)
			.then(() => {
				next = null;
				return catchUp();
			});
		return next;
	};
	const ask = (): void => {
		catchUp().catch((error: unknown) => deps.logger.warn({ event: "banks-behind", sequence, err: error }));
	};

	const subscription = await deps.banks.onChanged(ask);
	const timer = setInterval(ask, pollMs);
	ask();
	return {
		catchUp,
		get sequence() {
			return sequence;
		},
		check(maxAgeMs) {
			if (!subscription.isConnected())
				throw new Error(`notices of bank changes do not arrive; asking every ${pollMs} ms, at sequence ${sequence}`);
			const ageMs = deps.clock.now() - levelAtMs;
			if (ageMs > maxAgeMs) throw new Error(`banks are ${Math.round(ageMs / 1000)} s behind, at sequence ${sequence}`);
		},
		async [Symbol.asyncDispose]() {
			clearInterval(timer);
			await subscription[Symbol.asyncDispose]();
			await (next ?? underWay)?.catch(() => undefined);
		},
	};
}
