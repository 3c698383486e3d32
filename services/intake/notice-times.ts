// Tells a platform whose clock is wrong, in the answer to what it sent: nothing is refused for it.
import { clockSkewOf } from "../core/wire/event-time.ts";
import type { AcceptedAnswer, Notice } from "../core/wire/intake-api.ts";

const details = {
	ahead: "the event's time lies in the future; it was taken, and its waiting time counts from now",
	behind: "the event's time lies before 1990; it was taken, and its waiting time counts from now",
} as const;

/** The notices of events by their times, in the order of the request; null is an event without a time. */
export function noticeTimes(times: readonly (Date | null)[], nowMs: number): Pick<AcceptedAnswer, "notices"> {
	const notices = times.flatMap((time, index): readonly Notice[] => {
		const skew = time === null ? null : clockSkewOf(time, nowMs);
		return skew === null ? [] : [{ index, code: `time-${skew.direction}`, detail: details[skew.direction] }];
	});
	return notices.length === 0 ? {} : { notices };
}
