// Decides what an act of a person does to a case: claim, heartbeat, release, skip, comment and decide, each a pure function from
// a snapshot to a transition. Whoever acts on a claim must hold it under its newest fence, and it must not have run out. How many
// people a removal takes is the policy's; what an order then does at the platform is not decided here.

import type { EntryJudgement } from "../banks/entry-judgement.ts";
import { BreakwaterError } from "../errors.ts";
import type { EntryId, UserId } from "../ids.ts";
import { type ItemState, nextItemState, type OrderAction } from "../items/item.ts";
import type { Policy } from "../policy/policy.ts";
import type { CaseEventBody, CaseSnapshot, CaseTransition, Claim, Decision } from "./case.ts";

/** An act under a claim. */
export interface FencedAct {
	readonly userId: UserId;
	readonly fence: number;
	readonly now: Date;
}

/**
 * Takes the case for `leaseMs`. Claiming again what one holds already starts a new fence: a second tab takes over from the first.
 * Throws `not-decidable`, `already-claimed`, or `same-person` where a second person is waited for.
 */
export function claimCase(
	current: CaseSnapshot,
	act: { readonly userId: UserId; readonly now: Date; readonly leaseMs: number },
): CaseTransition {
	if (!isUndecided(current)) throw new BreakwaterError("not-decidable");
	if (isWaitingForAnotherThan(current, act.userId)) throw new BreakwaterError("same-person");
	const held = liveClaim(current, act.now);
	if (held !== null && held.userId !== act.userId) throw new BreakwaterError("already-claimed");
	const fence = current.fence + 1;
	const hasRunOut = current.claim !== null && held === null;
	const expired: readonly CaseEventBody[] = hasRunOut ? [{ kind: "released", why: "expired" }] : [];
	return {
		...unchanged(current),
		state: current.state === "second" ? "second" : "claimed",
		claim: { userId: act.userId, fence, expiresAt: new Date(act.now.getTime() + act.leaseMs) },
		events: [...expired, { kind: "claimed", fence }],
	};
}

/** Keeps the claim for another `leaseMs`. Not an event: it says nothing that the claim did not. */
export function heartbeat(current: CaseSnapshot, act: FencedAct & { readonly leaseMs: number }): CaseTransition {
	const claim = requireClaim(current, act);
	return { ...unchanged(current), claim: { ...claim, expiresAt: new Date(act.now.getTime() + act.leaseMs) } };
}

export function release(current: CaseSnapshot, act: FencedAct): CaseTransition {
	requireClaim(current, act);
	return { ...givenBack(current), events: [{ kind: "released", why: "asked" }] };
}

/** Gives the case back without a reason; this person is not offered it again. */
export function skip(current: CaseSnapshot, act: FencedAct): CaseTransition {
	requireClaim(current, act);
	return { ...givenBack(current), events: [{ kind: "skipped" }], skippedBy: act.userId };
}

/** Needs no claim: a note does not change what others are deciding. Throws `not-decidable` once the case is decided. */
export function comment(current: CaseSnapshot, act: { readonly text: string }): CaseTransition {
	if (!isUndecided(current)) throw new BreakwaterError("not-decidable");
	return { ...unchanged(current), events: [{ kind: "commented", text: act.text }] };
}

/**
 * `restore` takes one person. `remove` takes as many as the policy says for the case's tier: where that is two, the first one
 * withholds what is still visible and asks for the second, who may not be the same person and who decides for good.
 */
export function decide(
	current: CaseSnapshot,
	act: FencedAct & { readonly decision: Decision; readonly reason: string },
	policy: Pick<Policy, "removalPeople">,
): CaseTransition {
	requireClaim(current, act);
	if (isWaitingForAnotherThan(current, act.userId)) throw new BreakwaterError("same-person");
	const { decision, reason } = act;
	const isFinal = decision === "restore" || isRemoveFinal(current, policy);
	const decided: CaseEventBody = { kind: "decided", decision, reason, isFinal };
	if (!isFinal) {
		return {
			state: "second",
			claim: null,
			firstDecision: { decision, userId: act.userId },
			decision: null,
			events: [decided, { kind: "second-asked", decision }],
			itemActions: actionsFor(current, "withhold", ["live"]),
		};
	}
	return {
		...unchanged(current),
		state: "decided",
		claim: null,
		decision,
		events: [decided],
		itemActions:
			decision === "remove"
				? actionsFor(current, "remove", ["live", "withheld"])
				: actionsFor(current, "restore", ["withheld"]),
		// What the machine did on an entry's word was undone by a person: from now on that entry asks people first.
		...(decision === "restore" ? { entryJudgement: { entries: "withheld-on", judgement: "dispute", reason } } : {}),
	};
}

/** What the holder concludes of an entry that the case's items match. The store refuses one that they do not. */
export function judgeEntry(
	current: CaseSnapshot,
	act: FencedAct & { readonly entryId: EntryId; readonly judgement: EntryJudgement; readonly reason: string },
): CaseTransition {
	const claim = requireClaim(current, act);
	const { entryId: entries, judgement, reason } = act;
	return { ...unchanged(current), claim, entryJudgement: { entries, judgement, reason } };
}

/** True where a `remove` now needs nobody else. */
export function isRemoveFinal(
	current: Pick<CaseSnapshot, "tier" | "firstDecision">,
	policy: Pick<Policy, "removalPeople">,
): boolean {
	return policy.removalPeople[current.tier] === 1 || current.firstDecision !== null;
}

/** The claim as long as its lease lasts. */
export function liveClaim(current: Pick<CaseSnapshot, "claim">, now: Date): Claim | null {
	return current.claim !== null && current.claim.expiresAt > now ? current.claim : null;
}

/** The claim under which this person acts. Throws `claim-lost` where it has run out, was taken over, or is another person's. */
export function requireClaim(current: Pick<CaseSnapshot, "claim">, act: FencedAct): Claim {
	const claim = liveClaim(current, act.now);
	if (claim === null || claim.userId !== act.userId || claim.fence !== act.fence)
		throw new BreakwaterError("claim-lost");
	return claim;
}

export function isWaitingForAnotherThan(current: CaseSnapshot, userId: UserId): boolean {
	return current.state === "second" && current.firstDecision?.userId === userId;
}

function isUndecided({ state }: CaseSnapshot): boolean {
	return state === "open" || state === "claimed" || state === "second";
}

function unchanged({ state, claim, firstDecision }: CaseSnapshot): CaseTransition {
	return { state, claim, firstDecision, decision: null, events: [], itemActions: [] };
}

function givenBack(current: CaseSnapshot): CaseTransition {
	return { ...unchanged(current), state: current.firstDecision === null ? "open" : "second", claim: null };
}

/** What an earlier decision restored, removed, or the platform took away itself, stays as it is. */
function actionsFor(
	current: CaseSnapshot,
	action: OrderAction,
	from: readonly ItemState[],
): CaseTransition["itemActions"] {
	return current.items
		.filter(({ state }) => from.includes(state) && nextItemState(state, action) !== null)
		.map(({ id }) => ({ itemId: id, action }));
}
