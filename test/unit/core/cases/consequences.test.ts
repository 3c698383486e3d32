import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decide } from "../../../../services/core/cases/act-on-case.ts";
import { type CaseSnapshotItem, type Decision, decisions } from "../../../../services/core/cases/case.ts";
import { consequencesOf, type Effect, isLeavingUp } from "../../../../services/core/cases/consequences.ts";
import { caseId, entryId, itemId, platformId, userId, uuidv7 } from "../../../../services/core/ids.ts";
import { type ItemState, itemStates } from "../../../../services/core/items/item.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";

const item = (
	state: ItemState,
	withheldOn: readonly { entryId: ReturnType<typeof entryId.parse>; isTrusted: boolean }[] = [],
	orders: CaseSnapshotItem["orders"] = [],
) => ({ state, withheldOn, orders });
const entry = entryId.parse(uuidv7(5));
const ana = userId.parse(uuidv7(1));

const effectsOf = (
	decision: Decision,
	tier: "K2" | "K3",
	...items: readonly ReturnType<typeof item>[]
): readonly Effect[] =>
	consequencesOf(decision, { tier, items, firstDecision: null, secondDecision: null }, defaultPolicy).items.map(
		({ effect }) => effect,
	);

describe("what a decision does", () => {
	test("a removal by one person removes what is visible and what is withheld", () => {
		expect(effectsOf("remove", "K2", item("live"), item("withheld"), item("gone"))).toEqual([
			"removed",
			"removed",
			"unchanged",
		]);
	});

	const restore = { action: "restore", issuedAt: new Date(0) } as const;
	test("what people left up stays up where the case is removed later, what a way back only restored does not", () => {
		expect(
			effectsOf(
				"remove",
				"K2",
				item("restored", [], [restore]),
				item("restored", [], [{ ...restore, takesBack: true }]),
			),
		).toEqual(["stays-visible", "removed"]);
	});

	test("a first decision to remove withholds what is visible and waits for a second person", () => {
		expect(effectsOf("remove", "K3", item("live"), item("withheld"))).toEqual(["withheld", "stays-withheld"]);
	});

	test("to restore where nothing is withheld is to leave it up", () => {
		expect(isLeavingUp([item("live"), item("removed")])).toBe(true);
		expect(isLeavingUp([item("live"), item("withheld")])).toBe(false);
	});

	test("to restore disputes the entries that withheld it, each once; to remove disputes none", () => {
		const on = {
			tier: "K2",
			items: [
				item("withheld", [{ entryId: entry, isTrusted: false }]),
				item("withheld", [{ entryId: entry, isTrusted: false }]),
			],
			firstDecision: null,
			secondDecision: null,
		} as const;
		expect(consequencesOf("restore", on, defaultPolicy).disputed).toEqual([entry]);
		expect(consequencesOf("remove", on, defaultPolicy).disputed).toEqual([]);
	});

	test("is what the act then does, for every mix of items, trust and earlier decisions", () => {
		const me = userId.parse(uuidv7(2));
		const now = new Date("2026-11-24T09:00:00Z");
		const given = fc.option(fc.constantFrom(...decisions).map((decision) => ({ decision, userId: ana })));
		const orders = { removed: "remove", withheld: "withhold", restored: "restore", unlimited: "restore" } as Readonly<
			Record<string, string>
		>;
		fc.assert(
			fc.property(
				fc.array(fc.record({ state: fc.constantFrom(...itemStates), isTrusted: fc.boolean() }), {
					minLength: 1,
					maxLength: 8,
				}),
				fc.constantFrom(...decisions),
				fc.constantFrom("K1" as const, "K3" as const),
				given,
				fc.boolean(),
				(states, decision, tier, firstDecision, hasDiffered) => {
					const secondDecision =
						firstDecision !== null && hasDiffered
							? {
									decision: firstDecision.decision === "remove" ? ("restore" as const) : ("remove" as const),
									userId: userId.parse(uuidv7(9)),
								}
							: null;
					const on = {
						id: caseId.parse(uuidv7(2)),
						state:
							secondDecision !== null
								? ("held" as const)
								: firstDecision !== null
									? ("second" as const)
									: ("claimed" as const),
						tier,
						fence: 1,
						claim: { userId: me, fence: 1, expiresAt: new Date(now.getTime() + 1_000) },
						firstDecision,
						secondDecision,
						...{ appealed: null, decided: null, copies: [], account: null, spread: null },
						items: states.map(({ state, isTrusted }, index) => ({
							id: itemId.parse(uuidv7(3 + index)),
							platformId: platformId.parse(uuidv7(8)),
							surface: "public" as const,
							country: null,
							...item(state, [{ entryId: entry, isTrusted }]),
						})),
					};
					const will = consequencesOf(decision, on, defaultPolicy);
					const done = decide(
						on,
						{ userId: me, isLead: true, fence: 1, now, decision, reason: "because" },
						defaultPolicy,
					);
					expect(done.itemActions).toEqual(
						will.items.flatMap(({ item: { id }, effect }) =>
							effect in orders ? [{ itemId: id, action: orders[effect] }] : [],
						),
					);
					expect(done.state).toBe({ nobody: "decided", "second-person": "second", lead: "held" }[will.waitsFor]);
					expect(done.entryJudgement?.entries ?? []).toEqual(will.waitsFor === "nobody" ? will.disputed : []);
				},
			),
		);
	});
});
