// What laws may count from a report, by which of the parts that they ask for it has.
import { expect, test } from "@jest/globals";
import { eventsOf, type ReportParts } from "../../../../services/core/reports/report-events.ts";

const whole: ReportParts = {
	...{ source: "public", about: "own-picture", hasAddress: true, hasReasons: true, hasContact: true },
	...{ isGoodFaith: true, isSigned: true },
};
const of = (change: Partial<ReportParts>) => eventsOf({ ...whole, ...change });

test("a report with all parts is a notice, and a request to remove one's own picture", () => {
	expect(of({})).toEqual(["noticed", "removal-of-own-picture-asked"]);
});

test.each(["hasAddress", "isGoodFaith"] as const)("without %s it is neither", (part) => {
	expect(of({ [part]: false })).toEqual([]);
});

test("a request is signed and says how to reach whoever signed; a notice needs neither of what may be a child's abuse", () => {
	expect(of({ isSigned: false })).toEqual(["noticed"]);
	expect(of({ hasContact: false })).toEqual(["noticed"]);
	expect(of({ about: "other", hasContact: false })).toEqual([]);
	expect(of({ about: "other" })).toEqual(["noticed"]);
	expect(of({ hasReasons: false })).toEqual(["removal-of-own-picture-asked"]);
});

test("whoever has a key stands for itself; what a platform's user says by its button is a complaint, too", () => {
	const unnamed = { about: "other", hasContact: false, isSigned: false } as const;
	expect(of({ ...unnamed, source: "trusted-flagger" })).toEqual(["noticed"]);
	expect(of({ ...unnamed, source: "platform-user" })).toEqual(["complained"]);
	expect(of({ about: "violence", isSigned: false, source: "platform-user" })).toEqual(["noticed", "complained"]);
});
