// Writes what one round of counting came to: new outbreaks with the case that each opens or raises, further items of those that run, and the place
// up to which was counted. All of it, or nothing where the lease is lost.
import { sql } from "kysely";
import { type ItemId, type OutbreakId, outbreakId, uuidv7 } from "../../../core/ids.ts";
import { beganOf, keptOf } from "../../../core/outbreaks/outbreak.ts";
import type { Subject } from "../../../core/outbreaks/subject.ts";
import type { CountedRound, Outbreak } from "../../../core/ports/outbreak-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import type { Connection } from "../connection/database.ts";
import { keepItems } from "./keep-items.ts";
import { type NewOutbreak, openCase } from "./open-case.ts";
import { selectWhere } from "./outbreak-rows.ts";

const machine = { kind: "machine" } as const;

export async function recordRound(tx: Connection, round: CountedRound, now: Date): Promise<readonly Outbreak[] | null> {
	const held = await tx.rows(
		sql`UPDATE outbreak_counter SET counted = ${round.through} WHERE holder = ${round.holder} AND counted = ${round.from} RETURNING counted`,
	);
	if (held.length === 0) return null;
	const opened: OutbreakId[] = [];
	for (const { alert, itemId: last } of round.alerts) {
		const id = await insertOutbreak(tx, { alert, last, now });
		if (id === null) continue;
		opened.push(id);
		await keepSightings(tx, [{ subject: alert.subject, itemId: last }]);
		await appendActs(tx, [{ what: "outbreak-began", on: id, by: machine, at: now, details: beganOf(alert) }]);
		await openCase(tx, { id, alert, last, now });
	}
	await keepSightings(tx, round.sightings);
	return opened.length === 0 ? [] : selectWhere(tx, sql`id = ANY (${opened}::uuid[]) ORDER BY id`);
}

/** Null where one of the subject runs. */
async function insertOutbreak(
	tx: Connection,
	{ alert, last, now }: Omit<NewOutbreak, "id">,
): Promise<OutbreakId | null> {
	const id = outbreakId.parse(uuidv7(now.getTime()));
	const kept = keptOf(alert);
	const written = await tx.rows(
		sql`INSERT INTO outbreaks (id, subject_kind, subject_key, began_at, found_at, at_alert, latest, tripped_by)
			VALUES (${id}, ${alert.subject.kind}, ${alert.subject.key}, ${new Date(alert.atSeconds * 1_000)}, ${now},
				${JSON.stringify({ ...kept, inSeconds: alert.inSeconds })}::jsonb, ${JSON.stringify(kept)}::jsonb, ${last})
			ON CONFLICT DO NOTHING RETURNING id`,
	);
	return written.length === 0 ? null : id;
}

async function keepSightings(
	tx: Connection,
	sightings: readonly { readonly subject: Subject; readonly itemId: ItemId }[],
): Promise<void> {
	if (sightings.length === 0) return;
	const rows = sightings.map(({ subject, itemId: id }, place) => ({ ...subject, itemId: id, place }));
	await keepItems(
		tx,
		sql`SELECT outbreaks.id, "itemId" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (kind text, key text, "itemId" uuid, place integer)
			JOIN outbreaks ON subject_kind = kind AND subject_key = key AND ended_at IS NULL ORDER BY place`,
	);
}
