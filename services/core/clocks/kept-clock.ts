// What a clock that is kept comes to by a moment: what is to be written down of it, what it is found by, and when it must be looked at again.
// Whoever looks an hour late writes down the same breach, at the time at which it was one.
import { type Clock, dueAtMs, standingOf, warningsOf } from "./clock.ts";
import { type ClockOutcome, clockOutcome } from "./clock-codes.ts";

/** What went on record of a running clock. */
export type ClockMark =
	| { readonly kind: "warning"; readonly fraction: number; readonly atMs: number }
	/** `atMs`: the deadline that passed. */
	| { readonly kind: "breach"; readonly atMs: number };

/** By which a clock is found and sorted; all of it follows from its rules and events. */
export interface ClockOutline {
	readonly dueAtMs: number | null;
	readonly endedAtMs: number | null;
	/** Null while it runs. */
	readonly outcome: ClockOutcome | null;
	/** When somebody must look again, for there will be something to write down; null: not before something happens. */
	readonly lookAtMs: number | null;
}

/** Those that are due by now and not on record: the breach, or else the last of the warnings whose time has come. */
export function marksDue(clock: Clock, onRecord: readonly ClockMark[], nowMs: number): readonly ClockMark[] {
	const untilMs = Math.min(nowMs, clock.ended?.atMs ?? nowMs);
	const due = dueAtMs(clock);
	const last =
		due !== null && untilMs > due
			? ({ kind: "breach", atMs: due } as const)
			: warningsOf(clock)
					.filter(({ atMs }) => atMs <= untilMs)
					.map((warning) => ({ kind: "warning", ...warning }) as const)
					.at(-1);
	return last === undefined || onRecord.some((mark) => isSame(mark, last)) ? [] : [last];
}

function isSame(a: ClockMark, b: ClockMark): boolean {
	const fractionOf = (mark: ClockMark) => (mark.kind === "warning" ? mark.fraction : null);
	return a.kind === b.kind && a.atMs === b.atMs && fractionOf(a) === fractionOf(b);
}

export function outlineOf(clock: Clock, onRecord: readonly ClockMark[], nowMs: number): ClockOutline {
	const standing = standingOf(clock, nowMs);
	return {
		dueAtMs: dueAtMs(clock),
		endedAtMs: clock.ended?.atMs ?? null,
		outcome: clock.ended === null || !isOutcome(standing.kind) ? null : standing.kind,
		lookAtMs: lookAtMs(clock, onRecord, nowMs),
	};
}

function isOutcome(kind: string): kind is ClockOutcome {
	return clockOutcome.safeParse(kind).success;
}

function lookAtMs(clock: Clock, onRecord: readonly ClockMark[], nowMs: number): number | null {
	if (marksDue(clock, onRecord, nowMs).length > 0) return nowMs;
	if (clock.ended !== null) return null;
	const due = dueAtMs(clock);
	// Done at the last millisecond is kept.
	const moments = [...warningsOf(clock).map(({ atMs }) => atMs), ...(due === null ? [] : [due + 1])];
	const ahead = moments.filter((atMs) => atMs > nowMs);
	return ahead.length === 0 ? null : Math.min(...ahead);
}
