import { describe, expect, test } from "@jest/globals";
import { parseTime } from "../../../services/cli/parse-time.ts";

const now = Date.UTC(2026, 10, 24, 12);
describe("a time on the command line", () => {
	test("may be a moment", () =>
		expect(parseTime("2026-11-24T10:00:00Z", now)).toEqual(new Date("2026-11-24T10:00:00Z")));
	test("may be an age", () => {
		expect(parseTime("90s", now)).toEqual(new Date(now - 90_000));
		expect(parseTime("15m", now)).toEqual(new Date(now - 900_000));
		expect(parseTime("2h", now)).toEqual(new Date(now - 7_200_000));
		expect(parseTime("3d", now)).toEqual(new Date(now - 3 * 86_400_000));
	});
	test("is refused where it could mean anything", () => {
		for (const text of ["", "yesterday", "2", "h", "2026-13-45", "2026-02-30", "01/02/2026", "9999999d", "0000-01-01"])
			expect(() => parseTime(text, now)).toThrow("is not a time");
	});
});
