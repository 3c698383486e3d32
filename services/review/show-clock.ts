import { dueAtMs, hears, standingOf } from "../core/clocks/clock.ts";
import { isoOf } from "../core/iso-time.ts";
import type { KeptClock } from "../core/ports/clock-store.ts";
import type { ClockAnswer } from "../core/wire/clock-api.ts";
import type { WireClock } from "../core/wire/review-case.ts";

export function showClock({ id, jurisdiction, caseId, cause, clock }: KeptClock, now: Date): WireClock {
	const { profile, receivedAtMs, urgentReason, ended } = clock;
	return {
		...{ id, jurisdiction, caseId, urgentReason, profile: profile.id, cause: cause.kind },
		receivedAt: new Date(receivedAtMs).toISOString(),
		dueAt: isoOf(dueAtMs(clock)),
		state: standingOf(clock, now.getTime()).kind,
		endedAt: isoOf(ended?.atMs ?? null),
		doneBy: [...profile.doneBy],
		hears: [...hears(profile)],
	};
}

export function showClockWhole(kept: KeptClock, now: Date): ClockAnswer {
	const { profile } = kept.clock;
	return {
		...showClock(kept, now),
		source: profile.source,
		isVerified: profile.verified,
		events: kept.events.map(({ kind, at, recordedAt }) => ({
			...{ kind, at: at.toISOString(), recordedAt: recordedAt.toISOString() },
		})),
		marks: kept.marks.map((mark) => ({
			fraction: mark.kind === "warning" ? mark.fraction : null,
			...{ at: new Date(mark.atMs).toISOString(), notedAt: mark.notedAt.toISOString() },
		})),
	};
}
