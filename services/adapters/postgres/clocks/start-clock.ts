// Starts a clock in a caller's transaction. What started it may be told again, and then the clock is there; what has happened since its
// receipt, though the clock was not there yet, counts.
import { sql } from "kysely";
import { z } from "zod";
import { machine } from "../../../core/acts/doer.ts";
import { dueAtMs, followClock } from "../../../core/clocks/clock.ts";
import { type ClockId, clockId, uuidv7 } from "../../../core/ids.ts";
import { isoOf } from "../../../core/iso-time.ts";
import type { NewClock } from "../../../core/ports/clock-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import type { Connection } from "../connection/database.ts";
import { loadClock, lockCases, writeDueOfCases, writeOutline } from "./clock-rows.ts";
import { tellRemoved } from "./tell-removed.ts";

export async function startClock(tx: Connection, clock: NewClock, at: Date): Promise<ClockId> {
	const { profile, place, jurisdiction, cause, caseId, targets, urgentReason, receivedAtMs } = clock;
	await lockCases(tx, [caseId, ...targets.map((target) => target.caseId)]);
	const id = clockId.parse(uuidv7(at.getTime()));
	const receivedAt = new Date(receivedAtMs);
	const written = await tx.rows(
		sql`INSERT INTO clocks (id, profile_id, jurisdiction, profile, place, cause_kind, cause_id, case_id, received_at, urgent_reason, started_at)
			VALUES (${id}, ${profile.id}, ${jurisdiction}, ${JSON.stringify(profile)}::jsonb, ${JSON.stringify(place)}::jsonb, ${cause.kind}, ${cause.id},
				${caseId}, ${receivedAt}, ${urgentReason}, ${at})
			ON CONFLICT (profile_id, cause_kind, cause_id) DO NOTHING RETURNING id`,
	);
	if (written.length === 0) return findClock(tx, clock);
	const rows = targets.map((target, position) => ({ ...target, position }));
	await tx.rows(
		sql`INSERT INTO clock_targets (clock_id, position, item_id, case_id)
			SELECT ${id}, position, "itemId", "caseId" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (position integer, "itemId" uuid, "caseId" uuid)`,
	);
	const dueAt = isoOf(dueAtMs(followClock(clock, [])));
	await appendActs(tx, [
		{
			...{ what: "clock-started", on: id, by: machine, at, reason: urgentReason },
			details: {
				...{ profile: profile.id, caseId, isUrgent: urgentReason !== null },
				...{ receivedAt: receivedAt.toISOString(), dueAt },
			},
		},
	]);
	const kept = await loadClock(tx, id);
	if (kept !== null) await writeOutline(tx, kept, at);
	await writeDueOfCases(tx, id);
	await tellRemoved(tx, [id], at);
	return id;
}

async function findClock(tx: Connection, { profile, cause }: NewClock): Promise<ClockId> {
	const [row] = await tx.rows(
		sql`SELECT id FROM clocks WHERE profile_id = ${profile.id} AND cause_kind = ${cause.kind} AND cause_id = ${cause.id}`,
		z.object({ id: clockId }),
	);
	if (row === undefined) throw new Error("a clock that is there was not found");
	return row.id;
}
