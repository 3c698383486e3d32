// Clocks as whatever starts them hands them to the record, for tests.
import { randomUUID } from "node:crypto";
import { stoppedProfile } from "../../services/core/clocks/profile.ts";
import type { NewClock } from "../../services/core/ports/clock-store.ts";

/** Ten hours from an authority's request to the platform's acknowledgement. */
export const tenHours = stoppedProfile.parse({
	...{ kind: "deadline", id: "XX-TEN-HOURS", trigger: "authority-request", within: { count: 10, unit: "hours" } },
	...{ urgentWithin: { count: 2, unit: "hours" }, doneBy: ["order-acknowledged"] },
	...{ pausedBy: ["information-asked"], resumedBy: ["information-given"] },
	...{ duty: "remove", record: "", source: "made up for a test", verified: false },
});

export function newClock(change: Partial<NewClock> = {}): NewClock {
	return {
		...{ profile: tenHours, place: { zone: "Asia/Ho_Chi_Minh", calendar: null }, jurisdiction: "XX" },
		...{ receivedAtMs: Date.now(), urgentReason: null, caseId: null, targets: [] },
		cause: { kind: "authority-request", id: randomUUID() },
		...change,
	};
}
