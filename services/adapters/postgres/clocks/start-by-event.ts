// Starts the clocks of laws that count from an event of ours, for the platforms that are on record as under them: one for each law and case, from
// the first such event, however many come. Tells them what ends or voids them.
import { sql } from "kysely";
import { z } from "zod";
import { machine } from "../../../core/acts/doer.ts";
import type { ClockEventKind } from "../../../core/clocks/clock-codes.ts";
import { lawsThatHold, type StartingEvent } from "../../../core/clocks/starting-events.ts";
import { type CaseId, type ClockId, clockId, type ItemId, type PlatformId } from "../../../core/ids.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { lawsInForce } from "./law-store.ts";
import { reopenClock, type Undoing } from "./reopen-clocks.ts";
import { startClock } from "./start-clock.ts";
import { tellClock } from "./tell-clock.ts";

export interface Happened {
	readonly event: StartingEvent;
	/** From when laws count. */
	readonly at: Date;
	readonly caseId: CaseId;
	readonly platformId: PlatformId;
	/** What is to be removed, where laws are done by that. */
	readonly items: readonly ItemId[];
	readonly isDangerNow: boolean;
}

/** Whoever calls holds the cases. */
export async function startClocksBy(tx: Connection, all: readonly Happened[], now: Date): Promise<void> {
	const under = await jurisdictionsOf(tx, [...new Set(all.map(({ platformId }) => platformId))]);
	if (under.size === 0) return;
	const { set } = await lawsInForce(tx);
	for (const { event, at, caseId, platformId, items, isDangerNow } of all) {
		const jurisdictions = under.get(platformId) ?? [];
		for (const law of lawsThatHold(event, set, { jurisdictions, isDangerNow })) {
			const targets = items.map((itemId) => ({ itemId, caseId }));
			const start = { ...law, receivedAtMs: at.getTime(), urgentReason: null, caseId, targets };
			await startClock(tx, { ...start, cause: { kind: "case", id: caseId } }, now);
		}
	}
}

async function jurisdictionsOf(
	tx: Connection,
	platforms: readonly PlatformId[],
): Promise<ReadonlyMap<string, readonly string[]>> {
	if (platforms.length === 0) return new Map();
	const rows = await tx.rows(
		sql`SELECT id, jurisdictions FROM platforms WHERE id = ANY (${[...platforms]}::uuid[]) AND jurisdictions <> '{}'`,
		z.object({ id: column.text, jurisdictions: column.texts }),
	);
	return new Map(rows.map(({ id, jurisdictions }) => [id, jurisdictions]));
}

/** Each prefix is of one kind of event, by which those of that kind can be taken back. */
const prefixes = {
	"answer-sent": "answer:",
	"request-withdrawn": "withdrawn:",
	"confirmation-taken-back": "taken-back:",
} as const satisfies Partial<Record<ClockEventKind, string>>;
type TellingKind = keyof typeof prefixes;

/** Those that run on the case by events of ours, and that the event changes. */
export async function tellClocksOf(tx: Connection, caseId: CaseId, kind: TellingKind, at: Date): Promise<void> {
	for (const { id, hears } of await clocksOf(tx, caseId, sql`ended_at IS NULL`)) {
		if (!hears.includes(kind)) continue;
		await tellClock(
			tx,
			id,
			{ id: `${prefixes[kind]}${at.toISOString()}`, kind, at },
			{ doer: machine, reason: null, at },
		);
	}
}

/** They run again from their receipt: what ended them counts no more. */
export async function reopenClocksOf(
	tx: Connection,
	caseId: CaseId,
	kind: TellingKind,
	undoing: Undoing,
): Promise<void> {
	for (const { id } of await clocksOf(tx, caseId, sql`ended_at IS NOT NULL`))
		await reopenClock(tx, { id, prefix: prefixes[kind] }, undoing);
}

const startedRow = z.object({ id: clockId, hears: column.texts });

function clocksOf(
	tx: Connection,
	caseId: CaseId,
	which: ReturnType<typeof sql>,
): Promise<readonly { readonly id: ClockId; readonly hears: readonly string[] }[]> {
	return tx.rows(
		sql`SELECT id, ARRAY(SELECT jsonb_array_elements_text((profile -> 'doneBy') || (profile -> 'mootBy'))) AS hears
			FROM clocks WHERE cause_kind = 'case' AND cause_id = ${caseId} AND ${which} ORDER BY id`,
		startedRow,
	);
}
