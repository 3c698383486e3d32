import { describe, expect, test } from "@jest/globals";
import { clockSkewOf, parseEventTime, waitBegan } from "../../../../services/core/wire/event-time.ts";

const read = (text: string) => {
	const parsed = parseEventTime(text);
	return parsed.ok ? parsed.time.toISOString() : parsed.rule;
};

describe("an event's time", () => {
	test.each([
		["in upper case", "2026-11-24T09:00:00Z", "2026-11-24T09:00:00.000Z"],
		["in lower case", "2026-11-24t09:00:00.25z", "2026-11-24T09:00:00.250Z"],
		["with an offset", "2026-11-24T09:00:00.123456789+07:00", "2026-11-24T02:00:00.123Z"],
		["west of Greenwich", "2026-11-24T20:30:00-03:30", "2026-11-25T00:00:00.000Z"],
		["of a leap second", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
		["on a leap day", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
		["of the first year", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
		["of the last", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
	])("%s is read", (_what, text, expected) => {
		expect(read(text)).toBe(expected);
	});

	test.each([
		["has no zone", "2026-11-24T09:00:00", /time-without-zone/],
		["is a day alone", "2026-11-25", /not-a-time/],
		["is a word", "yesterday", /not-a-time/],
		["is a day that there is not", "2026-02-29T00:00:00Z", /no-such-moment/],
		["is an hour that there is not", "2026-02-28T24:00:00Z", /no-such-moment/],
		["is a second that there is not", "2026-02-28T00:00:61Z", /no-such-moment/],
		["is in the year 0000", "0000-06-01T00:00:00Z", /outside-of-years/],
		["passes the first year by its offset", "0001-01-01T00:00:00+00:01", /outside-of-years/],
		["passes the last year by its offset", "9999-12-31T23:59:59-00:01", /outside-of-years/],
	])("is refused with its reason where it %s", (_what, text, reason) => {
		expect(read(text)).toMatch(reason);
		expect(read(text)).not.toContain(text);
	});
});

describe("a platform's clock", () => {
	const received = Date.parse("2026-11-24T09:00:00Z");
	const at = (time: string) => clockSkewOf(new Date(time), received);

	test("is believed within a minute, and for everything that may be history", () => {
		for (const time of ["2026-11-24T09:00:59Z", "2026-11-24T08:00:00Z", "2004-02-04T00:00:00Z"])
			expect(at(time)).toBeNull();
	});

	test("is wrong where it is ahead, and where it was never set", () => {
		expect(at("2026-11-25T09:00:00Z")).toEqual({ direction: "ahead", seconds: 86_400 });
		expect(at("2999-01-01T00:00:00Z")).toMatchObject({ direction: "ahead" });
		expect(at("1970-01-01T00:00:00Z")).toEqual({ direction: "behind", seconds: received / 1_000 });
	});

	test.each([
		["2026-11-24T08:59:58Z", "2026-11-24T08:59:58Z"],
		["2026-11-24T09:00:02Z", "2026-11-24T09:00:00Z"],
		["2999-01-01T00:00:00Z", "2026-11-24T09:00:00Z"],
		["1970-01-01T00:00:00Z", "2026-11-24T09:00:00Z"],
		["2005-01-01T00:00:00Z", "2026-11-24T09:00:00Z"],
	])("at %s makes the wait begin at %s", (time, began) => {
		expect(waitBegan(new Date(time), new Date(received))).toEqual(new Date(began));
	});
});
