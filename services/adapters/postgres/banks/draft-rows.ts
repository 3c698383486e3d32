import { z } from "zod";
import { bankProposal } from "../../../core/banks/bank-proposal.ts";
import { allowanceFault } from "../../../core/banks/import-allowance.ts";
import { importRemark } from "../../../core/banks/import-remark.ts";
import { rejection, rejectionCodes } from "../../../core/banks/rejection.ts";
import { widening } from "../../../core/banks/widened-trust.ts";
import { bankId, draftId } from "../../../core/ids.ts";
import { type Acceptance, type BankDraft, draftLapses, draftStates } from "../../../core/ports/bank-draft-store.ts";
import { quoted } from "../../../core/quoted.ts";
import { column } from "../connection/columns.ts";

const storedFaults = z.array(z.union([allowanceFault, widening, quoted]));
const storedRejections = z.object({
	count: z.int(),
	byCode: z.partialRecord(z.enum(rejectionCodes), z.int()),
	first: z.array(z.object({ line: z.int(), why: z.union([rejection, quoted]) })),
});

export const storedSources = z.object({
	count: z.int(),
	first: z.array(z.object({ source: z.string(), rows: z.int(), countsAlone: z.boolean() })),
});

export const draftRow = z.object({
	id: draftId,
	bank_id: bankId,
	bank_name: column.text,
	origin: column.text,
	source: column.text,
	is_replacing: column.flag,
	state: z.enum(draftStates),
	created_by: column.text,
	created_at: column.time,
	row_count: column.whole,
	done_rows: column.whole,
	base_sequence: column.count,
	entries_before: column.whole,
	added: column.whole,
	changed: column.whole,
	removed: column.whole,
	same: column.whole,
	rejected: storedRejections,
	remarks: z.array(importRemark),
	sources: storedSources,
	proposal: bankProposal.nullable(),
	faults: storedFaults,
	decided_by: column.text.nullable(),
	decided_at: column.time.nullable(),
	accepted_alone: column.flag,
	why: column.text.nullable(),
	lapsed: z.enum(draftLapses).nullable(),
	put_back_to: column.count.nullable(),
});
export type DraftRow = z.infer<typeof draftRow>;

/** A name that anybody may type proves no second person, and the same person is none, however the name is written. */
export function isOnePerson({ created_by }: DraftRow, { by, name }: Acceptance & { readonly by: string }): boolean {
	return name === "typed" || by.toLowerCase() === created_by.toLowerCase();
}

export function toDraft(row: DraftRow): BankDraft {
	const { id, origin, state, added, changed, removed, same, sources, why, lapsed, rejected, remarks, faults } = row;
	return {
		...{ id, origin, state, sources, why, lapsed },
		...{ rejected, remarks, faults, proposal: row.proposal },
		baseSequence: row.base_sequence,
		putBackTo: row.put_back_to,
		bankId: row.bank_id,
		bankName: row.bank_name,
		isReplacing: row.is_replacing,
		createdBy: row.created_by,
		createdAt: row.created_at,
		rowCount: row.row_count,
		doneRows: row.done_rows,
		entriesBefore: row.entries_before,
		delta: { added, changed, removed, same },
		decidedBy: row.decided_by,
		decidedAt: row.decided_at,
	};
}
