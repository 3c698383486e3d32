// Clocks and how they were counted, as lines.
import { type Clock, dueAtMs, standingOf } from "../core/clocks/clock.ts";
import type { DeadlineStep } from "../core/clocks/explain-deadline.ts";
import type { Term } from "../core/clocks/term.ts";
import { isoOf } from "../core/iso-time.ts";
import type { KeptClock } from "../core/ports/clock-store.ts";
import { table } from "./output.ts";

export function describeTerm({ count, unit }: Term): string {
	const units = unit.replace("-", " ");
	return `${count} ${count === 1 ? units.replace(/s$/, "") : units}`;
}

export function describeStep(step: DeadlineStep, zone: string): string {
	switch (step.kind) {
		case "received":
			return `received   ${moment(step.atMs, zone)}`;
		case "urgent":
			return `urgent     ${step.reason}${step.isShorter ? "" : " (this law has no shorter term)"}`;
		case "no-figure":
			return `no figure  the law says: ${step.words}`;
		case "term":
			return `term       ${describeTerm(step.term)}, counted in ${step.zone}: ${moment(step.atMs, zone)}`;
		case "not-counted":
			return `           ${step.day} does not count (${step.why === "holiday" ? "a holiday" : "a rest day"})`;
		case "paused":
			return `paused     ${moment(step.fromMs, zone)} to ${step.toMs === null ? "now" : moment(step.toMs, zone)}`;
		case "due":
			return `due        ${step.atMs === null ? "unknown while it is paused" : moment(step.atMs, zone)}`;
		case "source":
			return `source     ${step.profile}: ${step.source}${step.verified ? "" : " (not verified)"}`;
	}
}

/** In UTC, and as the law's zone has it. */
function moment(atMs: number, zone: string): string {
	const local = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
	return `${new Date(atMs).toISOString()} (${local.format(atMs)} ${zone})`;
}

export function clockTable(clocks: readonly KeptClock[], nowMs: number): string {
	const rows = clocks.map(({ id, clock, cause, caseId }) => [
		id,
		clock.profile.id,
		describeStanding(clock, nowMs),
		isoOf(dueAtMs(clock)),
		clock.urgentReason === null ? "no" : "yes",
		cause.kind,
		caseId,
	]);
	return table(["clock", "profile", "standing", "due", "urgent", "started by", "case"], rows);
}

/** One clock, and all that happened to it. */
export function clockLines({ id, clock, cause, caseId, events, marks }: KeptClock, nowMs: number): string {
	const lines = [
		`clock     ${id}`,
		`profile   ${clock.profile.id}: ${clock.profile.duty}`,
		`started   by ${cause.kind} ${cause.id}, received ${isoOf(clock.receivedAtMs)}`,
		`case      ${caseId ?? "–"}`,
		`due       ${isoOf(dueAtMs(clock)) ?? "–"}`,
		`standing  ${describeStanding(clock, nowMs)}`,
	];
	const happened = [
		...events.map((one) => ({ at: one.at, text: one.kind, knownAt: one.recordedAt })),
		...marks.map((mark) => ({
			at: new Date(mark.atMs),
			text: mark.kind === "breach" ? "the deadline passed" : `warning at ${Math.round(mark.fraction * 100)} %`,
			knownAt: mark.notedAt,
		})),
	].toSorted((a, b) => a.at.getTime() - b.at.getTime());
	return [
		...lines,
		...happened.map(({ at, text, knownAt }) => `${at.toISOString()}  ${text} (noted ${knownAt.toISOString()})`),
	].join("\n");
}

function describeStanding(clock: Clock, nowMs: number): string {
	const standing = standingOf(clock, nowMs);
	switch (standing.kind) {
		case "running":
			return standing.dueAtMs === null ? "runs, without a figure" : `${spanOf(standing.dueAtMs - nowMs)} left`;
		case "paused":
			return "paused";
		case "kept":
			return "kept";
		case "late":
			return `${standing.endedAtMs === null ? "over time by" : "done, late by"} ${spanOf(standing.byMs)}`;
		case "moot":
			return standing.breachedAtMs === null ? "not needed any more" : "not needed any more; it was over time by then";
	}
}

function spanOf(ms: number): string {
	const minutes = Math.ceil(ms / 60_000);
	return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
