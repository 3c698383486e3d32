// What laws ask to consider of an account by its strikes.
import { expect, test } from "@jest/globals";
import { orderId, uuidv7 } from "../../../../services/core/ids.ts";
import { leastOf, strikeFindings } from "../../../../services/core/strikes/strike-findings.ts";
import { readJurisdictions } from "../../../../services/runtime/read-jurisdictions.ts";

const now = new Date("2026-11-28T00:00:00.000Z");
const laws = readJurisdictions();
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const strikes = (...days: readonly number[]) =>
	days.map((ago) => ({ orderId: orderId.parse(uuidv7(daysAgo(ago).getTime())), at: daysAgo(ago) }));

test("five in 30 days or ten in 90 ask to consider a suspension, and name each law and what it counted", () => {
	const [five] = strikeFindings(strikes(1, 2, 3, 4, 5), laws, { now, suspensions: 0 });
	expect(five).toMatchObject({
		law: "VN-147-REPEAT",
		recommendation: { kind: "suspend", atLeastDays: 7, atMostDays: 30 },
		counts: [
			{ count: 5, threshold: 5, withinDays: 30 },
			{ count: 5, threshold: 10, withinDays: 90 },
		],
	});
	const slowly = strikes(...Array.from({ length: 10 }, (_, index) => index * 8));
	expect(strikeFindings(slowly, laws, { now, suspensions: 0 })[0]?.recommendation.kind).toBe("suspend");
});

test("a strike that was taken back, or is older than the window, no longer counts", () => {
	expect(strikeFindings(strikes(1, 2, 3, 4), laws, { now, suspensions: 0 })[0]?.recommendation.kind).toBe("none");
	expect(strikeFindings(strikes(1, 2, 3, 4, 31), laws, { now, suspensions: 0 })[0]?.recommendation.kind).toBe("none");
});

test("whoever looks for accounts looks as far back as the longest window, for as few as the smallest threshold", () => {
	expect(leastOf(laws, now)).toEqual({ since: daysAgo(90), atLeast: 5 });
	expect(leastOf([], now)).toBeNull();
});
