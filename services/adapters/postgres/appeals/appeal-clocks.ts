// The clocks of laws that count from an appeal: started when it is received, stopped by what people decide of it, and run again where that is taken
// back. Which laws do is theirs to say (`appeal-received`, `appeal-decided`); none that ships with the package does.
import { sql } from "kysely";
import { z } from "zod";
import { machine } from "../../../core/acts/doer.ts";
import { lawsFrom } from "../../../core/clocks/starting-events.ts";
import { type AppealId, type CaseId, type ClockId, clockId } from "../../../core/ids.ts";
import { lawsInForce } from "../clocks/law-store.ts";
import { reopenClock, type Undoing } from "../clocks/reopen-clocks.ts";
import { startClock } from "../clocks/start-clock.ts";
import { tellClock } from "../clocks/tell-clock.ts";
import type { Connection } from "../connection/database.ts";

const prefix = "appeal:";

export async function startAppealClocks(
	tx: Connection,
	{ id, caseId, at }: { readonly id: AppealId; readonly caseId: CaseId; readonly at: Date },
): Promise<void> {
	const { set } = await lawsInForce(tx);
	for (const law of lawsFrom("appealed", set)) {
		const start = { ...law, receivedAtMs: at.getTime(), urgentReason: null, caseId, targets: [] };
		await startClock(tx, { ...start, cause: { kind: "appeal", id } }, at);
	}
}

export async function tellAppealsDecided(tx: Connection, appeals: readonly AppealId[], at: Date): Promise<void> {
	for (const id of await clocksOf(tx, appeals)) {
		// Decided again after it was taken back, it is another event.
		const event = { id: `${prefix}${at.toISOString()}`, kind: "appeal-decided", at } as const;
		await tellClock(tx, id, event, { doer: machine, reason: null, at });
	}
}

export async function reopenAppealClocks(
	tx: Connection,
	appeals: readonly AppealId[],
	undoing: Undoing,
): Promise<void> {
	for (const id of await clocksOf(tx, appeals)) await reopenClock(tx, { id, prefix }, undoing);
}

async function clocksOf(tx: Connection, appeals: readonly AppealId[]): Promise<readonly ClockId[]> {
	if (appeals.length === 0) return [];
	const rows = await tx.rows(
		sql`SELECT id FROM clocks WHERE cause_kind = 'appeal' AND cause_id = ANY (${[...appeals]}::uuid[]) ORDER BY id`,
		z.object({ id: clockId }),
	);
	return rows.map(({ id }) => id);
}
