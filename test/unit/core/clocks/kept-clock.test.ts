import { describe, expect, test } from "@jest/globals";
import { type ClockEvent, type ClockStart, followClock } from "../../../../services/core/clocks/clock.ts";
import { type ClockMark, marksDue, outlineOf } from "../../../../services/core/clocks/kept-clock.ts";
import { stoppedProfile } from "../../../../services/core/clocks/profile.ts";

const hourMs = 3_600_000;
const receivedAtMs = Date.parse("2026-11-29T02:00:00Z");
const profile = stoppedProfile.parse({
	...{ kind: "deadline", id: "XX-TEST", trigger: "authority-request", within: { count: 10, unit: "hours" } },
	...{ doneBy: ["order-acknowledged"], pausedBy: ["information-asked"], resumedBy: ["information-given"] },
	...{ duty: "a test", record: "", source: "made up for a test", verified: false },
});
const start: ClockStart = { profile, place: { zone: "UTC", calendar: null }, receivedAtMs, urgentReason: null };
const hour = (hours: number) => receivedAtMs + hours * hourMs;
const at = (kind: ClockEvent["kind"], hours: number): ClockEvent => ({
	id: `${kind} ${hours}`,
	kind,
	atMs: hour(hours),
});

const warning = (fraction: number, hours: number): ClockMark => ({ kind: "warning", fraction, atMs: hour(hours) });
const breach = (hours: number): ClockMark => ({ kind: "breach", atMs: hour(hours) });

describe("what is to be written down of a clock", () => {
	const running = followClock(start, []);

	test("nothing before the first warning, and the keeper comes back for that", () => {
		expect(marksDue(running, [], hour(4.9))).toEqual([]);
		expect(outlineOf(running, [], hour(4.9))).toEqual({
			...{ dueAtMs: hour(10), endedAtMs: null, outcome: null, lookAtMs: hour(5) },
		});
	});

	test("each warning once", () => {
		expect(marksDue(running, [], hour(5))).toEqual([warning(0.5, 5)]);
		expect(marksDue(running, [warning(0.5, 5)], hour(6))).toEqual([]);
		expect(outlineOf(running, [warning(0.5, 5)], hour(6)).lookAtMs).toBe(hour(7.5));
	});

	test("of warnings that passed while nobody looked only the last", () => {
		expect(marksDue(running, [], hour(9.5))).toEqual([warning(0.9, 9)]);
	});

	test("a deadline that passed an hour ago is a breach of an hour ago", () => {
		expect(marksDue(running, [warning(0.9, 9)], hour(11))).toEqual([breach(10)]);
		expect(marksDue(running, [breach(10)], hour(12))).toEqual([]);
		expect(outlineOf(running, [breach(10)], hour(12))).toMatchObject({ outcome: null, lookAtMs: null });
	});

	test("the last millisecond is in time", () => {
		expect(marksDue(running, [warning(0.9, 9)], hour(10))).toEqual([]);
		expect(outlineOf(running, [warning(0.9, 9)], hour(10)).lookAtMs).toBe(hour(10) + 1);
	});

	test("a clock that was stopped too late is a breach, too, though nobody looked in between", () => {
		const late = followClock(start, [at("order-acknowledged", 10.5)]);
		expect(outlineOf(late, [], hour(11))).toEqual({
			...{ dueAtMs: hour(10), endedAtMs: hour(10.5), outcome: "late", lookAtMs: hour(11) },
		});
		expect(marksDue(late, [], hour(11))).toEqual([breach(10)]);
		expect(outlineOf(late, [breach(10)], hour(11)).lookAtMs).toBeNull();
	});

	test("a clock that was stopped in time warns of nothing that came after", () => {
		const kept = followClock(start, [at("order-acknowledged", 4)]);
		expect(marksDue(kept, [], hour(30))).toEqual([]);
		expect(outlineOf(kept, [], hour(30))).toMatchObject({ outcome: "kept", lookAtMs: null });
	});

	test("while it is paused nothing comes due; afterwards it is later by as much", () => {
		const paused = followClock(start, [at("information-asked", 4)]);
		expect(marksDue(paused, [], hour(30))).toEqual([]);
		expect(outlineOf(paused, [], hour(30))).toMatchObject({ dueAtMs: null, lookAtMs: null });
		const resumed = followClock(start, [at("information-asked", 4), at("information-given", 6)]);
		expect(outlineOf(resumed, [], hour(6))).toMatchObject({ dueAtMs: hour(12), lookAtMs: hour(7) });
	});
});
