// A rule of ours held of an item, or could not be worked out. It asks people; it withholds only together with a known match.
import { z } from "zod";
import { caseId, type SnoozeId, snoozeId } from "../../ids.ts";
import { type BreakerScope, parseScope, scopeText } from "../../policy/breaker.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Verdict, VerdictAction } from "../../policy/verdict.ts";
import { askedStage, ruleEffect, ruleName } from "../../rules/rule.ts";
import { snoozeKinds } from "../../rules/snooze.ts";
import { type Signal, signalFields } from "../signal.ts";
import { type Finding, finding, type SignalKind } from "../signal-kind.ts";

/** The strongest known match beside it, by itself, and what a withhold on that match rests on. */
const knownMatch = z.object({ tier: z.enum(["K1", "K2"]), restsOn: z.array(z.string()).readonly() }).readonly();

const moment = z.iso.datetime({ offset: true });

const schema = z
	.object({
		...signalFields("rule"),
		rule: ruleName,
		revision: z.int(),
		stage: askedStage,
		/** `failed`: the item's values made no sense of it, which is not the same as not holding. */
		outcome: z.enum(["held", "failed"]),
		category: z.string().nullable(),
		// Rules that are kept may do what later ones may not: the shape is read, and not judged again.
		does: ruleEffect,
		/** It can hold on a model's word alone. */
		isOnModelAlone: z.boolean(),
		/** It reads of the account and of nothing else; left out where it does not. */
		isOfAuthor: z.literal(true).exactOptional(),
		/** What such a rule counted of what the account does, by fact. Verdicts of before did not say it. */
		tallies: z.record(z.string(), z.number()).readonly().exactOptional(),
		known: knownMatch.nullable(),
		/** Nothing follows from it: until then people want to hear nothing of the rule about this account or cluster. */
		snoozed: z
			.object({ id: snoozeId, kind: z.enum(snoozeKinds), until: moment })
			.readonly()
			.exactOptional(),
		/** Nothing follows from it: until then people have answered what it asks (rules/answered.ts). */
		answered: z.object({ caseId, at: moment, until: moment }).readonly().exactOptional(),
		/** People had answered it, and are asked again. */
		askedBefore: z
			.object({ caseId, at: moment, because: z.enum(["as-much-again", "long-ago"]) })
			.readonly()
			.exactOptional(),
	})
	.readonly();
export type RuleSignal = z.infer<typeof schema>;

export function ruleSignal(said: Omit<RuleSignal, "kind" | "detector" | "version">): RuleSignal {
	return { kind: "rule", detector: "rule", version: `${said.rule}@${said.revision}`, ...said };
}

export const ruleReasonCodes = [
	"in-shadow",
	"rule-snoozed",
	"rule-answered",
	"rule-failed",
	"asks-nobody",
	"no-known-match",
	"policy-asks-people",
] as const;

/** What a rule said that was asked in earnest; null of other signals, and of a rule in shadow, snoozed, or answered. */
export function spokenBy(signal: Signal): RuleSignal | null {
	const said = asRuleSignal(signal);
	return said === null || said.stage === "shadow" || isSilent(said) ? null : said;
}

/** Null of other signals. */
export function asRuleSignal(signal: Signal): RuleSignal | null {
	return signal.kind === "rule" ? schema.parse(signal) : null;
}

function isSilent({ snoozed, answered }: RuleSignal): boolean {
	return snoozed !== undefined || answered !== undefined;
}

/** What breakers count and stop of a rule. */
export function scopeOfRule(name: string): BreakerScope {
	return { kind: "rule", key: name };
}

/** A rule in shadow that said something of an item. */
export interface ShadowedRule {
	readonly name: string;
	readonly revision: number;
	readonly outcome: RuleSignal["outcome"];
	/** What would have been done with the item, were it live; null where that is no other. */
	readonly action: VerdictAction | null;
}

export function shadowedRules({
	signals,
	shadowOutcomes,
}: Pick<Verdict, "signals" | "shadowOutcomes">): readonly ShadowedRule[] {
	return signals.flatMap((one) => {
		if (one.kind !== "rule" || one.stage !== "shadow") return [];
		const { rule: name, revision, outcome } = schema.parse(one);
		const on = scopeText(scopeOfRule(name));
		return [{ name, revision, outcome, action: shadowOutcomes.find((found) => found.on === on)?.action ?? null }];
	});
}

/** The snoozes that kept a rule from being heard of an item; of those in shadow nobody would have heard. */
export function snoozedBy({ signals }: Pick<Verdict, "signals">): readonly SnoozeId[] {
	return signals.flatMap((one) => {
		if (one.kind !== "rule" || one.stage === "shadow") return [];
		const { snoozed } = schema.parse(one);
		return snoozed === undefined ? [] : [snoozed.id];
	});
}

/** What rules would have asked of an item that people had answered. */
export function answeredOf({ signals }: Pick<Verdict, "signals">): readonly RuleSignal[] {
	return signals.flatMap((one) => {
		const said = asRuleSignal(one);
		return said?.answered === undefined ? [] : [said];
	});
}

function find(signal: RuleSignal, policy: Policy): Finding {
	const { stage, rule } = signal;
	if (stage !== "shadow") return findSpoken(signal, policy);
	const found = findSpoken({ ...signal, stage: "live" }, policy);
	return finding({ tier: "none", reasons: ["in-shadow"], inShadow: { on: scopeOfRule(rule), finding: found } });
}

function findSpoken(signal: RuleSignal, policy: Policy): Finding {
	const { outcome, does, category, known, isOnModelAlone, snoozed, answered } = signal;
	if (snoozed !== undefined) return finding({ tier: "none", category, reasons: ["rule-snoozed"] });
	if (answered !== undefined) return finding({ tier: "none", category, reasons: ["rule-answered"] });
	if (outcome === "failed") return finding({ tier: "none", reasons: ["rule-failed"] });
	const raise = does.raise ?? 0;
	if (does.withhold === true) {
		if (known === null) return finding({ tier: "T", category, raise, reasons: ["no-known-match"] });
		if (policy.actions[known.tier] === "withhold") return finding({ tier: known.tier, category, raise });
		return finding({ tier: "T", category, raise, reasons: ["policy-asks-people"] });
	}
	if (does.review === true) return finding({ tier: isOnModelAlone ? "M" : "T", category, raise });
	return finding({ tier: "none", category, raise, reasons: ["asks-nobody"] });
}

export const rule = {
	schema,
	upgrades: [],
	reasons: ruleReasonCodes,
	find,
	// A kill switch of the match stops what the rule adds to it, too.
	scopesOf: ({ rule: name, does, known }) => [
		...(does.withhold === true && known !== null ? known.restsOn.flatMap((text) => parseScope(text) ?? []) : []),
		scopeOfRule(name),
	],
	entryOf: () => null,
	segmentsOf: () => [],
	isOfAuthor: ({ isOfAuthor }) => isOfAuthor === true,
	failureOf: ({ outcome, stage, snoozed }) =>
		outcome === "failed" && stage !== "shadow" && snoozed === undefined ? "rule-failed" : null,
	// A rule reads no other rule: which one comes first is no matter.
	facts: null,
} satisfies SignalKind<RuleSignal>;
