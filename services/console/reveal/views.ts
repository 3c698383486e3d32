// Views of material, read from a case's events: `revealed` when it was sent, `hidden` with the time it was on the screen.
import type { WireCaseEvent } from "../../core/wire/review-case.ts";

export interface Views {
	readonly count: number;
	readonly totalMs: number;
}

/** One person's views of the case. */
export function viewsOf(events: readonly WireCaseEvent[], userId: string): Views {
	let count = 0;
	let totalMs = 0;
	for (const { kind, actor, data } of events) {
		if (actor.kind !== "person" || actor.userId !== userId) continue;
		if (kind === "revealed") count += Array.isArray(data.members) ? data.members.length : 1;
		if (kind === "hidden" && typeof data.durationMs === "number") totalMs += data.durationMs;
	}
	return { count, totalMs };
}

/** How long each view lasted, by the id of the reveal. */
export function durationsOf(events: readonly WireCaseEvent[]): ReadonlyMap<string, number> {
	return new Map(
		events.flatMap(({ kind, data }) =>
			kind === "hidden" && typeof data.revealId === "string" && typeof data.durationMs === "number"
				? [[data.revealId, data.durationMs] as const]
				: [],
		),
	);
}
