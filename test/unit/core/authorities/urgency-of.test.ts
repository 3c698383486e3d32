// How high the cases of an authority's request stand in the queue.
import { expect, test } from "@jest/globals";
import { urgencyOf } from "../../../../services/core/authorities/authority-request.ts";
import type { LawOf } from "../../../../services/core/clocks/starting-events.ts";
import { newClock } from "../../../support/clock-fixtures.ts";

const { profile, place } = newClock();
const law = (caseUrgency?: LawOf["profile"]["caseUrgency"]): LawOf => ({
	...{ jurisdiction: "XX", place, profile: { ...profile, caseUrgency } },
});
const urgent = { urgentReason: "a child is in danger" };

test("an urgent one stands above all else, another one just below, whether or not a deadline runs", () => {
	expect([urgencyOf(urgent, []), urgencyOf({}, [])]).toEqual([100, 95]);
	expect([urgencyOf(urgent, [law()]), urgencyOf({}, [law()])]).toEqual([100, 95]);
});

test("a law may say otherwise, and of several the highest counts", () => {
	const low = law({ ordinary: 40, urgent: 70 });
	expect([urgencyOf(urgent, [low]), urgencyOf({}, [low])]).toEqual([70, 40]);
	expect(urgencyOf({}, [low, law()])).toBe(95);
});
