// Of whom rules say nothing for a while, and how often they would have spoken meanwhile. Detectors learn of them with the rules
// (rule-store.ts); what they keep from being said is counted with the verdicts (verdict-store.ts).
import type { Doer } from "../acts/doer.ts";
import type { SnoozeId } from "../ids.ts";
import type { Snoozed } from "../rules/snooze.ts";

export interface RuleSnooze {
	readonly id: SnoozeId;
	readonly rule: string;
	readonly of: Snoozed;
	/** The platform's name, of an account. */
	readonly platformName: string | null;
	/** It speaks again of what comes from then on. */
	readonly until: Date;
	readonly by: string;
	readonly why: string;
	readonly at: Date;
	/** Somebody ended it before its time; null where nobody did. */
	readonly ended: { readonly by: string; readonly why: string; readonly at: Date } | null;
	/** Items of which the rule would have said something. */
	readonly firings: number;
	readonly lastFiringAt: Date | null;
}

export interface NewSnooze {
	readonly rule: string;
	readonly of: Snoozed;
	readonly until: Date;
	readonly by: Doer;
	readonly why: string;
}

export interface SnoozeStore {
	/** Those that last, then those that are over, of one rule or of all; each the newest first. */
	list(asked: { readonly rule?: string; readonly limit: number }): Promise<readonly RuleSnooze[]>;
	/**
	 * One that lasts for the same account or cluster is ended by it. Throws `not-found` where there is no such rule, platform or cluster,
	 * `rule-broken` where the rule has too many already, or it would end in the past or beyond a year.
	 */
	begin(snooze: NewSnooze, now: Date): Promise<RuleSnooze>;
	/** Before its time. Throws `not-found` where it is over. */
	end(id: SnoozeId, by: Doer, why: string): Promise<RuleSnooze>;
}
