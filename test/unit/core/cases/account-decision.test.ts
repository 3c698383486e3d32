// What decisions on a case about an account tell its platform: people recommend, take that back, or are overruled; nothing else is told.
import { expect, test } from "@jest/globals";
import { claimCase, decide } from "../../../../services/core/cases/act-on-case.ts";
import { appealCase } from "../../../../services/core/cases/appeal-case.ts";
import type { AccountSnapshot, CaseSnapshot, CaseTransition, Decision } from "../../../../services/core/cases/case.ts";
import { undoDecision } from "../../../../services/core/cases/undo-decision.ts";
import { appealId, caseId, platformId, userId, uuidv7 } from "../../../../services/core/ids.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";

const noon = new Date("2026-11-24T12:00:00.000Z");
const [ana, binh] = [userId.parse(uuidv7(1)), userId.parse(uuidv7(2))] as const;
const untold = {
	platformId: platformId.parse(uuidv7(3)),
	country: null,
	isRecommended: false,
	isByThisCase: false,
} as const;
const told = { ...untold, isRecommended: true, isByThisCase: true } as const;

const caseOf = (account: AccountSnapshot): CaseSnapshot => ({
	...{ id: caseId.parse(uuidv7(4)), state: "open", tier: "T", fence: 0, claim: null, appealed: null, decided: null },
	...{ firstDecision: null, secondDecision: null, items: [], copies: [], account, spread: null },
});

/** The case as the store would load it after the transition. */
function applied(before: CaseSnapshot, change: CaseTransition, account = before.account): CaseSnapshot {
	const { state, claim, firstDecision, secondDecision, decided, appealed = before.appealed } = change;
	return { ...before, state, claim, firstDecision, secondDecision, decided, appealed, account };
}

function decided(on: CaseSnapshot, who: typeof ana, decision: Decision, people = 1): CaseTransition {
	const held = applied(on, claimCase(on, { userId: who, now: noon, leaseMs: 60_000 }));
	const policy = { ...defaultPolicy, removalPeople: { ...defaultPolicy.removalPeople, T: people } };
	return decide(held, { userId: who, fence: held.claim?.fence ?? 0, now: noon, decision, reason: "so" }, policy);
}

test("a person who recommends has the platform told; one who does not has it told nothing", () => {
	const change = decided(caseOf(untold), ana, "remove");
	expect(change).toMatchObject({ state: "decided", accountAction: "account.restrict-recommended", itemActions: [] });
	expect(change.events[0]).toMatchObject({ kind: "decided", about: "account" });
	expect(decided(caseOf(untold), ana, "restore").accountAction).toBeUndefined();
	// What a case before it recommended stands; this one recommends once more.
	const before = { ...told, isByThisCase: false };
	expect(decided(caseOf(before), ana, "restore").accountAction).toBeUndefined();
	expect(decided(caseOf(before), ana, "remove").accountAction).toBe("account.restrict-recommended");
});

test("where the policy asks for two people nothing is told before the second agrees", () => {
	const first = decided(caseOf(untold), ana, "remove", 2);
	expect(first.accountAction).toBeUndefined();
	const waiting = applied(caseOf(untold), first);
	expect(decided(waiting, binh, "remove", 2).accountAction).toBe("account.restrict-recommended");
	expect(decided(waiting, binh, "restore", 2)).toMatchObject({ state: "held" });
});

test("taking the decision back withdraws what it recommended, and only that", () => {
	const recommended = applied(caseOf(untold), decided(caseOf(untold), ana, "remove"), told);
	const act = { userId: ana, now: noon, reason: "a mistake" };
	expect(undoDecision(recommended, act, defaultPolicy).accountAction).toBe("account.restriction-withdrawn");
	const other = { ...recommended, account: { ...told, isByThisCase: false } };
	expect(undoDecision(other, act, defaultPolicy).accountAction).toBeUndefined();
});

test("overturned after an appeal it is withdrawn; upheld, nobody is told again", () => {
	const recommended = applied(caseOf(untold), decided(caseOf(untold), ana, "remove"), told);
	const appealed = applied(recommended, appealCase(recommended, { appealId: appealId.parse(uuidv7(5)), by: "user" }));
	expect(decided(appealed, binh, "restore").accountAction).toBe("account.restriction-withdrawn");
	expect(decided(appealed, binh, "remove").accountAction).toBeUndefined();
	// Once withdrawn there is nothing to withdraw when that is taken back in its turn.
	const overturned = applied(appealed, decided(appealed, binh, "restore"), { ...told, isRecommended: false });
	expect(
		undoDecision(overturned, { userId: binh, now: noon, reason: "no" }, defaultPolicy).accountAction,
	).toBeUndefined();
});
