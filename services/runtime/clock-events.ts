import type { ClockId } from "../core/ids.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";

/** What the keeper of deadlines notes. Profiles are those of jurisdictions/, and few. */
export function clockEvents(logger: Logger, metrics: Metrics) {
	const warned = metrics.counter("breakwater_clock_warnings_total", "Warnings that a deadline comes near.", [
		"profile",
	]);
	const breached = metrics.counter("breakwater_clock_breaches_total", "Deadlines that passed.", ["profile"]);
	return {
		clockWarned(event: { readonly clockId: ClockId; readonly profile: string; readonly fraction: number }): void {
			warned.inc({ profile: event.profile });
			logger.warn({ event: "clock-warned", ...event });
		},
		clockBreached(event: {
			readonly clockId: ClockId;
			readonly profile: string;
			readonly dueAt: string;
			/** Large where nobody kept the clocks meanwhile. */
			readonly notedAfterMs: number;
		}): void {
			breached.inc({ profile: event.profile });
			logger.error({ event: "clock-breached", ...event });
		},
	};
}
