// Who may appeal what, until when, and what an appeal comes to.
import { describe, expect, test } from "@jest/globals";
import { appealUntil, isRestricted, outcomeOf } from "../../../../services/core/appeals/appeal.ts";
import { newAppealCode } from "../../../../services/core/appeals/appeal-code.ts";
import { jurisdiction } from "../../../../services/core/clocks/profile.ts";
import { parseReceipt } from "../../../../services/core/reports/receipt.ts";
import { readJurisdictions } from "../../../../services/runtime/read-jurisdictions.ts";

const law = (id: string, count: number, trigger = "user-informed") =>
	jurisdiction.parse({
		...{ jurisdiction: "EU", zone: "Europe/Brussels", calendar: null },
		profiles: [
			{
				...{ kind: "lasting", id, trigger, atLeast: { count, unit: "months" } },
				...{ duty: "let users complain", record: "", source: "made up for a test", verified: false },
			},
		],
	});

describe("the time in which one may appeal", () => {
	const decided = new Date("2026-08-31T10:00:00.000Z");

	test("is six months of the calendar, as the laws that ship with the package say", () => {
		// February 2027 has 28 days; Brussels is an hour nearer to UTC by then.
		expect(appealUntil(decided, readJurisdictions()).toISOString()).toBe("2027-02-28T11:00:00.000Z");
	});

	test("is six months where no law says how long", () => {
		expect(appealUntil(decided, []).toISOString()).toBe("2027-02-28T10:00:00.000Z");
	});

	test("is the longest that any law gives to users, and laws on other things do not count", () => {
		const laws = [law("EU-A", 2), law("EU-B", 9), law("EU-C", 60, "removal-order")];
		expect(appealUntil(decided, laws).toISOString()).toBe("2027-05-31T10:00:00.000Z");
	});
});

test("a user asks that something be shown again, a reporter that it be taken down", () => {
	expect(outcomeOf("user", "restore")).toBe("overturned");
	expect(outcomeOf("user", "remove")).toBe("upheld");
	expect(outcomeOf("reporter", "remove")).toBe("overturned");
	expect(outcomeOf("reporter", "restore")).toBe("upheld");
});

test("only what is hidden or removed is restricted", () => {
	expect((["live", "withheld", "removed", "restored", "gone"] as const).filter(isRestricted)).toEqual([
		"withheld",
		"removed",
	]);
});

test("a code has sixteen digits that check, and no two are the same", () => {
	const codes = Array.from({ length: 200 }, newAppealCode);
	for (const code of codes) expect(parseReceipt(code)).toEqual({ ok: true, receipt: code });
	expect(new Set(codes).size).toBe(codes.length);
});
