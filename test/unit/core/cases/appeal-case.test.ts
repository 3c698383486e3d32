// What an appeal does to a case: other people decide, who see it as before; what they overturn is undone.
import { describe, expect, test } from "@jest/globals";
import { claimCase, decide } from "../../../../services/core/cases/act-on-case.ts";
import { appealCase, isUnderAppeal } from "../../../../services/core/cases/appeal-case.ts";
import type { CaseSnapshot, CaseTransition, Decision } from "../../../../services/core/cases/case.ts";
import { isKeptFrom } from "../../../../services/core/cases/second-look.ts";
import { undoDecision } from "../../../../services/core/cases/undo-decision.ts";
import { BreakwaterError } from "../../../../services/core/errors.ts";
import { appealId, caseId, itemId, platformId, userId, uuidv7 } from "../../../../services/core/ids.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";

const noon = new Date("2026-11-24T12:00:00.000Z");
const minutes = (count: number) => new Date(noon.getTime() + count * 60_000);
const [ana, binh, chi, dung] = [1, 2, 3, 4].map((at) => userId.parse(uuidv7(at)));
if (ana === undefined || binh === undefined || chi === undefined || dung === undefined) throw new Error("no people");
const appeal = { appealId: appealId.parse(uuidv7(7)), by: "user" } as const;

type Item = CaseSnapshot["items"][number];
const item = (state: Item["state"], ...orders: Item["orders"]): Item => ({
	...{ id: itemId.parse(uuidv7(9)), platformId: platformId.parse(uuidv7(8)), surface: "public", country: null },
	...{ state, withheldOn: [], orders },
});
const withheldBefore = { action: "withhold", issuedAt: minutes(-60) } as const;

function decidedAs(decision: Decision, items: readonly Item[], change: Partial<CaseSnapshot> = {}): CaseSnapshot {
	return {
		...{ id: caseId.parse(uuidv7(5)), state: "decided", tier: "K2", fence: 1, claim: null, appealed: null },
		...{
			firstDecision: null,
			secondDecision: null,
			decided: { decision, userId: ana, at: noon },
			items,
			copies: [],
			account: null,
			spread: null,
		},
		...change,
	} as CaseSnapshot;
}
const removedCase = () => decidedAs("remove", [item("removed", withheldBefore, { action: "remove", issuedAt: noon })]);

/** The case as the store would load it after the transition. */
function applied(before: CaseSnapshot, change: CaseTransition): CaseSnapshot {
	const { state, claim, firstDecision, secondDecision, decided, appealed = before.appealed } = change;
	return { ...before, state, claim, firstDecision, secondDecision, decided, appealed };
}

const appealedCase = (before: CaseSnapshot) => applied(before, appealCase(before, appeal));

function decidedBy(who: typeof ana, decision: Decision, on: CaseSnapshot, isLead = false): CaseTransition {
	if (who === undefined) throw new Error("nobody");
	const now = minutes(5);
	const held = applied(on, claimCase(on, { userId: who, isLead, now, leaseMs: 60_000 }));
	const fence = held.claim?.fence ?? 0;
	return decide(held, { userId: who, isLead, fence, now, decision, reason: "because" }, defaultPolicy);
}

const codeOf = (work: () => unknown) => {
	try {
		work();
	} catch (error) {
		return error instanceof BreakwaterError ? error.code : error;
	}
	return "none";
};
const kindsOf = ({ events }: CaseTransition) => events.map(({ kind }) => kind);

describe("an appeal", () => {
	test("has a decided case wait for another person, whoever decided before", () => {
		const change = appealCase(removedCase(), appeal);
		expect(change).toMatchObject({
			state: "second",
			decided: null,
			appealed: { decision: "remove", at: noon, by: [ana] },
		});
		expect(change.events).toEqual([{ kind: "appealed", ...appeal }]);
		expect(change.itemActions).toEqual([]);
		expect(codeOf(() => decidedBy(ana, "restore", appealedCase(removedCase()), true))).toBe("same-person");
	});

	test("keeps out all of the people who agreed on what is appealed", () => {
		const both = decidedAs("remove", [], { firstDecision: { decision: "remove", userId: binh } });
		const waiting = appealedCase(both);
		expect(waiting.appealed?.by).toEqual([binh, ana]);
		for (const one of [ana, binh]) expect(codeOf(() => decidedBy(one, "remove", waiting))).toBe("same-person");
		expect(codeOf(() => decidedBy(chi, "remove", waiting))).toBe("none");
	});

	test("changes nothing of a case that people have yet to decide, but that they are told", () => {
		const open = { ...removedCase(), state: "open", decided: null } as const;
		const change = appealCase(open, appeal);
		expect(change).toMatchObject({ state: "open", decided: null, itemActions: [] });
		expect(change.appealed).toBeUndefined();
		expect(isUnderAppeal(applied(open, change))).toBe(false);
	});

	test("keeps the decision from whoever is asked whether it stands, until they have decided", () => {
		const waiting = appealedCase(removedCase());
		expect([binh, chi].map((one) => isKeptFrom(waiting, one))).toEqual([true, true]);
		expect(isKeptFrom(waiting, ana)).toBe(false);
		expect(isKeptFrom(applied(waiting, decidedBy(binh, "remove", waiting)), chi)).toBe(false);
	});
});

describe("people who decide after an appeal", () => {
	test("leave everything as it is where they come to the same decision", () => {
		const change = decidedBy(binh, "remove", appealedCase(removedCase()));
		expect(kindsOf(change)).toEqual(["decided", "upheld"]);
		expect(change).toMatchObject({ state: "decided", isUpheld: true, itemActions: [] });
		expect(change.withdraws).toBeUndefined();
	});

	test("restore what was removed, withdraw what was written, and have everybody told who reported it", () => {
		const on = appealedCase(removedCase());
		const change = decidedBy(binh, "restore", on);
		expect(kindsOf(change)).toEqual(["decided", "overturned"]);
		expect(change).toMatchObject({ state: "decided", withdraws: { decidedAt: noon }, answersReports: "put-back" });
		expect(change.itemActions).toEqual([{ itemId: on.items[0]?.id, action: "restore" }]);
	});

	test("restore what was visible before it was removed, too", () => {
		const on = appealedCase(decidedAs("remove", [item("removed", { action: "remove", issuedAt: noon })]));
		expect(decidedBy(binh, "restore", on).itemActions).toMatchObject([{ action: "restore" }]);
	});

	test("remove what was left where it is, when a reporter appeals", () => {
		const left = decidedAs("restore", [
			item("live"),
			item("restored", withheldBefore, { action: "restore", issuedAt: noon }),
		]);
		const on = applied(left, appealCase(left, { ...appeal, by: "reporter" }));
		const change = decidedBy(binh, "remove", on);
		expect(kindsOf(change)).toEqual(["decided", "overturned"]);
		expect(change.itemActions.map(({ action }) => action)).toEqual(["remove", "remove"]);
		expect(change.answersReports).toBe("removed");
	});

	test("leave alone what has happened to an item since", () => {
		const restoredSince = item(
			"restored",
			{ action: "remove", issuedAt: noon },
			{ action: "restore", issuedAt: minutes(1) },
		);
		const on = appealedCase(decidedAs("remove", [restoredSince, item("gone", { action: "remove", issuedAt: noon })]));
		expect(decidedBy(binh, "restore", on).itemActions).toEqual([]);
	});

	test("are as many as for any decision: what takes two to remove takes two after an appeal, and nothing is hidden twice", () => {
		const twoNeeded = { ...removedCase(), tier: "K3" } as const;
		const first = decidedBy(binh, "remove", appealedCase(twoNeeded));
		expect(first).toMatchObject({ state: "second", itemActions: [] });
		const after = applied(appealedCase(twoNeeded), first);
		expect(isKeptFrom(after, chi)).toBe(true);
		expect(kindsOf(decidedBy(chi, "remove", after))).toEqual(["decided", "upheld"]);
	});

	test("who differ wait for a lead that has decided nothing of it before", () => {
		const two = appealedCase({ ...removedCase(), tier: "K3" });
		const first = applied(two, decidedBy(binh, "remove", two));
		const held = applied(first, decidedBy(chi, "restore", first));
		expect(held.state).toBe("held");
		expect(codeOf(() => decidedBy(ana, "restore", held, true))).toBe("same-person");
		expect(kindsOf(decidedBy(dung, "restore", held, true))).toEqual(["decided", "overturned"]);
	});
});

describe("taking back what was decided after an appeal", () => {
	const overturned = () => {
		const on = appealedCase(removedCase());
		const change = decidedBy(binh, "restore", on);
		const [was] = on.items;
		if (was === undefined) throw new Error("no item");
		const orders = [...was.orders, { action: "restore", issuedAt: minutes(5) } as const];
		return { ...applied(on, change), items: [{ ...was, state: "restored" as const, orders }] };
	};
	const undone = (on: CaseSnapshot) =>
		undoDecision(on, { userId: binh, now: minutes(6), reason: "a slip" }, defaultPolicy);

	test("has the appeal wait again, for others than those who decided first", () => {
		const after = applied(overturned(), undone(overturned()));
		expect(after).toMatchObject({ state: "second", decided: null, appealed: { decision: "remove" } });
		expect(codeOf(() => decidedBy(ana, "remove", after))).toBe("same-person");
	});

	test("hides what had been removed, and removes nothing by itself", () => {
		expect(undone(overturned()).itemActions).toMatchObject([{ action: "withhold" }]);
	});
});
