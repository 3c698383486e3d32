import { describe, expect, test } from "@jest/globals";
import {
	defaultZone,
	formatAbsolute,
	formatAgo,
	formatAxis,
	formatCountdown,
	formatDuration,
	formatShort,
	type TimeWords,
} from "../../../services/console/format/time.ts";

const words: TimeWords = {
	justNow: "just now",
	seconds: (count) => `${count} s`,
	minutes: (count) => `${count} min`,
	hours: (count) => `${count} h`,
	days: (count) => `${count} d`,
	ago: (duration) => `${duration} ago`,
};
const minute = 60_000;
const at = new Date("2026-11-24T17:59:58.400Z");

describe("durations", () => {
	test.each([
		[0, "0 s"],
		[59_999, "59 s"],
		[7 * minute, "7 min"],
		[60 * minute, "1 h"],
		[200 * minute, "3 h 20 min"],
		[24 * 60 * minute, "1 d"],
		[50 * 60 * minute, "2 d 2 h"],
		[-5, "0 s"],
	])("%d ms reads %s", (durationMs, text) => expect(formatDuration(durationMs, words)).toBe(text));
});

describe("time passed", () => {
	test("says how long ago in the largest units", () =>
		expect(formatAgo(at, at.getTime() + 3 * minute, words)).toBe("3 min ago"));
	test("is just now for the last seconds and for clocks that run ahead", () => {
		expect(formatAgo(at, at.getTime() + 9_000, words)).toBe("just now");
		expect(formatAgo(at, at.getTime() - 4_000, words)).toBe("just now");
	});
});

describe("time left", () => {
	test.each([
		[60_000, "1:00"],
		[59_001, "1:00"],
		[9_000, "0:09"],
		[1, "0:01"],
		[0, "0:00"],
		[-3_000, "0:00"],
	])("%d ms reads %s, and 0:00 only when it is over", (ms, text) => expect(formatCountdown(ms)).toBe(text));
});

describe("the moment itself", () => {
	test("is told in Ho Chi Minh City's time by default, with its offset", () =>
		expect(formatAbsolute(at, defaultZone)).toBe("25/11/2026 00:59:58 GMT+7"));
	test("is short within the same local day, and carries the date on any other", () => {
		expect(formatShort(at, Date.parse("2026-11-25T10:00:00Z"), defaultZone)).toBe("00:59:58");
		expect(formatShort(at, Date.parse("2026-11-24T16:00:00Z"), defaultZone)).toBe("25/11 00:59");
		// Below a curve, too: never as the browser's own country and zone have it.
		expect(formatAxis(at, defaultZone, 3_600_000)).toBe("00:59");
		expect(formatAxis(at, defaultZone, 90_000_000)).toBe("25/11 00:59");
	});
});
