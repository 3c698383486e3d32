import { expect, test } from "@jest/globals";
import { createAlarmLevel } from "../../../../services/core/outbreaks/alarm-level.ts";
import { rarityOfSum } from "../../../../services/core/outbreaks/surprise.ts";

const start = 1_800_000_000;
const hour = 3_600;

/** One kind, watched for some days in which so many subjects an hour had more than a handful of voices. */
function watchedFor(days: number, perHour: number, alarmsPerDay = 1) {
	const level = createAlarmLevel({ weights: [1], alarmsPerDay, learnSeconds: 0 });
	let at = start;
	const pass = (hours: number) => {
		for (let passed = 0; passed < hours; passed += 1) {
			level.look(at, 1);
			for (let one = 0; one < perHour; one += 1) level.count(0);
			at += hour;
		}
		level.look(at, 1);
	};
	pass(24 * days);
	return { level, pass };
}

test("the more subjects there are a day, and the fewer alarms are allowed, the rarer one must be", () => {
	const few = watchedFor(3, 10).level.of(0);
	const many = watchedFor(3, 100).level.of(0);
	const rarely = watchedFor(3, 100, 0.1).level.of(0);
	expect(few).toBeCloseTo(rarityOfSum(240, 1), 1);
	expect(many).toBeGreaterThan(few);
	expect(rarely).toBeGreaterThan(many + 1);
});

test("it rises with each alarm that was false, and falls again by as many a day as are allowed, never below what it was", () => {
	const { level, pass } = watchedFor(3, 100);
	const before = level.of(0);
	for (let alarm = 0; alarm < 4; alarm += 1) level.wasFalse(0);
	const raised = level.of(0);
	expect(raised).toBeCloseTo(before + 1, 5);
	pass(48);
	expect(level.of(0)).toBeLessThan(before + 0.6);
	expect(level.of(0)).toBeGreaterThan(before + 0.4);
	pass(480);
	expect(level.of(0)).toBeCloseTo(before, 1);
});

test("until it is known how many there are, chance alone decides", () => {
	expect(watchedFor(1, 1).level.of(0)).toBe(0);
});
