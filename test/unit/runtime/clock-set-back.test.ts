import { expect, test } from "@jest/globals";
import { createClockWatch } from "../../../services/runtime/clock-set-back.ts";

function startWatch() {
	const clocks = { wall: 1_000_000, steady: 0 };
	const pass = (ms: number) => {
		clocks.wall += ms;
		clocks.steady += ms;
	};
	return { clocks, pass, look: createClockWatch({ wallMs: () => clocks.wall, steadyMs: () => clocks.steady }) };
}

test("a clock that goes on, or is corrected by a little, was not set back", () => {
	const { clocks, pass, look } = startWatch();
	pass(60_000);
	expect(look()).toBe(false);
	clocks.wall -= 500;
	expect(look()).toBe(false);
});

test("a clock set forth was not set back; one set back by an hour is noticed once", () => {
	const { clocks, pass, look } = startWatch();
	clocks.wall += 3_600_000;
	expect(look()).toBe(false);
	pass(1_000);
	clocks.wall -= 3_600_000;
	expect(look()).toBe(true);
	pass(1_000);
	expect(look()).toBe(false);
});
