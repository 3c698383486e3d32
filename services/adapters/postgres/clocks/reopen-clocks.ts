// Has clocks run again that an acknowledged removal had stopped, where people take the decision back: from their true receipt, as if it had
// never stopped. What is over time by now is noted like any breach.
import { sql } from "kysely";
import { z } from "zod";
import type { Doer } from "../../../core/acts/doer.ts";
import { dueAtMs } from "../../../core/clocks/clock.ts";
import { type ClockId, clockId, type ItemId } from "../../../core/ids.ts";
import { isoOf } from "../../../core/iso-time.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { loadClock, lockClock, writeDueOfCases, writeOutline } from "./clock-rows.ts";
import { orderEventPrefix } from "./tell-removed.ts";

export interface Undoing {
	readonly doer: Doer;
	readonly reason: string;
	readonly at: Date;
}

/** `items`: those that were removed and are not any more. Whoever calls holds their case. */
export async function reopenClocks(tx: Connection, items: readonly ItemId[], undoing: Undoing): Promise<void> {
	if (items.length === 0) return;
	const stopped = await tx.rows(
		sql`SELECT DISTINCT clocks.id FROM clock_targets JOIN clocks ON clocks.id = clock_id
			WHERE item_id = ANY (${[...items]}::uuid[]) AND ended_at IS NOT NULL ORDER BY clocks.id`,
		z.object({ id: clockId }),
	);
	for (const { id } of stopped) await reopenClock(tx, { id, prefix: orderEventPrefix }, undoing);
}

/** `prefix`: how the ids of events begin that count no more. */
export async function reopenClock(
	tx: Connection,
	{ id, prefix }: { readonly id: ClockId; readonly prefix: string },
	{ doer, reason, at }: Undoing,
): Promise<void> {
	if (!(await lockClock(tx, id))) return;
	const withdrawn = await tx.rows(
		sql`INSERT INTO clock_withdrawals (clock_id, event_id, at)
			SELECT clock_id, event_id, ${at} FROM clock_events WHERE clock_id = ${id} AND starts_with(event_id, ${prefix})
			ON CONFLICT DO NOTHING RETURNING event_id AS "eventId"`,
		z.object({ eventId: column.text }),
	);
	const kept = withdrawn.length === 0 ? null : await loadClock(tx, id);
	// Something else may have ended it as well.
	if (kept === null || kept.clock.ended !== null) return;
	await writeOutline(tx, kept, at);
	const { clock, caseId } = kept;
	const details = { profile: clock.profile.id, caseId, dueAt: isoOf(dueAtMs(clock)) };
	await appendActs(tx, [{ what: "clock-reopened", on: id, by: doer, at, reason, details }]);
	await writeDueOfCases(tx, id);
}
