// Tells a clock what happened, in a caller's transaction that holds its case: the event, what follows from it, and the acts of both.
import { sql } from "kysely";
import { type Doer, machine } from "../../../core/acts/doer.ts";
import { standingOf } from "../../../core/clocks/clock.ts";
import { clockOutcome } from "../../../core/clocks/clock-codes.ts";
import type { ClockId } from "../../../core/ids.ts";
import type { KeptClock, KeptEvent } from "../../../core/ports/clock-store.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import type { Connection } from "../connection/database.ts";
import { loadClock, lockClock, writeDueOfCases, writeOutline } from "./clock-rows.ts";

export interface Telling {
	readonly doer: Doer;
	readonly reason: string | null;
	readonly at: Date;
}

/** Null where there is no such clock. */
export async function tellClock(
	tx: Connection,
	id: ClockId,
	event: Omit<KeptEvent, "recordedAt">,
	{ doer, reason, at }: Telling,
): Promise<KeptClock | null> {
	if (!(await lockClock(tx, id))) return null;
	const before = await loadClock(tx, id);
	if (before === null) return null;
	// It was told after the clock began: a machine's clock that was set back in between does not make it something of before.
	const happenedAt = new Date(Math.max(event.at.getTime(), before.clock.receivedAtMs));
	const written = await tx.rows(
		sql`INSERT INTO clock_events (clock_id, event_id, kind, at, recorded_at) VALUES (${id}, ${event.id}, ${event.kind}, ${happenedAt}, ${at})
			ON CONFLICT DO NOTHING RETURNING 1`,
	);
	if (written.length === 0) return before;
	const after = (await loadClock(tx, id)) ?? before;
	await writeOutline(tx, after, at);
	const { caseId } = after;
	const details = { profile: after.clock.profile.id, caseId, event: event.kind, at: happenedAt.toISOString() };
	await appendActs(tx, [
		{ what: "clock-told", on: id, by: doer, at, reason, details },
		...actsOfEnd(before, after, at),
	]);
	await writeDueOfCases(tx, id);
	return after;
}

/** A late one says so at once, whether or not anybody has noted the breach by then. */
export function actsOfEnd(before: KeptClock, { id, caseId, clock }: KeptClock, at: Date): readonly NewAct[] {
	if (clock.ended === null || before.clock.ended?.atMs === clock.ended.atMs) return [];
	const standing = standingOf(clock, at.getTime());
	const outcome = clockOutcome.parse(standing.kind);
	const lateByMs = standing.kind === "late" ? standing.byMs : null;
	const endedAt = new Date(clock.ended.atMs).toISOString();
	const details = { profile: clock.profile.id, caseId, endedAt, outcome, lateByMs };
	return [{ what: "clock-ended", on: id, by: machine, at, details }];
}
