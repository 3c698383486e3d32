import { describe, expect, test } from "@jest/globals";
import { type ClockEvent, followClock, standingOf, warningsOf } from "../../../../services/core/clocks/clock.ts";
import { explainDeadline } from "../../../../services/core/clocks/explain-deadline.ts";
import { jurisdiction, type StoppedProfile } from "../../../../services/core/clocks/profile.ts";
import { addTerm } from "../../../../services/core/clocks/term.ts";
import { readJurisdictions } from "../../../../services/runtime/read-jurisdictions.ts";
import { disagreement } from "../../../load/clocks/timelines.ts";

const laws = readJurisdictions();
const at = (text: string) => Date.parse(text);

function start(id: string, received: string, urgentReason: string | null = null) {
	for (const { zone, calendar, profiles } of laws) {
		const found = profiles.find((one): one is StoppedProfile => one.id === id && "doneBy" in one);
		if (found !== undefined)
			return { profile: found, place: { zone, calendar }, receivedAtMs: at(received), urgentReason };
	}
	throw new Error(`no law ${id}`);
}

const acknowledged = (text: string): ClockEvent => ({ id: "order", kind: "order-acknowledged", atMs: at(text) });

describe("worked by hand from the sources", () => {
	test.each([
		[
			"24 h after an authority asked in Vietnam",
			"VN-147-AUTH",
			null,
			"2026-11-28T16:00:00+07:00",
			"2026-11-29T16:00:00+07:00",
		],
		["48 h after a user's complaint", "VN-147-USER", null, "2026-12-31T23:30:00+07:00", "2027-01-02T23:30:00+07:00"],
		["24 h after the ministry asked", "VN-CSL25", null, "2026-07-01T08:00:00+07:00", "2026-07-02T08:00:00+07:00"],
		[
			"6 h where the ministry says that it is urgent",
			"VN-CSL25",
			"a child is in danger",
			"2026-07-01T22:00:00+07:00",
			"2026-07-02T04:00:00+07:00",
		],
		[
			"3 h for user information in the draft",
			"VN-CSL25-DATA",
			"a child is in danger",
			"2026-07-01T08:00:00+07:00",
			"2026-07-01T11:00:00+07:00",
		],
		["1 h after a removal order", "EU-TCO", null, "2027-03-28T01:30:00+01:00", "2027-03-28T03:30:00+02:00"],
		[
			"48 h after a valid request, an hour earlier by the wall when clocks go back",
			"US-TIDA",
			null,
			"2026-10-31T12:00:00-04:00",
			"2026-11-02T11:00:00-05:00",
		],
	])("%s", (_, id, urgent, received, due) => {
		expect(standingOf(followClock(start(id, received, urgent), []), at(received))).toEqual({
			kind: "running",
			dueAtMs: at(due),
		});
	});

	test("a law that says `immediately` gets no figure made up", () => {
		const clock = followClock(start("VN-56-111", "2026-11-28T09:00:00Z"), []);
		expect(standingOf(clock, at("2027-11-28T09:00:00Z"))).toEqual({ kind: "running", dueAtMs: null });
	});
});

describe("what becomes of a clock", () => {
	const received = "2026-11-28T09:00:00Z";
	const begun = start("VN-CSL25", received, "a child is in danger");

	test("acknowledged at the last millisecond, it is kept; one later, it is late by one", () => {
		const due = at("2026-11-28T15:00:00Z");
		const kept = followClock(begun, [acknowledged("2026-11-28T15:00:00.000Z")]);
		expect(standingOf(kept, due + 1e9)).toEqual({ kind: "kept", endedAtMs: due });
		const late = followClock(begun, [acknowledged("2026-11-28T15:00:00.001Z")]);
		expect(standingOf(late, due + 1e9)).toEqual({ kind: "late", dueAtMs: due, byMs: 1, endedAtMs: due + 1 });
	});

	test("a pause at the last millisecond comes too late", () => {
		const due = at("2026-11-28T15:00:00Z");
		const asked = { id: "p", kind: "information-asked", atMs: due } as const;
		const profile: StoppedProfile = { ...begun.profile, pausedBy: ["information-asked"] };
		const pausing = { ...begun, profile };
		expect(standingOf(followClock(pausing, [asked]), due)).toEqual({ kind: "running", dueAtMs: due });
		expect(standingOf(followClock(pausing, [{ ...asked, atMs: due - 1 }]), due)).toEqual({ kind: "paused" });
	});

	test("what its profile does not name stops nothing", () => {
		const clock = followClock(begun, [{ id: "a", kind: "report-sent", atMs: at(received) + 1 }]);
		expect(standingOf(clock, at(received) + 2).kind).toBe("running");
	});

	test("a breach stays on record when the request is withdrawn after it", () => {
		const withdrawn = { id: "w", kind: "request-withdrawn", atMs: at("2026-11-28T16:00:00Z") } as const;
		expect(standingOf(followClock(begun, [withdrawn]), at("2026-11-28T17:00:00Z"))).toEqual({
			kind: "moot",
			endedAtMs: withdrawn.atMs,
			breachedAtMs: at("2026-11-28T15:00:00Z"),
		});
	});

	test("warnings come at fractions of the time that it has", () => {
		expect(warningsOf(followClock(begun, [])).map(({ atMs }) => (atMs - at(received)) / 60_000)).toEqual([
			180, 270, 324,
		]);
	});

	test("is explained from receipt to source", () => {
		expect(explainDeadline(followClock(begun, []))).toEqual([
			{ kind: "received", atMs: at(received) },
			{ kind: "urgent", reason: "a child is in danger", isShorter: true },
			{ kind: "term", term: { count: 6, unit: "hours" }, zone: "Asia/Ho_Chi_Minh", atMs: at("2026-11-28T15:00:00Z") },
			{ kind: "due", atMs: at("2026-11-28T15:00:00Z") },
			{ kind: "source", profile: "VN-CSL25", source: expect.stringContaining("116/2025/QH15"), verified: true },
		]);
	});
});

test("working days leave out rest days and holidays, and end at the same time of day across a change of the clocks", () => {
	const calendar = { restDays: [6, 7], holidays: ["2026-10-26"], source: "test", verified: false };
	const { atMs, skipped } = addTerm(
		at("2026-10-23T09:00:00+02:00"),
		{ count: 2, unit: "working-days" },
		{ zone: "Europe/Brussels", calendar },
	);
	expect(new Date(atMs).toISOString()).toBe("2026-10-28T08:00:00.000Z");
	expect(skipped).toEqual([
		{ day: "2026-10-24", why: "rest-day" },
		{ day: "2026-10-25", why: "rest-day" },
		{ day: "2026-10-26", why: "holiday" },
	]);
});

test("a jurisdiction that counts working days without a calendar is refused", () => {
	const within = { count: 3, unit: "working-days" };
	const { profile } = start("VN-147-AUTH", "2026-01-01");
	const law = { jurisdiction: "VN", zone: "Asia/Ho_Chi_Minh", profiles: [{ ...profile, within }] };
	expect(jurisdiction.safeParse({ ...law, calendar: null }).success).toBe(false);
	const calendar = { restDays: [6, 7], holidays: [], source: "test", verified: false };
	expect(jurisdiction.safeParse({ ...law, calendar }).success).toBe(true);
});

test("thousands of random timelines come out as the reference counts them", () => {
	const said = Array.from({ length: 4_000 }, (_, seed) => disagreement(seed)).filter((one) => one !== null);
	expect(said.slice(0, 5)).toEqual([]);
});
