import { describe, expect, test } from "@jest/globals";
import type { CaseSnapshot } from "../../../../services/core/cases/case.ts";
import { mayUndo, undoDecision } from "../../../../services/core/cases/undo-decision.ts";
import { BreakwaterError } from "../../../../services/core/errors.ts";
import { caseId, itemId, platformId, userId, uuidv7 } from "../../../../services/core/ids.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";

const noon = new Date("2026-11-24T12:00:00.000Z");
const later = (ms: number) => new Date(noon.getTime() + ms);
const ana = userId.parse(uuidv7(1));
const lead = userId.parse(uuidv7(2));
const earlier = later(-60_000);

type Item = CaseSnapshot["items"][number];
const item = (state: Item["state"], ...orders: Item["orders"]): Item => ({
	id: itemId.parse(uuidv7(9)),
	platformId: platformId.parse(uuidv7(8)),
	surface: "public",
	country: null,
	state,
	withheldOn: [],
	orders,
});

const decidedCase = (...items: readonly Item[]): CaseSnapshot => ({
	id: caseId.parse(uuidv7(3)),
	state: "decided",
	tier: "K2",
	fence: 1,
	claim: null,
	firstDecision: null,
	secondDecision: null,
	appealed: null,
	decided: { decision: "remove", userId: ana, at: noon },
	...{ items, copies: [], account: null, spread: null },
});

const act = (who: typeof ana, now: Date, isLead = false) => ({ userId: who, isLead, now, reason: "a slip" });
const codeOf = (work: () => unknown) => {
	try {
		work();
	} catch (error) {
		return error instanceof BreakwaterError ? error.code : error;
	}
	return null;
};
const withhold = { action: "withhold", issuedAt: earlier } as const;
const remove = { action: "remove", issuedAt: noon } as const;
const restore = { action: "restore", issuedAt: noon } as const;

describe("taking a decision back", () => {
	test("puts each item back to where it was before the decision, and opens the case", () => {
		const current = decidedCase(
			item("removed", withhold, remove),
			item("removed", remove),
			item("restored", withhold, restore),
		);
		const change = undoDecision(current, act(ana, later(1_000)), defaultPolicy);
		expect(change).toMatchObject({
			state: "open",
			decided: null,
			firstDecision: null,
			events: [{ kind: "undone", decision: "remove" }],
		});
		expect(change.itemActions.map(({ action }) => action)).toEqual(["withhold", "restore", "withhold"]);
	});

	test("leaves alone what the decision had not changed, what has changed since, and what is gone", () => {
		const since = { action: "restore", issuedAt: later(500) } as const;
		const current = decidedCase(
			item("withheld", withhold),
			item("restored", remove, since),
			item("gone", remove),
			item("live"),
		);
		expect(undoDecision(current, act(ana, later(1_000)), defaultPolicy).itemActions).toEqual([]);
	});

	test("takes copies with it that the decision reached by standing, in whatever case, and those of no other decision", () => {
		const { id } = decidedCase();
		const standing = { issuedAt: later(500), standingCase: id } as const;
		const current = {
			...decidedCase(item("removed", { action: "withhold", issuedAt: later(400) }, { action: "remove", ...standing })),
			id,
			copies: [
				item("removed", { action: "remove", ...standing }),
				item("withheld", { action: "withhold", ...standing }),
				item("removed", { action: "withhold", ...standing }, { action: "remove", issuedAt: later(600) }),
				item("removed", { action: "remove", ...standing, standingCase: caseId.parse(uuidv7(4)) }),
			],
		};
		const change = undoDecision(current, act(ana, later(1_000)), defaultPolicy);
		expect(change.itemActions.map(({ action }) => action)).toEqual(["withhold", "restore", "restore"]);
	});

	test("is for whoever decided, for as long as the policy says, and for a lead at any time", () => {
		const current = decidedCase();
		const { undoWithinMs } = defaultPolicy;
		expect(mayUndo(current, act(ana, later(undoWithinMs)), defaultPolicy)).toEqual({
			kind: "undo",
			until: later(undoWithinMs),
		});
		expect(codeOf(() => undoDecision(current, act(ana, later(undoWithinMs + 1)), defaultPolicy))).toBe(
			"too-late-to-undo",
		);
		expect(codeOf(() => undoDecision(current, act(lead, later(1)), defaultPolicy))).toBe("forbidden");
		expect(undoDecision(current, act(lead, later(1e9), true), defaultPolicy).events).toMatchObject([
			{ kind: "reopened" },
		]);
	});

	test("needs a decision", () => {
		expect(
			codeOf(() => undoDecision({ ...decidedCase(), state: "open", decided: null }, act(ana, noon), defaultPolicy)),
		).toBe("not-decidable");
	});
});
