import { expect, test } from "@jest/globals";
import { chooseStills } from "../../../../services/core/items/choose-stills.ts";

const minute = 60_000;
const at = (fromMs: number) => ({ fromMs, toMs: fromMs + 1_000 });

test("people see first where something was found, each finding once before any twice, and then the whole", () => {
	const stills = chooseStills(minute, [[at(10_000), at(20_000)], [at(40_000)]]);
	expect(stills.slice(0, 3)).toEqual([10_000, 40_000, 20_000]);
	expect(stills).toHaveLength(11);
	expect(Math.max(...stills.slice(3))).toBeGreaterThan(50_000);
});

test("what is found everywhere leaves room for what lies between, and two never show the same moment", () => {
	const everywhere = Array.from({ length: 60 }, (_, second) => at(second * 1_000));
	const stills = chooseStills(minute, [everywhere]);
	expect(stills.slice(0, 8)).toEqual(everywhere.slice(0, 8).map(({ fromMs }) => fromMs));
	expect(stills.length).toBeLessThanOrEqual(12);
	expect(stills.at(-1)).toBeGreaterThan(50_000);
	for (const [index, one] of stills.entries())
		for (const other of stills.slice(index + 1)) expect(Math.abs(one - other)).toBeGreaterThanOrEqual(500);
	expect(chooseStills(900, [[at(0)]])).toEqual([0, 531]);
	expect(chooseStills(0, [])).toEqual([0]);
});
