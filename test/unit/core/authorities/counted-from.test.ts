// From when a law counts what somebody of ours typed in after it had arrived.
import { expect, test } from "@jest/globals";
import { countedFrom } from "../../../../services/core/authorities/authority-request.ts";
import { userId } from "../../../../services/core/ids.ts";
import { newClock } from "../../../support/clock-fixtures.ts";

const { profile } = newClock();
const receivedAt = new Date("2026-11-29T10:00:00Z");
const arrivedAt = new Date("2026-11-29T08:00:00Z");
const clerk = userId.parse("01a20fae-505c-78e3-9cfa-014a63f147d0");
const typed = { receivedAt, arrival: { channel: "phone", clerk, arrivedAt } } as const;

test("the time counts from the arrival, which is the earlier: a clerk's delay is not the authority's", () => {
	expect(countedFrom(profile, typed)).toEqual(arrivedAt);
});

test("a profile may say that it counts from when we recorded it", () => {
	expect(countedFrom({ ...profile, countsFrom: "record" }, typed)).toEqual(receivedAt);
});

test("what an authority sends itself is received as it arrives", () => {
	expect(countedFrom(profile, { receivedAt, arrival: { channel: "key" } })).toEqual(receivedAt);
});
