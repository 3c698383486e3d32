// Rules, every revision of them kept for ever, and in which stage of its life each is. Whoever follows them learns of a change within a second.
import type { Doer } from "../acts/doer.ts";
import type { UserId } from "../ids.ts";
import type { RuleBody, RuleStage } from "../rules/rule.ts";
import type { AskedRule } from "../rules/rule-set.ts";

export interface RuleRevision {
	readonly body: RuleBody;
	readonly revision: number;
	readonly stage: RuleStage;
	/** The part of the accounts of which it speaks, in canary; 1 otherwise. */
	readonly share: number;
	readonly since: Date;
	/** When its shadow ends by itself; null where it is in none. */
	readonly endsAt: Date | null;
	readonly madeBy: string;
	readonly madeAt: Date;
	readonly why: string;
	/** What waits for a second person; null where nothing does. */
	readonly waiting: {
		readonly stage: RuleStage;
		readonly share: number;
		readonly askedBy: string;
		readonly why: string;
	} | null;
}

export interface Advance {
	readonly name: string;
	/** Which revision whoever asks has looked at. */
	readonly revision: number;
	readonly to: RuleStage;
	readonly share: number;
	/** When a shadow ends by itself. */
	readonly endsAt: Date | null;
	readonly by: UserId;
	readonly why: string;
}

/** What a revision in shadow said on one day (UTC, YYYY-MM-DD). */
export interface ShadowDay {
	readonly revision: number;
	readonly day: string;
	readonly held: number;
	/** Items for which it could not be worked out. */
	readonly failed: number;
	/** Items among them that would have gone another way with it. */
	readonly wouldWithhold: number;
	readonly wouldReview: number;
	readonly wouldLetPass: number;
}

/** How often a revision would have asked about accounts that people had let be (rules/answered.ts). */
export interface AnsweredRule {
	readonly revision: number;
	readonly items: number;
	readonly lastAt: Date;
}

export interface RuleStore {
	/** What detectors ask: in shadow, in canary, live. */
	asked(): Promise<readonly AskedRule[]>;
	/** Each rule's revisions that are not retired, newest first. */
	list(): Promise<readonly RuleRevision[]>;
	/** Newest first, retired ones too; empty where there is no such rule. */
	revisions(name: string): Promise<readonly RuleRevision[]>;
	/** Newest first; verdicts are counted as they are recorded. */
	shadowDays(name: string): Promise<readonly ShadowDay[]>;
	/** Those that ever would have, newest revision first. */
	answered(name: string): Promise<readonly AnsweredRule[]>;
	/** A new rule, or a new revision of one. Throws `nothing-changed` where the newest says the same. */
	draft(
		body: RuleBody,
		made: { readonly isChecked: boolean; readonly by: Doer; readonly why: string },
	): Promise<RuleRevision>;
	/**
	 * On to a stage of its life; what takes a second person waits for one. Throws `not-decidable` where the revision is not at the stage
	 * before, `not-found` where there is none.
	 */
	advance(advance: Advance): Promise<RuleRevision>;
	/** Another person agrees to what waits. Throws `same-person`, and `not-found` where nothing waits. */
	approve(name: string, by: UserId, why: string | null): Promise<RuleRevision>;
	/**
	 * One person takes a rule one step back, at once: what waits is dropped; from live to the revision that was live before, or to shadow
	 * where there was none; from canary to shadow; from shadow to backtested.
	 */
	back(name: string, by: Doer, why: string): Promise<RuleRevision>;
	onChanged(listener: () => void): Promise<AsyncDisposable>;
}
