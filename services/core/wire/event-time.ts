// Reads the time that a platform gives an event (RFC 3339, section 5.6), and says how far it may be believed. It decides nothing of
// the event itself: a wrong clock costs no item its examination.

import type { FieldRule } from "../fault.ts";
import { isStorable } from "../iso-time.ts";

type TimeRule = Extract<FieldRule, "not-a-time" | "time-without-zone" | "no-such-moment" | "outside-of-years">;

export type EventTime = { readonly ok: true; readonly time: Date } | { readonly ok: false; readonly rule: TimeRule };

const form = /^(\d{4})-(\d\d)-(\d\d)t(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(z|([+-])(\d\d):(\d\d))?$/i;

/** Takes lower case as well, and second 60, which a leap second has: it is the next minute's first. */
export function parseEventTime(text: string): EventTime {
	const parts = form.exec(text);
	if (parts === null) return refuse("not-a-time");
	const [, year, month, day, hour, minute, second = "0", fraction = "", zone, sign, zoneHour = "0", zoneMinute = "0"] =
		parts;
	if (zone === undefined) return refuse("time-without-zone");
	const date = new Date(0);
	date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
	const isDay = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
	const isClock = Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
	const isZone = Number(zoneHour) < 24 && Number(zoneMinute) < 60;
	if (!isDay || !isClock || !isZone) return refuse("no-such-moment");
	const offsetMinutes = (sign === "-" ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
	const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
	date.setUTCHours(Number(hour), Number(minute) - offsetMinutes, Number(second), milliseconds);
	if (!isStorable(date)) return refuse("outside-of-years");
	return { ok: true, time: date };
}

function refuse(rule: TimeRule): EventTime {
	return { ok: false, rule };
}

/** Clocks that are kept right differ by less. */
const usualSkewMs = 60_000;
/** Before there were platforms; 1970 is what a clock says that was never set. */
const firstPlausibleMs = Date.parse("1990-01-01T00:00:00Z");
/** What lies further back is history that is sent now; it says nothing about how fast we are. */
const longestWaitMs = 86_400_000;

export interface ClockSkew {
	readonly direction: "ahead" | "behind";
	readonly seconds: number;
}

/** Null where the event's time can be true. */
export function clockSkewOf(time: Date, receivedAtMs: number): ClockSkew | null {
	const behindMs = receivedAtMs - time.getTime();
	if (behindMs < -usualSkewMs) return { direction: "ahead", seconds: -behindMs / 1_000 };
	return time.getTime() < firstPlausibleMs ? { direction: "behind", seconds: behindMs / 1_000 } : null;
}

/** When the wait for an answer began: the event's own time, or our receipt where that lies before it or over a day later. */
export function waitBegan(time: Date, receivedAt: Date): Date {
	const behindMs = receivedAt.getTime() - time.getTime();
	return behindMs < 0 || behindMs > longestWaitMs ? receivedAt : time;
}
