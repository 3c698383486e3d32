// Clocks counted another way, to compare with: an hourglass that is emptied from event to event, and a calendar on nothing but Intl.
import type { ClockEvent, ClockStanding, ClockStart } from "../../../services/core/clocks/clock.ts";
import type { Term, WorkCalendar } from "../../../services/core/clocks/term.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export function referenceStanding(start: ClockStart, events: readonly ClockEvent[], nowMs: number): ClockStanding {
	const { profile, place, receivedAtMs, urgentReason } = start;
	if (profile.kind !== "deadline") throw new Error("the reference knows deadlines only");
	const given = urgentReason !== null && profile.urgentWithin ? profile.urgentWithin : profile.within;
	let leftMs = referenceEnd(receivedAtMs, given, place.zone, place.calendar) - receivedAtMs;
	let atMs = receivedAtMs;
	let isPaused = false;
	let breachedAtMs: number | null = null;
	const pass = (untilMs: number) => {
		if (!isPaused && breachedAtMs === null) {
			if (untilMs - atMs > leftMs) breachedAtMs = atMs + leftMs;
			else leftMs -= untilMs - atMs;
		}
		atMs = untilMs;
	};
	const seen = new Set<string>();
	for (const { id, kind, atMs: when } of [...events].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1))) {
		if (when < receivedAtMs || seen.has(id)) continue;
		seen.add(id);
		pass(when);
		const isDone = profile.doneBy.includes(kind);
		if (isDone || profile.mootBy.includes(kind)) {
			if (!isDone) return { kind: "moot", endedAtMs: when, breachedAtMs };
			if (breachedAtMs === null) return { kind: "kept", endedAtMs: when };
			return { kind: "late", dueAtMs: breachedAtMs, byMs: when - breachedAtMs, endedAtMs: when };
		}
		// Time that is over exactly now cannot be stopped any more.
		if (profile.pausedBy.includes(kind)) isPaused ||= leftMs > 0;
		else if (profile.resumedBy.includes(kind)) isPaused = false;
	}
	const dueAtMs = breachedAtMs ?? (isPaused ? null : atMs + leftMs);
	pass(nowMs);
	if (dueAtMs !== null && nowMs > dueAtMs) return { kind: "late", dueAtMs, byMs: nowMs - dueAtMs, endedAtMs: null };
	return isPaused ? { kind: "paused" } : { kind: "running", dueAtMs };
}

function referenceEnd(fromMs: number, { count, unit }: Term, zone: string, calendar: WorkCalendar | null): number {
	if (unit === "minutes") return fromMs + count * 60_000;
	if (unit === "hours") return fromMs + count * hourMs;
	const wallMs = wallClock(fromMs, zone);
	if (unit === "days") return instantOf(wallMs + count * dayMs, zone);
	if (unit === "working-days") {
		let day = wallMs;
		for (let worked = 0; worked < count; ) {
			day += dayMs;
			const weekday = ((new Date(day).getUTCDay() + 6) % 7) + 1;
			const date = new Date(day).toISOString().slice(0, 10);
			if (calendar === null || !(calendar.restDays.includes(weekday) || calendar.holidays.includes(date))) worked += 1;
		}
		return instantOf(day, zone);
	}
	const wall = new Date(wallMs);
	const months = wall.getUTCMonth() + (unit === "years" ? 12 * count : count);
	const lastDay = new Date(Date.UTC(wall.getUTCFullYear(), months + 1, 0)).getUTCDate();
	const date = Date.UTC(wall.getUTCFullYear(), months, Math.min(wall.getUTCDate(), lastDay));
	return instantOf(date + (wallMs % dayMs), zone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows, written down as if it were UTC. */
function wallClock(atMs: number, zone: string): number {
	let format = formats.get(zone);
	if (format === undefined) {
		const two = "2-digit" as const;
		const parts = { year: "numeric", month: two, day: two, hour: two, minute: two, second: two } as const;
		format = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", ...parts });
		formats.set(zone, format);
	}
	const [month = 1, day = 1, year = 0, hour = 0, minute = 0, second = 0] = (
		format.format(atMs).match(/\d+/g) ?? []
	).map(Number);
	return Date.UTC(year, month - 1, day, hour, minute, second) + (atMs % 1000);
}

/** Of a time that comes twice the first; one that never comes is reached by the clock as it went before. */
function instantOf(wallMs: number, zone: string): number {
	const offsets = [-dayMs, dayMs].map((aside) => wallClock(wallMs + aside, zone) - (wallMs + aside));
	const candidates = offsets.map((offset) => wallMs - offset).sort((a, b) => a - b);
	return candidates.find((atMs) => wallClock(atMs, zone) === wallMs) ?? wallMs - (offsets[0] ?? 0);
}
