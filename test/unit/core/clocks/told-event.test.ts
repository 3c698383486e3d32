import { expect, test } from "@jest/globals";
import { hears } from "../../../../services/core/clocks/clock.ts";
import { stoppedProfile } from "../../../../services/core/clocks/profile.ts";
import { tellEvent } from "../../../../services/core/clocks/told-event.ts";

const profile = stoppedProfile.parse({
	...{ kind: "deadline", id: "XX-TEST", trigger: "authority-request", within: { count: 10, unit: "hours" } },
	...{ doneBy: ["order-acknowledged"], pausedBy: ["information-asked"], resumedBy: ["information-given"] },
	...{ duty: "a test", record: "", source: "made up for a test", verified: false },
});
const now = new Date("2026-11-29T05:00:00Z");

test("what happened now or before is told; the same moment of the same kind is the same event", () => {
	expect(tellEvent(profile, { kind: "information-asked", at: now }, now)).toEqual({
		ok: true,
		event: { id: "information-asked:2026-11-29T05:00:00.000Z", kind: "information-asked", at: now },
	});
});

test("what a law does not count by is refused, with what it counts by", () => {
	expect(tellEvent(profile, { kind: "report-sent", at: now }, now)).toEqual({
		ok: false,
		fault: { kind: "not-heard", hears: hears(profile) },
	});
	expect(hears(profile)).toEqual(
		expect.arrayContaining(["order-acknowledged", "information-asked", "information-given"]),
	);
});

test("nothing lies ahead", () => {
	const later = new Date(now.getTime() + 1);
	expect(tellEvent(profile, { kind: "order-acknowledged", at: later }, now)).toMatchObject({
		ok: false,
		fault: { kind: "ahead" },
	});
});
