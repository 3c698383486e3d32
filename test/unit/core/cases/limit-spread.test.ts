import { describe, expect, test } from "@jest/globals";
import type { CaseSnapshot, CaseSnapshotItem } from "../../../../services/core/cases/case.ts";
import { consequencesOf } from "../../../../services/core/cases/consequences.ts";
import { changeSpread, spreadActionOf } from "../../../../services/core/cases/limit-spread.ts";
import { actionBack } from "../../../../services/core/cases/undo-decision.ts";
import { caseId, itemId, type UserId, userId, uuidv7 } from "../../../../services/core/ids.ts";
import type { ItemState } from "../../../../services/core/items/item.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";

const now = new Date("2026-11-29T09:00:00Z");
const [lan, mai] = [userId.parse(uuidv7(1)), userId.parse(uuidv7(2))];

function caseOf(states: readonly ItemState[], change: Partial<CaseSnapshot> = {}): CaseSnapshot {
	const items = states.map((state, at) => ({ id: itemId.parse(uuidv7(10 + at)), state, withheldOn: [], orders: [] }));
	return {
		...{ id: caseId.parse(uuidv7(3)), state: "claimed", tier: "T", fence: 1 },
		claim: { userId: lan, fence: 1, expiresAt: new Date(now.getTime() + 60_000) },
		...{ firstDecision: null, secondDecision: null, decided: null, appealed: null, copies: [], account: null },
		items: items as unknown as readonly CaseSnapshotItem[],
		...{ spread: null, ...change },
	};
}

const press = (current: CaseSnapshot, action: "limit-spread" | "lift-limit", by: UserId = lan) =>
	changeSpread(current, { userId: by, fence: 1, now, action });

describe("whoever holds a case", () => {
	test("limits the spread of what is up, decides nothing by it, and keeps the case", () => {
		const current = caseOf(["live", "withheld", "live"]);
		const change = press(current, "limit-spread");
		expect(change).toMatchObject({ state: "claimed", decided: null, spread: "limit-spread" });
		expect(change.itemActions).toEqual(
			[current.items[0], current.items[2]].map((item) => ({ itemId: item?.id, action: "limit-spread" })),
		);
	});
	test("lifts it again, and does neither twice", () => {
		const limited = caseOf(["limited"], { spread: "limited" });
		expect(press(limited, "lift-limit").itemActions).toMatchObject([{ action: "lift-limit" }]);
		expect(() => press(limited, "limit-spread")).toThrow("leave everything as it is");
		expect(() => press(caseOf(["live"]), "lift-limit")).toThrow("leave everything as it is");
	});
	test("limits an outbreak of which nothing in the case is up any more, for what comes later", () => {
		expect(spreadActionOf(caseOf(["withheld"], { spread: "recommended" }))).toBe("limit-spread");
		expect(spreadActionOf(caseOf(["withheld", "restored"]))).toBeNull();
	});
	test("does not learn by it what the first of two decided", () => {
		const second = caseOf(["withheld"], { state: "second", firstDecision: { decision: "remove", userId: mai } });
		expect(() => press(second, "limit-spread")).toThrow("not in a state that allows this");
	});
});

test("nobody limits anything without a claim", () => {
	expect(() => press(caseOf(["live"]), "limit-spread", mai)).toThrow("claim");
});

describe("of what is limited", () => {
	const effectOf = (decision: "remove" | "restore", people: 1 | 2) => {
		const policy = { ...defaultPolicy, removalPeople: { ...defaultPolicy.removalPeople, T: people } };
		return consequencesOf(decision, caseOf(["limited"]), policy).items[0]?.effect;
	};
	test("a decision leaves nothing limited, but for what waits for another person", () => {
		expect(effectOf("restore", 1)).toBe("unlimited");
		expect(effectOf("remove", 1)).toBe("removed");
		expect(effectOf("remove", 2)).toBe("withheld");
	});
	test("a decision that is taken back leaves it limited as it was, or up and to be decided anew", () => {
		const given = { caseId: caseId.parse(uuidv7(3)), decidedAt: now };
		const orders = (last: "restore" | "remove") => [
			{ action: "limit-spread" as const, issuedAt: new Date(0) },
			{ action: last, issuedAt: now },
		];
		const item = caseOf(["restored"]).items[0] as CaseSnapshotItem;
		expect(actionBack({ ...item, orders: orders("restore") }, given)).toBe("limit-spread");
		expect(actionBack({ ...item, state: "removed", orders: orders("remove") }, given)).toBe("restore");
	});
});
