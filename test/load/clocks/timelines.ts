// Random timelines of a clock from a seed: laws, zones, changes to daylight saving, pauses, what is told twice, late and out of order.
import type { ClockEvent, ClockStart } from "../../../services/core/clocks/clock.ts";
import { followClock, standingOf } from "../../../services/core/clocks/clock.ts";
import type { ClockEventKind } from "../../../services/core/clocks/clock-codes.ts";
import { type Term, termUnits } from "../../../services/core/clocks/term.ts";
import { randomFrom } from "../../support/random-from.ts";
import { referenceStanding } from "./reference.ts";

const zones = [
	"Asia/Ho_Chi_Minh",
	"Europe/Brussels",
	"Europe/London",
	"America/New_York",
	"America/Santiago",
	"Australia/Lord_Howe",
	"Asia/Kathmandu",
	"UTC",
];
const kinds = [
	"information-asked",
	"information-given",
	"information-asked",
	"information-given",
	"order-acknowledged",
	"request-withdrawn",
	"notice",
] as const satisfies readonly ClockEventKind[];
const hourMs = 3_600_000;
const firstMs = Date.UTC(2024, 0, 1);

interface Timeline {
	readonly start: ClockStart;
	readonly events: readonly ClockEvent[];
	readonly nowMs: number;
}

function randomTimeline(seed: number): Timeline {
	const random = randomFrom(seed);
	const below = (end: number) => Math.floor(random() * end);
	const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
	const units: Readonly<Record<Term["unit"], number>> = {
		minutes: 600,
		hours: 96,
		days: 20,
		"working-days": 10,
		months: 4,
		years: 2,
	};
	const randomTerm = (): Term => {
		const unit = pick(termUnits);
		return { count: 1 + below(units[unit]), unit };
	};
	const receivedAtMs = firstMs + below(4 * 365 * 24) * hourMs + (random() < 0.5 ? 0 : below(hourMs));
	const within = randomTerm();
	// Whole hours after the receipt often, so that what happens meets a deadline to the millisecond.
	const spanMs =
		Math.max(
			4,
			{ minutes: 20, hours: 150, days: 600, "working-days": 500, months: 4_000, years: 20_000 }[within.unit],
		) * hourMs;
	const moment = () =>
		receivedAtMs + (random() < 0.4 ? below(spanMs / hourMs) * hourMs : below(spanMs)) - (random() < 0.05 ? hourMs : 0);
	const told = Array.from({ length: below(9) }, (_, index) => ({
		id: `event-${index}`,
		kind: pick(kinds),
		atMs: moment(),
	}));
	const again = told.filter(() => random() < 0.3);
	const start: ClockStart = {
		profile: {
			...{ kind: "deadline", id: "TEST", duty: "test", record: "", source: "test", verified: false, trigger: "notice" },
			...{ within, warnAt: [0.5], doneBy: ["order-acknowledged"], mootBy: ["request-withdrawn"] },
			...{ pausedBy: ["information-asked"], resumedBy: ["information-given"] },
			...(random() < 0.5 ? { urgentWithin: randomTerm() } : {}),
		},
		place: {
			zone: pick(zones),
			calendar: {
				restDays: pick([[6, 7], [5, 6], [7], []]),
				holidays: Array.from({ length: below(20) }, () =>
					new Date(firstMs + below(2_000) * 24 * hourMs).toISOString().slice(0, 10),
				),
				source: "test",
				verified: false,
			},
		},
		receivedAtMs,
		urgentReason: random() < 0.3 ? "test" : null,
	};
	return { start, events: shuffled([...told, ...again], random), nowMs: receivedAtMs + below(spanMs * 2) };
}

/** Null where the clock and the reference agree. */
export function disagreement(seed: number): string | null {
	const { start, events, nowMs } = randomTimeline(seed);
	// Nobody knows yet what has not happened.
	const told = events.filter(({ atMs }) => atMs <= nowMs);
	const counted = JSON.stringify(standingOf(followClock(start, told), nowMs));
	const reference = JSON.stringify(referenceStanding(start, told, nowMs));
	return counted === reference ? null : `seed ${seed}: counted ${counted}, reference ${reference}`;
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
	return list
		.map((one) => ({ one, at: random() }))
		.sort((a, b) => a.at - b.at)
		.map(({ one }) => one);
}
