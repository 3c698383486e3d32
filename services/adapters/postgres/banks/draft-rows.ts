import { z } from "zod";
import { bankProposal } from "../../../core/banks/bank-proposal.ts";
import { allowanceFault } from "../../../core/banks/import-allowance.ts";
import { importRemark } from "../../../core/banks/import-remark.ts";
import { rejection, rejectionCodes } from "../../../core/banks/rejection.ts";
import { widening } from "../../../core/banks/widened-trust.ts";
import type { BankId, DraftId } from "../../../core/ids.ts";
import type { BankDraft, DraftLapse, DraftSources, DraftState } from "../../../core/ports/bank-draft-store.ts";

import { quoted } from "../../../core/quoted.ts";

export interface DraftRow {
	readonly id: DraftId;
	readonly bank_id: BankId;
	readonly bank_name: string;
	readonly origin: string;
	readonly source: string;
	readonly is_replacing: boolean;
	readonly state: DraftState;
	readonly created_by: string;
	readonly created_at: Date;
	readonly row_count: number;
	readonly done_rows: number;
	readonly base_sequence: string;
	readonly entries_before: number;
	readonly added: number;
	readonly changed: number;
	readonly removed: number;
	readonly same: number;
	readonly rejected: unknown;
	readonly remarks: unknown;
	readonly sources: DraftSources;
	readonly proposal: unknown;
	readonly faults: unknown;
	readonly decided_by: string | null;
	readonly decided_at: Date | null;
	readonly why: string | null;
	readonly lapsed: DraftLapse["code"] | null;
	readonly put_back_to: string | null;
}

const storedFaults = z.array(z.union([allowanceFault, widening, quoted]));
const storedRejections = z.object({
	count: z.int(),
	byCode: z.partialRecord(z.enum(rejectionCodes), z.int()),
	first: z.array(z.object({ line: z.int(), why: z.union([rejection, quoted]) })),
});

export function toDraft(row: DraftRow): BankDraft {
	const { id, origin, state, added, changed, removed, same, sources, why, lapsed } = row;
	return {
		...{ id, origin, state, sources, why, lapsed },
		rejected: storedRejections.parse(row.rejected),
		remarks: z.array(importRemark).parse(row.remarks),
		proposal: bankProposal.nullable().parse(row.proposal),
		baseSequence: Number(row.base_sequence),
		faults: storedFaults.parse(row.faults),
		putBackTo: row.put_back_to === null ? null : Number(row.put_back_to),
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
