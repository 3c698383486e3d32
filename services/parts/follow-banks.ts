// Keeps the matcher's copy of the banks level with the record: told of changes at once, and asking by sequence once a second in
// case a notice was lost.
import type { BankChange } from "../core/banks/bank.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Logger } from "../runtime/logger.ts";

export interface FollowBanksDeps {
	readonly banks: Pick<BankStore, "changesSince" | "onChanged">;
	readonly matcher: { apply(changes: readonly BankChange[]): Promise<void> };
	/** What the matcher holds already. */
	readonly sequence: number;
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
/** Bounds what a follower far behind holds in memory at once, and how long look-ups wait for it. */
const changesPerQuery = 1_000;

/** Resolves once everything that was committed before the call is applied. */
export async function followBanks(deps: FollowBanksDeps): Promise<BankFollower> {
	let { sequence } = deps;
	let levelAtMs = deps.clock.now();
	let underWay: Promise<void> | null = null;
	let next: Promise<void> | null = null;

	const readChanges = async () => {
		let page = deps.banks.changesSince(sequence, changesPerQuery);
		for (let isLast = false; !isLast; ) {
			const changes = await page;
			const last = changes.at(-1);
			isLast = last === undefined || changes.length < changesPerQuery;
			// The next page is on its way while this one is applied.
			if (last !== undefined && !isLast) page = deps.banks.changesSince(last.sequence, changesPerQuery);
			page.catch(() => undefined);
			// Asked even where nothing changed: a matcher that does not answer is not level.
			await deps.matcher.apply(changes);
			sequence = last?.sequence ?? sequence;
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
	try {
		await catchUp();
	} catch (error) {
		await subscription[Symbol.asyncDispose]();
		throw error;
	}
	const timer = setInterval(ask, pollMs);
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
