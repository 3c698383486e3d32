// Keeps deadlines: each second it notes which warnings are due and which deadlines have passed. It decides nothing and stops nothing. Where it
// was away, what it missed is noted when it is back, at the time at which it happened.
import type { Clock } from "../core/ports/clock.ts";
import type { ClockStore } from "../core/ports/clock-store.ts";
import { createBriefCache } from "../runtime/brief-cache.ts";
import type { Events } from "../runtime/events.ts";
import type { Logger } from "../runtime/logger.ts";
import { type Loop, startLoop } from "../runtime/loop.ts";
import type { Metrics } from "../runtime/metrics.ts";

const everyMs = 1_000;
const backOffMs = 5_000;
/** A turn is short; what is left over comes at once. */
const clocksPerTurn = 100;
/** Within one scrape. */
const countedForMs = 500;

export interface KeepClocksDeps {
	readonly clocks: Pick<ClockStore, "keep">;
	readonly clock: Clock;
	readonly logger: Pick<Logger, "warn">;
	readonly events: Pick<Events, "clockWarned" | "clockBreached">;
}

export function keepClocks({ clocks, clock, logger, events }: KeepClocksDeps): Loop {
	return startLoop(async () => {
		try {
			const noted = await clocks.keep(new Date(clock.now()), clocksPerTurn);
			for (const { clockId, profile, mark, lateByMs } of noted) {
				if (mark.kind === "warning") events.clockWarned({ clockId, profile, fraction: mark.fraction });
				else
					events.clockBreached({ clockId, profile, dueAt: new Date(mark.atMs).toISOString(), notedAfterMs: lateByMs });
			}
			return noted.length === clocksPerTurn ? 0 : everyMs;
		} catch (error) {
			logger.warn({ event: "clocks-not-kept", err: error });
			return backOffMs;
		}
	});
}

export interface MeasureClocksDeps {
	readonly clocks: Pick<ClockStore, "counts">;
	readonly clock: Clock;
	readonly metrics: Metrics;
}

/** By profile, of which the files of jurisdictions/ hold a few dozen. */
export function measureClocks({ clocks, clock, metrics }: MeasureClocksDeps): void {
	const load = () => clocks.counts(new Date(clock.now()));
	const counts = createBriefCache({ forMs: countedForMs, maxEntries: 1, now: clock.now, load });
	metrics.gauge(
		"breakwater_clock_running",
		"Deadlines that run: as they should (`calm`), after a warning (`near`), over time (`late`).",
		["profile", "state"],
		async (gauge) => {
			for (const { profile, running, near, late } of (await counts("all")).running) {
				gauge.set({ profile, state: "calm" }, running - near - late);
				gauge.set({ profile, state: "near" }, near);
				gauge.set({ profile, state: "late" }, late);
			}
		},
	);
	metrics.gauge(
		"breakwater_clock_next_due_seconds",
		"Time until the nearest deadline that runs; below zero it has passed.",
		["profile"],
		async (gauge) => {
			for (const { profile, nextDueAt } of (await counts("all")).running)
				if (nextDueAt !== null) gauge.set({ profile }, (nextDueAt.getTime() - clock.now()) / 1_000);
		},
	);
	metrics.gauge("breakwater_clock_ended", "Deadlines that ended, by how.", ["outcome"], async (gauge) => {
		for (const [outcome, count] of Object.entries((await counts("all")).ended)) gauge.set({ outcome }, count);
	});
	metrics.gauge(
		"breakwater_clock_unkept_seconds",
		"For how long something about a deadline has been due to be noted, and was not: nobody keeps the clocks.",
		[],
		async (gauge) => {
			const { unlookedSince } = await counts("all");
			gauge.set(unlookedSince === null ? 0 : (clock.now() - unlookedSince.getTime()) / 1_000);
		},
	);
}
