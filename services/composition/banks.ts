// One copy of the banks for all that matches in this process, kept level with the record.
import type { BankChange } from "../core/matching/bank.ts";
import { type BankMatcher, createBankMatcher } from "../core/matching/bank-matcher.ts";
import { type BankFollower, type FollowBanksDeps, followBanks } from "./follow-banks.ts";

export interface FollowedBanks extends AsyncDisposable {
	readonly matcher: BankMatcher;
	readonly follower: BankFollower;
	/** Called after each change was applied here. */
	onApplied(listener: (change: BankChange) => void): void;
}

export async function openBanks(deps: Omit<FollowBanksDeps, "matcher">): Promise<FollowedBanks> {
	const matcher = createBankMatcher({ clock: deps.clock });
	const listeners: ((change: BankChange) => void)[] = [];
	const apply = (change: BankChange) => {
		matcher.apply(change);
		for (const listener of listeners) listener(change);
	};
	const follower = await followBanks({ ...deps, matcher: { apply } });
	return {
		matcher,
		follower,
		onApplied: (listener) => {
			listeners.push(listener);
		},
		[Symbol.asyncDispose]: () => follower[Symbol.asyncDispose](),
	};
}
