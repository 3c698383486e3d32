// A clock: from the receipt of what started it to what its profile names. What happened may be told late, twice or out of order; the clock
// comes out the same. It keeps the rules under which it began: an edited profile moves no clock that runs.
import { assertNever } from "../assert-never.ts";
import type { ClockEventKind } from "./clock-codes.ts";
import type { StoppedProfile } from "./profile.ts";
import { addTerm, type CountingPlace, type Term } from "./term.ts";

export interface ClockStart {
	readonly profile: StoppedProfile;
	readonly place: CountingPlace;
	/** Ours, and never changed. */
	readonly receivedAtMs: number;
	/** Why it is urgent; null where it is not. */
	readonly urgentReason: string | null;
}

export interface ClockEvent {
	/** The same id again is the same event, told again. */
	readonly id: string;
	readonly kind: ClockEventKind;
	readonly atMs: number;
}

interface Pause {
	readonly fromMs: number;
	readonly toMs: number | null;
}

export interface Clock extends ClockStart {
	readonly pauses: readonly Pause[];
	readonly ended: { readonly atMs: number; readonly how: "done" | "moot" } | null;
}

/** What happened before the receipt says nothing of it. */
export function followClock(start: ClockStart, events: readonly ClockEvent[]): Clock {
	const once = new Map(events.map((event) => [event.id, event]));
	const inOrder = [...once.values()]
		.filter(({ atMs }) => atMs >= start.receivedAtMs)
		.sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
	return inOrder.reduce<Clock>(apply, { ...start, pauses: [], ended: null });
}

function apply(clock: Clock, { kind, atMs }: ClockEvent): Clock {
	const { profile, pauses, ended } = clock;
	if (ended !== null) return clock;
	const open = pauses.at(-1)?.toMs === null;
	if (profile.doneBy.includes(kind)) return { ...clock, ended: { atMs, how: "done" } };
	if (profile.mootBy.includes(kind)) return { ...clock, ended: { atMs, how: "moot" } };
	if (!open && profile.pausedBy.includes(kind)) return { ...clock, pauses: [...pauses, { fromMs: atMs, toMs: null }] };
	if (open && profile.resumedBy.includes(kind))
		return { ...clock, pauses: pauses.map((one) => (one.toMs === null ? { ...one, toMs: atMs } : one)) };
	return clock;
}

/** What changes anything about a clock that runs by it. */
export function hears({ doneBy, mootBy, pausedBy, resumedBy }: StoppedProfile): readonly ClockEventKind[] {
	return [...new Set([...doneBy, ...mootBy, ...pausedBy, ...resumedBy])];
}

/** The term that holds for it; null where its law names no figure. */
export function termOf({ profile, urgentReason }: ClockStart): Term | null {
	switch (profile.kind) {
		case "prompt":
			return null;
		case "deadline":
			return urgentReason === null ? profile.within : (profile.urgentWithin ?? profile.within);
		default:
			return assertNever(profile);
	}
}

/** Null where there is no figure, or while it is paused before it was over. */
export function dueAtMs(clock: Clock): number | null {
	const budgetMs = budgetOf(clock);
	return budgetMs === null ? null : afterRunning(clock, budgetMs);
}

export interface Warning {
	/** The share of the time that it has. */
	readonly fraction: number;
	readonly atMs: number;
}

/** Those whose moment is known; the later ones of a paused clock are not. */
export function warningsOf(clock: Clock): readonly Warning[] {
	const budgetMs = budgetOf(clock);
	if (clock.profile.kind !== "deadline" || budgetMs === null) return [];
	return clock.profile.warnAt.flatMap((fraction) => {
		const atMs = afterRunning(clock, Math.floor(budgetMs * fraction));
		return atMs === null ? [] : [{ fraction, atMs }];
	});
}

export type ClockStanding =
	| { readonly kind: "running"; readonly dueAtMs: number | null }
	| { readonly kind: "paused" }
	| { readonly kind: "kept"; readonly endedAtMs: number }
	/** Over time: still running where `endedAtMs` is null. */
	| { readonly kind: "late"; readonly dueAtMs: number; readonly byMs: number; readonly endedAtMs: number | null }
	/** Nothing is asked any more; where it was late by then, that stays on record. */
	| { readonly kind: "moot"; readonly endedAtMs: number; readonly breachedAtMs: number | null };

export function standingOf(clock: Clock, nowMs: number): ClockStanding {
	const { ended } = clock;
	const due = dueAtMs(clock);
	const untilMs = ended?.atMs ?? nowMs;
	const breachedAtMs = due !== null && untilMs > due ? due : null;
	if (ended?.how === "moot") return { kind: "moot", endedAtMs: ended.atMs, breachedAtMs };
	if (breachedAtMs !== null)
		return { kind: "late", dueAtMs: breachedAtMs, byMs: untilMs - breachedAtMs, endedAtMs: ended?.atMs ?? null };
	if (ended !== null) return { kind: "kept", endedAtMs: ended.atMs };
	const isPaused = due === null && clock.pauses.at(-1)?.toMs === null;
	return isPaused ? { kind: "paused" } : { kind: "running", dueAtMs: due };
}

/** How much time it has in all, pauses left out. */
function budgetOf(clock: ClockStart): number | null {
	const given = termOf(clock);
	return given === null ? null : addTerm(clock.receivedAtMs, given, clock.place).atMs - clock.receivedAtMs;
}

/** A pause that begins when the time is over already, to the millisecond, comes too late. */
function afterRunning({ receivedAtMs, pauses }: Clock, runningMs: number): number | null {
	let atMs = receivedAtMs + runningMs;
	for (const { fromMs, toMs } of pauses) {
		if (fromMs >= atMs) return atMs;
		if (toMs === null) return null;
		atMs += toMs - fromMs;
	}
	return atMs;
}
