// Rules in the review API: what operators wrote, what is wrong with it, what it would have done, and the stages of its life.
import { z } from "zod";
import { decision } from "../cases/case.ts";
import { backtestId, caseId, clusterId, itemId, snoozeId } from "../ids.ts";
import { backtestTally } from "../rules/backtest-tally.ts";
import { evidenceClasses, factTypes } from "../rules/fact.ts";
import { mostShadowDays } from "../rules/life.ts";
import { ruleBody, ruleName, ruleStages } from "../rules/rule.ts";
import { ruleFaultCodes } from "../rules/rule-fault.ts";
import { accountId } from "../rules/snooze.ts";
import { timestamp } from "./review-case.ts";
import { said } from "./storable.ts";

/** Within what the record can count. */
const revision = z.int().min(1).max(2_000_000_000);
const share = z.number().gt(0).max(1);
const stage = z.enum(ruleStages);
const why = said(500);
const interval = z.object({ share: z.number(), low: z.number(), high: z.number() });

export const wireRule = z.object({
	body: ruleBody,
	revision,
	stage,
	/** The part of the accounts of which it speaks, in canary; 1 otherwise. */
	share,
	since: timestamp,
	/** When its shadow ends by itself. */
	endsAt: timestamp.nullable(),
	madeBy: z.string(),
	madeAt: timestamp,
	why: z.string(),
	/** What waits for a second person. */
	waiting: z
		.object({
			stage,
			share,
			askedBy: z.string(),
			why: z.string(),
			/** The one who looks asked for it: another person must agree. */
			isMine: z.boolean(),
		})
		.nullable(),
});
export type WireRule = z.infer<typeof wireRule>;

// GET /api/rules
export const rulesAnswer = z.object({
	/** The revisions of each rule that are not retired, newest first. */
	rules: z.array(wireRule),
	/** Names of those whose kill switch is open. */
	stopped: z.array(ruleName),
});
export type RulesAnswer = z.infer<typeof rulesAnswer>;

// GET /api/rule-facts
export const ruleFactsAnswer = z.object({
	facts: z.array(
		z.object({
			...{ name: z.string(), type: z.enum(factTypes), evidence: z.enum(evidenceClasses), says: z.string() },
			/** How it may be written besides. */
			spelling: z.string().exactOptional(),
		}),
	),
	/** What a rule may call. */
	calls: z.array(z.string()),
});
export type RuleFactsAnswer = z.infer<typeof ruleFactsAnswer>;

const wireRuleFault = z.object({
	code: z.enum(ruleFaultCodes),
	/** From 1. */
	line: z.int(),
	column: z.int(),
	name: z.string().exactOptional(),
	near: z.string().exactOptional(),
	units: z.number().nullable().exactOptional(),
	budget: z.number().exactOptional(),
});

const checked = {
	/** Units, at most; null where it is refused. */
	cost: z.int().nullable(),
	reads: z.array(z.string()),
	faults: z.array(wireRuleFault),
};

// POST /api/rule-checks
export const checkRuleRequest = z.object({ body: ruleBody });
export const checkRuleAnswer = z.object(checked);
export type CheckRuleAnswer = z.infer<typeof checkRuleAnswer>;

// POST /api/rules
export const draftRuleRequest = z.object({ body: ruleBody, why });
export type DraftRuleRequest = z.infer<typeof draftRuleRequest>;
export const draftRuleAnswer = z.object({ rule: wireRule, ...checked });
export type DraftRuleAnswer = z.infer<typeof draftRuleAnswer>;

export const wireSnooze = z.object({
	id: snoozeId,
	of: z.discriminatedUnion("kind", [
		z.object({ kind: z.literal("account"), platform: z.string(), accountId: z.string() }),
		z.object({ kind: z.literal("cluster"), clusterId }),
	]),
	/** The rule speaks again of what comes from then on. */
	until: timestamp,
	by: z.string(),
	why: z.string(),
	at: timestamp,
	lasts: z.boolean(),
	/** Null where nobody ended it before its time. */
	ended: z.object({ by: z.string(), why: z.string(), at: timestamp }).nullable(),
	/** Items of which the rule would have said something. */
	firings: z.int(),
	lastFiringAt: timestamp.nullable(),
});
export type WireSnooze = z.infer<typeof wireSnooze>;

// GET /api/rules/:name
export const ruleParams = z.object({ name: ruleName });
export const ruleAnswer = z.object({
	/** Newest first, retired ones, too. */
	revisions: z.array(wireRule),
	isStopped: z.boolean(),
	/** What machines did on its word, short of hiding, that is in force and that nobody has decided about: how many of each. */
	inForce: z.object({ "limit-spread": z.int(), label: z.int(), friction: z.int() }),
	/** How many items each revision was silent about, for people had let their account be; those that ever were, newest first. */
	answered: z.array(z.object({ revision, items: z.int(), lastAt: timestamp })),
	/** Those that last, then those that are over; each the newest first. */
	snoozes: z.array(wireSnooze),
	/** What it said and would have changed in shadow, by revision and day (UTC), newest first. */
	shadow: z.array(
		z.object({
			revision,
			day: z.iso.date(),
			held: z.int(),
			/** Items for which it could not be worked out. */
			failed: z.int(),
			/** Items among them that would have gone another way. */
			wouldWithhold: z.int(),
			wouldReview: z.int(),
			wouldLetPass: z.int(),
		}),
	),
});
export type RuleAnswer = z.infer<typeof ruleAnswer>;

// POST /api/rules/:name/{advance,approve,back,lift}
export const advanceRuleRequest = z.object({
	/** Which revision whoever asks has looked at. */
	revision,
	to: z.enum(["shadow", "canary", "live"]),
	/** The part of the accounts, in canary. */
	share: share.default(0.1),
	/** How long a shadow lasts. */
	days: z.int().min(1).max(mostShadowDays).exactOptional(),
	why,
});
export type AdvanceRuleRequest = z.input<typeof advanceRuleRequest>;
export const approveRuleRequest = z.object({ why });
export const backRuleRequest = z.object({ why });
export const liftMeasuresRequest = z.object({ why });
export const liftMeasuresAnswer = z.object({ lifted: z.int() });
export type LiftMeasuresAnswer = z.infer<typeof liftMeasuresAnswer>;

// POST /api/rules/:name/snoozes, POST /api/rule-snoozes/:id/end
export const snoozeRuleRequest = z.object({
	of: z.discriminatedUnion("kind", [
		/** The platform by its name, the account as the platform calls it. */
		z.object({ kind: z.literal("account"), platform: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/), accountId }),
		z.object({ kind: z.literal("cluster"), clusterId }),
	]),
	until: timestamp,
	why,
});
export type SnoozeRuleRequest = z.infer<typeof snoozeRuleRequest>;
export const snoozeParams = z.object({ id: snoozeId });
export const endSnoozeRequest = z.object({ why });

// POST /api/rules/:name/backtests, GET /api/rules/:name/backtest
export const beginBacktestRequest = z.object({
	revision,
	/** It goes over what came from then on; without it, one that was stopped goes on, or a new one over the last seven days begins. */
	from: timestamp.exactOptional(),
});
export type BeginBacktestRequest = z.infer<typeof beginBacktestRequest>;

export const wireBacktest = z.object({
	id: backtestId,
	revision,
	from: timestamp,
	to: timestamp,
	state: z.enum(["running", "done"]),
	/** Verdicts in this time; null once it is done. */
	total: z.int().nullable(),
	tally: backtestTally,
	/** The share of the verdicts of which it would have held. */
	held: interval.nullable(),
	/** The share that people removed of those that they decided. */
	precision: interval.nullable(),
	startedBy: z.string(),
	startedAt: timestamp,
	endedAt: timestamp.nullable(),
	/** Some to look at. */
	cases: z.array(
		z.object({
			itemId,
			platform: z.string(),
			/** As the platform calls it. */
			subject: z.string(),
			arrivedAt: timestamp,
			caseId: caseId.nullable(),
			decision: decision.nullable(),
		}),
	),
});
export type WireBacktest = z.infer<typeof wireBacktest>;
export const backtestAnswer = z.object({
	/** The newest of any revision. */
	backtest: wireBacktest.nullable(),
});
export type BacktestAnswer = z.infer<typeof backtestAnswer>;
