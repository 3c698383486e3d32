import { expect, test } from "@jest/globals";
import { createAlarmLevel } from "../../../../services/core/outbreaks/alarm-level.ts";
import { rarityOfSum } from "../../../../services/core/outbreaks/surprise.ts";

const start = 1_800_000_000;
const hour = 3_600;

/** One kind, watched for some days in which so many subjects an hour had more than a handful of voices. */
function watchedFor(days: number, perHour: number, alarmsPerDay = 1) {
	const level = createAlarmLevel({ weights: [{ windows: 1, waves: 0 }], alarmsPerDay, learnSeconds: 0 });
	let at = start;
	const pass = (hours: number) => {
		for (let passed = 0; passed < hours; passed += 1) {
			level.look(at, 1);
			for (let one = 0; one < perHour; one += 1) level.countWindows(0);
			at += hour;
		}
		level.look(at, 1);
	};
	pass(24 * days);
	return { level, pass };
}

test("the more subjects there are a day, and the fewer alarms are allowed, the rarer one must be", () => {
	const few = watchedFor(3, 10).level.ofWindows(0);
	const many = watchedFor(3, 100).level.ofWindows(0);
	const rarely = watchedFor(3, 100, 0.1).level.ofWindows(0);
	expect(few).toBeCloseTo(rarityOfSum(240, 1), 1);
	expect(many).toBeGreaterThan(few);
	expect(rarely).toBeGreaterThan(many + 1);
});

test("it rises with each alarm that was false, and falls again by as many a day as are allowed, never below what it was", () => {
	const { level, pass } = watchedFor(3, 100);
	const before = level.ofWindows(0);
	for (let alarm = 0; alarm < 4; alarm += 1) level.wasFalse(0, "windows");
	const raised = level.ofWindows(0);
	expect(raised).toBeCloseTo(before + 1, 5);
	pass(48);
	expect(level.ofWindows(0)).toBeLessThan(before + 0.6);
	expect(level.ofWindows(0)).toBeGreaterThan(before + 0.4);
	pass(480);
	expect(level.ofWindows(0)).toBeCloseTo(before, 1);
});

test("until it is known how many there are, chance alone decides", () => {
	expect(watchedFor(1, 1).level.ofWindows(0)).toBe(0);
});

test("of waves one in as many as come a day for each alarm that is allowed is one, and what was false of them raises theirs alone", () => {
	const level = createAlarmLevel({ weights: [{ windows: 1, waves: 3 }], alarmsPerDay: 2, learnSeconds: 0 });
	for (let passed = 0; passed < 48; passed += 1) {
		level.look(start + passed * hour, 1);
		for (let wave = 0; wave < 500; wave += 1) level.countWave(0);
	}
	const windows = level.ofWindows(0);
	// Of windows none were seen, so that all alarms are those of waves.
	expect(level.ofWaves(0)).toBeCloseTo(Math.log10(12_000 / 2), 1);
	level.wasFalse(0, "wave");
	expect(level.ofWaves(0)).toBeGreaterThan(Math.log10(12_000 / 2) + 0.2);
	expect(level.ofWindows(0)).toBe(windows);
});
