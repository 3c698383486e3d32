// Times as operators think of them in an incident: since when, or longer ago than.

const hourMs = 3_600_000;
const spans = {
	any: null,
	quarter: { kind: "since", ms: hourMs / 4 },
	hour: { kind: "since", ms: hourMs },
	day: { kind: "since", ms: 24 * hourMs },
	week: { kind: "since", ms: 7 * 24 * hourMs },
	beforeHour: { kind: "until", ms: hourMs },
	beforeDay: { kind: "until", ms: 24 * hourMs },
} as const;

export type When = keyof typeof spans;
export const whens: readonly When[] = ["any", "quarter", "hour", "day", "week", "beforeHour", "beforeDay"];

/** As the API takes it. */
export function timesOf(when: When, nowMs: number): { readonly since?: string; readonly until?: string } {
	const span = spans[when];
	return span === null ? {} : { [span.kind]: new Date(nowMs - span.ms).toISOString() };
}
