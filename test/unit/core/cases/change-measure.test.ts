// Labels and friction on a case: who may put them there and end them, and what a decision and its way back do to them.
import { describe, expect, test } from "@jest/globals";
import type { CaseSnapshot, CaseSnapshotItem } from "../../../../services/core/cases/case.ts";
import { changeMeasure } from "../../../../services/core/cases/change-measure.ts";
import { measuresAfter, measuresBack } from "../../../../services/core/cases/measures-after.ts";
import { caseId, itemId, userId, uuidv7 } from "../../../../services/core/ids.ts";
import type { ItemState } from "../../../../services/core/items/item.ts";
import type { ItemMeasure, MeasureOrder } from "../../../../services/core/measures/measure.ts";

const now = new Date("2026-11-29T09:00:00Z");
const [lan, mai] = [userId.parse(uuidv7(1)), userId.parse(uuidv7(2))];
const [here, elsewhere] = [caseId.parse(uuidv7(3)), caseId.parse(uuidv7(4))];
const label: MeasureOrder = { action: "label", label: "advertising" };
const unlabel: MeasureOrder = { ...label, action: "unlabel" };
const slow: MeasureOrder = { action: "add-friction", label: null };

const given = (order: MeasureOrder, change: Partial<ItemMeasure> = {}): ItemMeasure => ({
	...{ ...order, decidedBy: "machine", issuedAt: now, caseId: here, ...change },
});

type Item = readonly [state: ItemState, measures?: readonly ItemMeasure[]];

function caseOf(states: readonly Item[], change: Partial<CaseSnapshot> = {}): CaseSnapshot {
	const items = states.map(([state, measures = []], at) => ({
		...{ id: itemId.parse(uuidv7(10 + at)), state, measures, withheldOn: [], orders: [] },
	}));
	return {
		...{ id: here, state: "claimed", tier: "T", fence: 1 },
		claim: { userId: lan, fence: 1, expiresAt: new Date(now.getTime() + 60_000) },
		...{ firstDecision: null, secondDecision: null, decided: null, appealed: null, copies: [], account: null },
		items: items as unknown as readonly CaseSnapshotItem[],
		...{ spread: null, ...change },
	};
}

const press = (current: CaseSnapshot, order: MeasureOrder, by = lan) =>
	changeMeasure(current, { ...order, userId: by, fence: 1, now });

describe("whoever holds a case", () => {
	test("labels what others see of it, once, decides nothing by it, and keeps the case", () => {
		const current = caseOf([["live"], ["withheld"], ["live", [given(label)]]]);
		const change = press(current, label);
		expect(change).toMatchObject({ state: "claimed", decided: null, itemActions: [] });
		expect(change.measures).toEqual([{ ...label, itemId: current.items[0]?.id }]);
	});

	test("slows its accounts down, though what they sent is hidden", () => {
		expect(press(caseOf([["withheld"]]), slow).measures).toHaveLength(1);
		expect(() => press(caseOf([["gone"]]), slow)).toThrow("leave everything as it is");
	});

	test("ends what is in force, whoever began it and in whichever case, and nothing else", () => {
		const current = caseOf([["live", [given(label, { caseId: elsewhere, decidedBy: "person" })]]]);
		expect(press(current, unlabel).measures).toHaveLength(1);
		expect(() => press(current, { ...unlabel, label: "other" })).toThrow("leave everything as it is");
		expect(() => press(caseOf([["live", [given(unlabel)]]]), unlabel)).toThrow("leave everything as it is");
	});

	test("does so under a claim alone, and not as a second person who must not know what the first thinks", () => {
		expect(() => press(caseOf([["live"]]), label, mai)).toThrow();
		const second = caseOf([["live"]], { state: "second", firstDecision: { decision: "remove", userId: mai } });
		expect(() => press(second, label)).toThrow();
	});
});

describe("a decision", () => {
	const byPerson = given(slow, { decidedBy: "person" });
	const current = caseOf([["live", [given(label), byPerson]]]);

	test("to leave up ends what a machine did in this case, and leaves what a person asked for", () => {
		expect(measuresAfter(current, "restore")).toEqual([{ ...unlabel, itemId: current.items[0]?.id }]);
		const other = caseOf([["live", [given(label, { caseId: elsewhere })]]]);
		expect(measuresAfter(other, "restore")).toEqual([]);
	});

	test("after an appeal ends all of it, since others were asked whether it was right", () => {
		const appealed = { ...current, appealed: { decision: "restore", at: now, by: [mai] } } as const;
		expect(measuresAfter(appealed, "restore").map(({ action }) => action)).toEqual(["unlabel", "lift-friction"]);
	});

	test("to remove ends nothing: the account stays slowed down until a person ends that", () => {
		expect(measuresAfter(current, "remove")).toEqual([]);
	});

	test("taken back, begins again what it had ended, and nothing that was ended before", () => {
		const ended = caseOf([["live", [given(unlabel, { decidedBy: "person" })]]]);
		expect(measuresBack(ended, now)).toEqual([{ ...label, itemId: ended.items[0]?.id }]);
		expect(measuresBack(ended, new Date(now.getTime() + 1))).toEqual([]);
	});
});
