// Whether people have answered what a rule asks about an account. They have where they let be what it had asked about, for as long as the policy says, and until it counts as
// much again as what they saw. A removal is no such answer: what comes next of that account is theirs to see. Of what is gathered by wording or cluster a decision stands as all do (clusters/standing-decision.ts).
import type { CaseId } from "../ids.ts";
import { type RuleSignal, spokenBy } from "../signals/rule/rule-signal.ts";
import type { Signal } from "../signals/signal.ts";

/** What one revision of a rule had asked about an account when people let that be. */
export interface LetBe {
	readonly caseId: CaseId;
	readonly at: Date;
	readonly rule: string;
	readonly revision: number;
	/** The most that it had counted of what people saw, by fact. */
	readonly tallies: Readonly<Record<string, number>>;
}

const dayMs = 86_400_000;

/** A rule on trial tells nobody anything, and what could not be worked out is for people to see. */
export function mayBeAnswered({ isOfAuthor, stage, outcome, snoozed }: RuleSignal): boolean {
	return isOfAuthor === true && stage !== "shadow" && outcome === "held" && snoozed === undefined;
}

/** `letBe`: newest first. An item that was sent before people decided is what they were asked about as well. */
export function withAnswer(
	said: RuleSignal,
	letBe: readonly LetBe[],
	{ days, arrivedAtMs }: { readonly days: number; readonly arrivedAtMs: number },
): RuleSignal {
	if (!mayBeAnswered(said)) return said;
	const last = letBe.find(({ rule, revision }) => rule === said.rule && revision === said.revision);
	if (last === undefined) return said;
	const { caseId, at } = last;
	const untilMs = at.getTime() + days * dayMs;
	if (isAsMuchAgain(said.tallies ?? {}, last.tallies))
		return { askedBefore: { caseId, at: at.toISOString(), because: "as-much-again" }, ...said };
	if (untilMs <= arrivedAtMs) return { askedBefore: { caseId, at: at.toISOString(), because: "long-ago" }, ...said };
	return { answered: { caseId, at: at.toISOString(), until: new Date(untilMs).toISOString() }, ...said };
}

/** `signals`: what was said of the items of an account's cases that people let be, newest case first. What was answered already was not asked in that case. */
export function letBeAmong(
	signals: readonly { readonly caseId: CaseId; readonly at: Date; readonly signal: Signal }[],
): readonly LetBe[] {
	const found = new Map<string, LetBe>();
	for (const { caseId, at, signal } of signals) {
		const said = spokenBy(signal);
		if (said === null || !mayBeAnswered(said)) continue;
		const { rule, revision, version, tallies = {} } = said;
		const before = found.get(version);
		if (before === undefined) found.set(version, { caseId, at, rule, revision, tallies });
		else if (before.caseId === caseId) found.set(version, { ...before, tallies: highestOf(before.tallies, tallies) });
	}
	return [...found.values()];
}

function highestOf(
	some: Readonly<Record<string, number>>,
	others: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
	const all = Object.entries(others).map(([fact, count]) => [fact, Math.max(count, some[fact] ?? count)] as const);
	return { ...some, ...Object.fromEntries(all) };
}

/** What was not counted then cannot be compared, and is nothing new. */
function isAsMuchAgain(now: Readonly<Record<string, number>>, then: Readonly<Record<string, number>>): boolean {
	return Object.entries(now).some(([fact, count]) => {
		const seen = then[fact];
		return seen !== undefined && count > seen && count >= 2 * seen;
	});
}
