// Acts on banks, written with the change: their revision is the newest of the banks' history.
import { sql } from "kysely";
import { z } from "zod";
import { type Doer, named } from "../../../core/acts/doer.ts";
import type { BankSettings } from "../../../core/banks/bank.ts";
import type { BankId } from "../../../core/ids.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { lastSequence } from "./bank-changes.ts";
import type { DraftRow } from "./draft-rows.ts";

/** The caller holds the lock of the sequence. */
export async function tellBankAct(tx: Connection, act: NewAct): Promise<void> {
	const [last] = await tx.rows(sql`SELECT ${lastSequence} AS sequence`, z.object({ sequence: column.count }));
	await appendActs(tx, [{ ...act, revision: last?.sequence ?? null }]);
}

/** Tells of settings that a person set; of none where they are as they were. */
export async function tellSettings(
	tx: Connection,
	before: BankSettings | null,
	bank: BankSettings,
	by: string,
): Promise<BankSettings> {
	const { id: on, name, kind } = bank;
	const told = { on, by: named(by) };
	if (before === null) await tellBankAct(tx, { what: "bank-created", ...told, details: { name, kind } });
	else {
		const settings = changedSettings(before, bank);
		if (settings.length > 0) await tellBankAct(tx, { what: "bank-changed", ...told, details: { name, settings } });
	}
	return bank;
}

function changedSettings(before: BankSettings, after: BankSettings): string[] {
	const was = new Map<string, unknown>(Object.entries(before));
	return Object.entries(after).flatMap(([key, value]) =>
		JSON.stringify(value) === JSON.stringify(was.get(key)) ? [] : [key],
	);
}

export async function nameOfBank(tx: Connection, id: BankId): Promise<string> {
	const [bank] = await tx.rows(sql`SELECT name FROM banks WHERE id = ${id}`, z.object({ name: column.text }));
	return bank?.name ?? id;
}

type DraftAct =
	| "draft-opened"
	| "draft-accepted"
	| "draft-rejected"
	| "draft-applied"
	| "change-asked"
	| "change-agreed";

/** What a draft is of, and what it comes to; the log keeps of that what the act names. */
export async function tellDraftAct(
	tx: Connection,
	what: DraftAct,
	draft: DraftRow,
	{ by, reason = null }: { readonly by: Doer; readonly reason?: string | null },
): Promise<void> {
	const { id: on, bank_id: bankId, bank_name: bank, is_replacing: isReplacing, added, changed, removed } = draft;
	const details = {
		bankId,
		bank,
		isReplacing,
		added,
		changed,
		removed,
		isAlone: draft.accepted_alone,
		change: draft.origin,
	};
	await appendActs(tx, [{ what, on, by, reason, details }]);
}
