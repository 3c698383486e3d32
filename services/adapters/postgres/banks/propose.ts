// Drafts of what one person may not do alone (core/banks/bank-proposal.ts), and whether there is anybody who could agree.
import { sql } from "kysely";
import { named } from "../../../core/acts/doer.ts";
import { ownSource } from "../../../core/banks/bank.ts";
import { type BankProposal, type SettingsProposal, wideningsOf } from "../../../core/banks/bank-proposal.ts";
import { type BankId, draftId, uuidv7 } from "../../../core/ids.ts";
import { rolesWith } from "../../../core/people/user.ts";
import type { BankDraft } from "../../../core/ports/bank-draft-store.ts";
import type { Connection } from "../connection/database.ts";
import { tellDraftAct } from "./bank-acts.ts";
import { lastSequence } from "./bank-changes.ts";
import { draftRow, toDraft } from "./draft-rows.ts";
import { entryCount } from "./entry-counts.ts";

/** An account that may change banks, whoever's. Without one, one person is all there is. */
export async function isSecondPersonThere(tx: Connection): Promise<boolean> {
	const [row] = await tx.rows(
		sql`SELECT 1 FROM users WHERE NOT is_disabled AND roles && ${[...rolesWith("bank:change")]}::text[] LIMIT 1`,
	);
	return row !== undefined;
}

interface NewProposal {
	readonly bankId: BankId;
	readonly by: string;
	readonly proposal: BankProposal;
}

export async function propose(tx: Connection, { bankId, by, proposal }: NewProposal): Promise<BankDraft> {
	const id = draftId.parse(uuidv7(Date.now()));
	const [row] = await tx.rows(
		sql`INSERT INTO bank_drafts (id, bank_id, bank_name, origin, source, is_replacing, state, created_by, base_sequence, entries_before, proposal, faults)
			SELECT ${id}, id, name, ${proposal.kind}, ${ownSource}, false, 'open', ${by}, ${lastSequence}, ${entryCount(sql`id`)},
				${JSON.stringify(proposal)}::jsonb, ${JSON.stringify(wideningsOf(proposal))}::jsonb FROM banks WHERE id = ${bankId} RETURNING *`,
		draftRow,
	);
	if (row === undefined) throw new Error("a proposal is made of a bank that is there");
	await tellDraftAct(tx, "change-asked", row, { by: named(by) });
	return toDraft(row);
}

/** What this person has asked of the bank's settings, and nobody has decided on; it ends, for the one that follows it. */
export async function withdrawAskedBefore(
	tx: Connection,
	bankId: BankId,
	by: string,
): Promise<SettingsProposal | null> {
	const [row] = await tx.rows(
		sql`UPDATE bank_drafts SET state = 'rejected', decided_by = ${by}, decided_at = now(), lapsed = 'asked-again'
			WHERE bank_id = ${bankId} AND state = 'open' AND proposal ->> 'kind' = 'settings' AND lower(created_by) = lower(${by}) RETURNING *`,
		draftRow,
	);
	const proposal = row === undefined ? null : toDraft(row).proposal;
	return proposal?.kind === "settings" ? proposal : null;
}
