// Open breakers, how fast withholds come, and who opened and closed what. Every detector sees a change within a second.
import type { BreakerScope } from "../policy/breaker.ts";
import type { BankDraft } from "./bank-draft-store.ts";

export interface OpenBreaker extends BreakerScope {
	/** Name of the bank or platform; the key itself where it has no other name. */
	readonly label: string;
	readonly openedAt: Date;
	/** Who did, or null: the machine. */
	readonly openedBy: string | null;
	/** A person's; the machine has but one: withholds came too fast. */
	readonly reason: string | null;
	/** What it saw, where the machine opened it. */
	readonly perMinute: number | null;
	readonly baselinePerMinute: number | null;
}

export const breakerActs = ["opened", "closed"] as const;
type BreakerAct = (typeof breakerActs)[number];

interface BreakerEvent extends BreakerScope {
	/** As of an open one. */
	readonly label: string;
	readonly act: BreakerAct;
	readonly at: Date;
	/** Null: the machine. */
	readonly by: string | null;
	readonly reason: string | null;
}

export type NewBreaker = BreakerScope &
	(
		| { readonly by: string; readonly reason: string }
		/** The machine: withholds came too fast. `closedAt`, as the past has it: where a person has closed it since, it stays closed. */
		| {
				readonly by: null;
				readonly perMinute: number;
				readonly baselinePerMinute: number;
				readonly closedAt: Date | null;
		  }
	);

export interface ScopeCount extends BreakerScope {
	readonly count: number;
}

export interface BreakerClosing {
	/** False where it was not open, or waits. */
	readonly isClosed: boolean;
	readonly waiting: BankDraft | null;
}

export interface BreakerStore {
	listOpen(): Promise<readonly OpenBreaker[]>;
	/** Newest first. */
	history(limit: number): Promise<readonly BreakerEvent[]>;
	/** Answers false where it is open already, for the first reason stands, or where a person is faster than the machine. */
	open(breaker: NewBreaker): Promise<boolean>;
	/** For what has been agreed to, and for tests; people go by way of {@link closeAlone}. Answers false where it is not open. */
	close(scope: BreakerScope, by: string, reason: string): Promise<boolean>;
	/** As one person may: the kill switch of an entry stays open, as a proposal, until another agrees. */
	closeAlone(scope: BreakerScope, by: string, reason: string): Promise<BreakerClosing>;
	/** Adds withholds of this moment, and answers what each of these scopes had in the last minute, all detectors together. */
	count(counts: readonly ScopeCount[]): Promise<readonly (BreakerScope & { readonly perMinute: number })[]>;
	/** Withholds per minute over the last day without the last two minutes, as if the day had at least one hour; and when a person last closed it. */
	past(scope: BreakerScope): Promise<{ readonly baselinePerMinute: number; readonly closedAt: Date | null }>;
	/** Forgets counts that no baseline needs any more. */
	prune(): Promise<void>;
	onChanged(listener: () => void): Promise<AsyncDisposable>;
}
