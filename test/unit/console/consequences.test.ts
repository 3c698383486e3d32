import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { consequencesOf, isLeavingUp } from "../../../services/console/case/consequences.ts";
import { decide } from "../../../services/core/cases/act-on-case.ts";
import { decisions } from "../../../services/core/cases/case.ts";
import { caseId, itemId, userId, uuidv7 } from "../../../services/core/ids.ts";
import { itemStates } from "../../../services/core/items/item.ts";

const item = (state: (typeof itemStates)[number], platformName = "sample") => ({ state, platformName });

const outlookOf = (isRemoveFinal: boolean, ...disputedByRestore: readonly string[]) => ({
	isRemoveFinal,
	disputedByRestore,
});

describe("what the page foretells of a decision", () => {
	test("a removal by one person removes what is visible and what is withheld", () => {
		const items = [item("live"), item("withheld"), item("gone")];
		expect(consequencesOf("remove", { items, outlook: outlookOf(true) })).toMatchObject({
			removed: 2,
			unchanged: 1,
			needsSecondPerson: false,
		});
	});

	test("a first decision to remove withholds what is visible and waits for a second person", () => {
		const items = [item("live", "a"), item("withheld", "b")];
		expect(consequencesOf("remove", { items, outlook: outlookOf(false) })).toEqual({
			removed: 0,
			withheld: 1,
			restored: 0,
			staysWithheld: 1,
			staysVisible: 0,
			unchanged: 0,
			disputed: 0,
			needsSecondPerson: true,
			platforms: ["a"],
		});
	});

	test("to restore where nothing is withheld is to leave it up", () => {
		const outlook = outlookOf(true);
		expect(isLeavingUp({ items: [item("live"), item("removed")], outlook })).toBe(true);
		expect(isLeavingUp({ items: [item("live"), item("withheld")], outlook })).toBe(false);
	});

	test("to restore disputes the entries that withheld it, to remove disputes none", () => {
		const of = { items: [item("withheld")], outlook: outlookOf(true, "an entry") };
		expect(consequencesOf("restore", of).disputed).toBe(1);
		expect(consequencesOf("remove", of).disputed).toBe(0);
	});

	test("is what the server then does, for every mix of items", () => {
		const me = userId.parse(uuidv7(1));
		const now = new Date("2026-11-24T09:00:00Z");
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...itemStates), { minLength: 1, maxLength: 8 }),
				fc.constantFrom(...decisions),
				fc.constantFrom(1, 2),
				(states, decision, people) => {
					const tiers = { K1: people, K2: people, K3: people, M: people, T: people, none: people };
					const transition = decide(
						{
							id: caseId.parse(uuidv7(2)),
							state: "claimed",
							tier: "K2",
							fence: 1,
							claim: { userId: me, fence: 1, expiresAt: new Date(now.getTime() + 1_000) },
							firstDecision: null,
							items: states.map((state) => ({ id: itemId.parse(uuidv7(3)), state })),
						},
						{ userId: me, fence: 1, now, decision, reason: "because" },
						{ removalPeople: tiers },
					);
					const done = (action: string) => transition.itemActions.filter((one) => one.action === action).length;
					const foretold = consequencesOf(decision, {
						items: states.map((state) => item(state)),
						outlook: outlookOf(people === 1),
					});
					expect([foretold.removed, foretold.withheld, foretold.restored]).toEqual([
						done("remove"),
						done("withhold"),
						done("restore"),
					]);
					expect(foretold.needsSecondPerson).toBe(transition.state === "second");
				},
			),
		);
	});
});
