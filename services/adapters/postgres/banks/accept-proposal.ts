// Agrees to what another person has asked of a bank: read, compared with what was shown, and written in one transaction, under the lock
// that orders the banks' history.
import { sql } from "kysely";
import { named } from "../../../core/acts/doer.ts";
import { type BankProposal, proposedSettings, wideningsOf } from "../../../core/banks/bank-proposal.ts";
import { changedDials } from "../../../core/banks/widened-trust.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import type { Acceptance } from "../../../core/ports/bank-draft-store.ts";
import type { Connection } from "../connection/database.ts";
import { removeBreaker } from "../policy/close-breaker.ts";
import { tellDraftAct } from "./bank-acts.ts";
import { lastSequence, lockSequence } from "./bank-changes.ts";
import { parseSettings, putBank, requireBank } from "./bank-settings.ts";
import { type DraftRow, draftRow, isOnePerson } from "./draft-rows.ts";

interface Accepted extends Acceptance {
	readonly by: string;
}

/** A refusal comes with the draft, not as an error: the transaction stands, and the draft with what it would now do. */
export interface Outcome {
	readonly draft: DraftRow;
	readonly refusal?: BreakwaterError;
}

export async function acceptProposal(
	tx: Connection,
	draft: DraftRow,
	proposal: BankProposal,
	accepted: Accepted,
): Promise<Outcome> {
	await lockSequence(tx);
	const changed = await changedSince(tx, draft, proposal);
	const isOther = accepted.shown !== undefined && accepted.shown !== draft.base_sequence;
	if (changed !== null) return { draft: await showAnew(tx, draft, changed.proposal), refusal: changed.refusal };
	if (isOther) return { draft, refusal: new BreakwaterError("draft-stale") };
	const widened = wideningsOf(proposal);
	const isAlone = isOnePerson(draft, accepted);
	if (widened.length > 0 && isAlone)
		return { draft, refusal: new BreakwaterError("same-person", { reasons: widened }) };
	await carryOut(tx, proposal, `${draft.created_by}, ${accepted.by}`);
	const [row] = await tx.rows(
		sql`UPDATE bank_drafts SET state = 'applied', decided_by = ${accepted.by}, decided_at = now(), why = ${accepted.why ?? null},
				accepted_alone = ${isAlone} WHERE id = ${draft.id} RETURNING *`,
		draftRow,
	);
	if (row === undefined) return { draft };
	await tellDraftAct(tx, "change-agreed", row, { by: named(accepted.by), reason: accepted.why ?? null });
	return { draft: row };
}

/** Null where the bank is as it was when the proposal was last shown. */
async function changedSince(tx: Connection, { bank_id }: DraftRow, proposal: BankProposal) {
	if (proposal.kind !== "settings") return null;
	const before = await requireBank(tx, bank_id);
	const changed = changedDials(proposal.before, before);
	if (changed.length === 0) return null;
	const reasons = [{ code: "changed-meanwhile", settings: changed } as const];
	return { proposal: { ...proposal, before }, refusal: new BreakwaterError("draft-stale", { reasons }) };
}

async function showAnew(tx: Connection, { id }: DraftRow, proposal: BankProposal): Promise<DraftRow> {
	const [row] = await tx.rows(
		sql`UPDATE bank_drafts SET proposal = ${JSON.stringify(proposal)}::jsonb, faults = ${JSON.stringify(wideningsOf(proposal))}::jsonb,
				base_sequence = ${lastSequence} WHERE id = ${id} RETURNING *`,
		draftRow,
	);
	if (row === undefined) throw new Error("the draft is locked, and cannot be gone");
	return row;
}

async function carryOut(tx: Connection, proposal: BankProposal, by: string): Promise<void> {
	if (proposal.kind === "kill-switch") {
		await removeBreaker(tx, { kind: "entry", key: proposal.entryId }, { by, reason: proposal.reason });
		return;
	}
	// The rest of the bank as it now is: what says whose it is may have changed meanwhile.
	const now = await requireBank(tx, proposal.before.id);
	await putBank(tx, parseSettings(proposedSettings({ ...proposal, before: now })), by);
}
